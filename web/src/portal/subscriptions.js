// What a customer subscribed to, and what they used of it so far.
import { element } from '../shared/elements.js';
import { compare, exact } from '../shared/exact.js';
import { amount, counted, cycle, dayOf, days, price, quantity, roughly } from '../shared/words.js';
import { explanation } from './lines.js';

const STATES = {
  SCHEDULED: 'starts later',
  TRIAL: 'on trial',
  ACTIVE: 'active',
  PAUSED: 'paused',
  ENDED: 'ended',
};

/** A subscription as it stands. */
export function subscriptionCard(subscription, timeZone) {
  const { plan, state } = subscription;
  const terms = [
    ...subscription.quantities.map((each) => `${quantity(each.quantity)} ${each.name}`),
    ...subscription.discounts.map((each) => `discount “${each.discount}”`),
    `billed every ${cycle(plan.billingCycle)}`,
  ];
  return element(
    'article',
    { class: 'card' },
    element('h3', {}, `${plan.product.name} ${plan.name} `, element('span', { class: 'tag' }, STATES[state])),
    element('p', {}, terms.join(' · ')),
    subscription.period && element('p', { class: 'quiet' }, `This period: ${days(subscription.period, timeZone)}`),
    subscription.trialEndsAt && state === 'TRIAL' &&
      element('p', { class: 'quiet' }, `The trial ends on ${dayOf(subscription.trialEndsAt, timeZone)}`),
    subscription.cancelsAt && state !== 'ENDED' &&
      element('p', { class: 'problem' }, `Ends on ${dayOf(subscription.cancelsAt, timeZone)}`),
  );
}

/** A usage charge in the period that runs: used, included, capped, and what it costs so far. */
export function usageCard(usage, context) {
  const { charge, unit } = context.chargeOf(usage);
  return element(
    'article',
    { class: 'card usage', 'data-charge': usage.charge },
    element('h3', {}, charge.name ?? usage.charge),
    element(
      'p',
      { class: 'headline' },
      element('strong', { 'data-amount': usage.charge }, amount(usage.estimatedAmount)),
      ' so far',
    ),
    used(usage, charge, unit).map((each) => element('p', {}, each)),
    usage.includedUnits && included(usage, unit),
    usage.cap && capped(usage),
    element('p', { class: 'quiet' }, days(usage.period, context.timeZone)),
    usage.lines.map((line) => explanation(line, context)),
  );
}

/** What was measured, in all or for each group. */
function used({ quantity: all, estimatedAmount, lines }, charge, unit) {
  const { currency } = estimatedAmount;
  const isMoney = charge.model?.type.endsWith('PERCENTAGE');
  const words = (text) => (isMoney ? price({ amount: text, currency }) : roughly(text, unit.name));
  if (all !== null) return [words(all)];
  const groups = lines.filter((line) => line.quantity !== null);
  if (!groups.length) return ['Nothing measured yet'];
  return groups.map((line) => `${line.group.map((each) => each.value ?? 'other').join(', ')}: ${words(line.quantity)}`);
}

function included(usage, unit) {
  const label = `${counted(usage.includedUnits, unit.name)} included`;
  if (usage.lines.length > 1) return element('p', { class: 'quiet' }, `${label} in each`);
  return bar(label, usage.quantity ?? '0', usage.includedUnits);
}

function capped(usage) {
  const reached = compare(exact(usage.estimatedAmount.amount), exact(usage.cap.amount)) >= 0;
  const label = `${reached ? 'The limit is reached: never' : 'Never'} more than ${price(usage.cap)}`;
  return bar(label, usage.estimatedAmount.amount, usage.cap.amount);
}

/** How much of something is used up; where a picture is enough a float is, too. */
function bar(label, value, most) {
  return element(
    'label',
    { class: 'bar' },
    element('span', { class: 'quiet' }, label),
    element('progress', { value: Math.min(Number(value), Number(most)), max: Number(most) || 1 }),
  );
}
