// The same schema, data and answers as planql's, on fastify and mercurius with its JIT.
// node server.mjs SCHEMA DATA: prints the port it listens on.
import { readFileSync } from 'node:fs'
import Fastify from 'fastify'
import mercurius from 'mercurius'
import { rate } from './rating.mjs'

const [schemaFile, dataFile] = process.argv.slice(2)
const { catalog } = JSON.parse(readFileSync(dataFile, 'utf8'))
const plans = new Map(
  catalog.products.flatMap((product) =>
    product.ratePlans.map((plan) => [`${plan.key} ${plan.version}`, { ...plan, product }])
  )
)

const ofTypename = { resolveType: (value) => value.__typename }
const resolvers = {
  Query: {
    catalog: () => catalog,
    ratePlan: (_, { key, version }) => {
      const ratePlan = plans.get(`${key} ${version}`)
      return { __typename: 'ChosenRatePlan', reason: 'REQUESTED', ratePlan }
    },
    rate: (_, { charge: { catalog: chosen }, quantity }) => {
      const plan = plans.get(`${chosen.ratePlan} ${chosen.version}`)
      const charge = plan.charges.find(({ key }) => key === chosen.charge)
      return { __typename: 'RatedCharge', ...rate(charge.model, quantity, plan.currency) }
    }
  },
  Charge: ofTypename,
  ChargeModel: ofTypename,
  RatePlanResult: ofTypename,
  RateResult: ofTypename
}

const app = Fastify({ keepAliveTimeout: 600_000 })
app.register(mercurius, { schema: readFileSync(schemaFile, 'utf8'), resolvers, jit: 1 })
await app.listen({ host: '127.0.0.1', port: 0 })
console.log(app.server.address().port)
