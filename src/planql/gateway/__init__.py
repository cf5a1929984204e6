"""The GraphQL API: HTTP endpoint, schema, queries, mutations, types, limits, GraphiQL, usage.

Owns: how a question arrives, how an answer leaves, and the names of both.
Does not own: any rule about prices. Resolvers gather, call the core and map what it says.

::

    front     every request, step by step, and the only place that sends an answer
      calls  hosts  cors                       what came, under which name, from which page
      authentication    who asks: `principals`, by `api_keys` or `customer_tokens`
      answers  security_headers                what goes out
    endpoint  reads a request, has it executed, answers
      negotiation  requests  refusals          the HTTP side
      documents  prepared_operations           the GraphQL side; `persisted` by name
      limits  measures  execution
      admission  costing  buckets              what it costs, and who has how much left
    schema    queries/, mutations/ and types/ over one immutable snapshot (`served`),
              and over the database where there is one (`stored`); one for each kind of
              principal (`visibility`), over what that may see of the catalog (`public`)
    watching  webhooks  previews    a branch that is followed, and other refs
    usage_endpoint    CloudEvents and JSON lines at `/usage`
    pages  assets     what browsers are shown
    settings  access  application    what a server is made of, and how it is put together
"""
