// What rated charges come to: by billing cycle, and a month. Amounts are added, never estimated.
import { compare, decimal, exact, minus, ratio, sum, times } from '../shared/exact.js';
import { digitsOf, every } from '../shared/words.js';

const MONTHS_OF = { MONTH: [1, 1], YEAR: [12, 1], WEEK: [84, 365], DAY: [12, 365] };

/** How many months a billing cycle has, on average. */
function months({ interval, intervalCount }) {
  const [over, under] = MONTHS_OF[interval];
  return ratio(over * intervalCount, under);
}

/** The amount in money, rounded to the digits of its currency. */
function money(number, currency) {
  return { amount: decimal(number, digitsOf(currency)), currency };
}

/**
 * The rated lines added up.
 *
 * `topUp` is what is missing to the plan's minimum, when all is billed in the plan's cycle; `once`
 * what is due at the start; `cycles` the sum of each cycle; `monthly` its share of a month, and all of them by the month.
 */
export function totals(plan, lines) {
  const { currency } = plan;
  const once = lines.filter((each) => each.charge.type === 'ONE_TIME');
  const repeated = lines.filter((each) => each.charge.type !== 'ONE_TIME');
  const cycles = byCycle(plan, repeated);
  const topUp = missing(plan, cycles);
  if (topUp) cycles[0].total = sum([cycles[0].total, topUp]);
  const monthly = sum(cycles.map(byTheMonth));
  return {
    topUp: topUp && money(topUp, currency),
    once: once.length ? money(sum(once.map(totalOf)), currency) : null,
    cycles: cycles.map((each) => ({
      words: every(each.cycle),
      total: money(each.total, currency),
      monthly: money(byTheMonth(each), currency),
    })),
    monthly: money(monthly, currency),
    isMonthly: cycles.every((each) => every(each.cycle) === 'a month'),
  };
}

function byTheMonth({ cycle, total }) {
  return times(total, inverse(months(cycle)));
}

function totalOf(line) {
  return exact(line.rated.total.amount);
}

function byCycle(plan, lines) {
  const found = new Map();
  for (const line of lines) {
    const cycle = line.charge.billingCycle ?? plan.billingCycle;
    const words = every(cycle);
    const before = found.get(words)?.total ?? ratio(0, 1);
    found.set(words, { cycle, total: sum([before, totalOf(line)]) });
  }
  return [...found.values()];
}

function missing(plan, cycles) {
  if (!plan.minimumCommitment || cycles.length !== 1) return null;
  if (every(cycles[0].cycle) !== every(plan.billingCycle)) return null;
  const left = minus(exact(plan.minimumCommitment.amount), cycles[0].total);
  return compare(left, ratio(0, 1)) > 0 ? left : null;
}

function inverse({ over, under }) {
  return { over: under, under: over };
}
