// What the charges of a plan cost: asked of the API, all charges in one operation.
import ESTIMATE from '../../documents/estimate.graphql';
import ESTIMATE_EVENTS from '../../documents/estimate-events.graphql';
import { pricesEvents } from './fields.js';
import { SAMPLE_PERIOD, sampleEvents } from './samples.js';

/** As many as the document has. */
const SLOTS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** The results of `rate`, in the order of `asked`: `{charge, quantity, size}` each. */
export async function rateAll(ask, plan, asked) {
  const simple = asked.filter((each) => !pricesEvents(each.charge));
  const byEvents = asked.filter((each) => pricesEvents(each.charge));
  const answers = await Promise.all([
    ...pages(simple).map((page) => rateTogether(ask, plan, page)),
    ...byEvents.map((each) => rateEvents(ask, plan, each)),
  ]);
  const results = new Map(answers.flat());
  return asked.map((each) => ({ ...each, rated: results.get(each) }));
}

function pages(asked) {
  const count = Math.ceil(asked.length / SLOTS.length);
  return Array.from({ length: count }, (_, page) =>
    asked.slice(page * SLOTS.length, (page + 1) * SLOTS.length),
  );
}

async function rateTogether(ask, plan, page) {
  const variables = {};
  SLOTS.forEach((slot, index) => {
    const each = page[Math.min(index, page.length - 1)];
    variables[slot] = inCatalog(plan, each.charge);
    variables[`${slot}Quantity`] = each.quantity;
  });
  const answer = await ask(ESTIMATE, variables);
  return page.map((each, index) => [each, answer[SLOTS[index]]]);
}

async function rateEvents(ask, plan, each) {
  const events = sampleEvents(each.charge, Number(each.quantity), each.size);
  const charge = inCatalog(plan, each.charge);
  const answer = await ask(ESTIMATE_EVENTS, { charge, events, period: SAMPLE_PERIOD });
  return [[each, answer.rate]];
}

function inCatalog(plan, charge) {
  return { catalog: { ratePlan: plan.key, version: plan.version, charge: charge.key } };
}
