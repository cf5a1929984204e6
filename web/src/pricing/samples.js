// Events for a charge that prices each event: so many, of one size, each let through by its filters.

/** `count` events of `size` (decimal text) in a month that is over. */
export function sampleEvents(charge, count, size) {
  const data = {};
  for (const filter of [charge.meter.filter, charge.filter]) allow(data, filter);
  const { property } = charge.meter.aggregation;
  // A JSON number may have more digits than a float holds; the API reads text as exactly.
  if (property) put(data, property, size);
  return Array.from({ length: count }, (_, index) => ({
    id: `${noun(charge)} ${index + 1}`,
    type: charge.meter.event,
    time: '2000-01-15T00:00:00Z',
    data,
  }));
}

export const SAMPLE_PERIOD = { start: '2000-01-01T00:00:00Z', end: '2000-02-01T00:00:00Z' };

function noun(charge) {
  return charge.meter.name ?? charge.name ?? charge.key;
}

function allow(data, filter) {
  for (const condition of conditions(filter)) {
    const value = passing(condition);
    if (value !== undefined) put(data, condition.property, value);
  }
}

function conditions(filter) {
  if (!filter) return [];
  return filter.all ?? filter.any?.slice(0, 1) ?? [filter];
}

/** A value that a condition lets through. */
function passing({ operator, value }) {
  switch (operator) {
    case 'IN':
      return value[0];
    case 'GT':
      return Number(value) + 1;
    case 'LT':
      return Number(value) - 1;
    case 'EXISTS':
      return true;
    case 'NE':
    case 'NOT_IN':
      return 'anything else';
    default:
      return value;
  }
}

function put(data, path, value) {
  const names = path.split('.');
  const last = names.pop();
  let inner = data;
  for (const name of names) inner = inner[name] ??= {};
  inner[last] = value;
}
