// The price of a charge in words: lines, and tiers as rows of a range and a price.
import { exact } from '../shared/exact.js';
import { counted, cycle, every, price, quantity, short, shownPrice, unitPrice } from '../shared/words.js';

/** What a charge counts: the unit of its meter, or one of its declared quantity. */
export function unitOf(charge) {
  if (charge.meter) return charge.meter.unit;
  return { name: charge.quantity ? charge.quantity.name.replace(/s$/, '') : 'unit', display: null };
}

/** When a charge is billed, in the words of its plan: "a month", "once". */
export function billed(charge, plan) {
  return charge.type === 'ONE_TIME' ? 'once' : every(charge.billingCycle ?? plan.billingCycle);
}

/** The same, as a reader of a card needs it: usage is billed in the plan's cycle unless it says so. */
export function billedWords(charge, plan) {
  if (charge.type !== 'USAGE') return ` ${billed(charge, plan)}`;
  return charge.billingCycle ? `, billed every ${cycle(charge.billingCycle)}` : '';
}

/** The price in one line, where it is one; null where it has tiers. */
export function headline(charge) {
  const { model } = charge;
  const unit = unitOf(charge);
  switch (model.type) {
    case 'FLAT':
      return price(model.amount);
    case 'PER_UNIT':
      return unitPrice(model.unitAmount, unit);
    case 'PACKAGE': {
      const begun = model.rounding === 'UP' ? 'begun ' : 'full ';
      return `${price(model.package)} per ${begun}${counted(model.packageSize, unit.name)}`;
    }
    case 'PERCENTAGE': {
      const flat = model.flatAmountPerEvent;
      return `${model.percentage}%${flat ? ` + ${price(flat)} each` : ''}`;
    }
    default:
      return null;
  }
}

/** The tiers as `[range, price]`; empty where there are none. */
export function tierRows(charge) {
  const { model } = charge;
  const tiers = model.tiers ?? model.stairs ?? model.shares ?? [];
  const bounds = tiers.map((tier) => tier.upTo);
  return tiers.map((tier, index) => [range(bounds, index), tierPrice(tier, unitOf(charge))]);
}

/** What the prices of tiers are for, and how they are meant. */
export function tierRule(charge, plan) {
  const unit = unitOf(charge);
  const isUsage = charge.type === 'USAGE';
  const period = isUsage ? '' : billedWords(charge, plan);
  const each = `per ${unit.display?.name ?? unit.name}${period}`;
  const rules = {
    VOLUME: `${each}, all at the price of the quantity`,
    GRADUATED: `${each}, each part at its own price`,
    STAIRSTEP: `one amount${period}, by quantity`,
    GRADUATED_PERCENTAGE: 'each part at its own share',
  };
  return rules[charge.model.type] + (isUsage ? billedWords(charge, plan) : '');
}

function range(bounds, index) {
  if (bounds[index] !== null) return `up to ${short(bounds[index])}`;
  return index === 0 ? 'any quantity' : `above ${short(bounds[index - 1])}`;
}

function tierPrice(tier, unit) {
  const flat = tier.flatAmount && !isZero(tier.flatAmount) && price(tier.flatAmount);
  const each = tier.unitAmount && !isZero(tier.unitAmount) && shownPrice(tier.unitAmount, unit);
  const parts = [
    tier.percentage && `${tier.percentage}%`,
    each && (flat ? `${each} each` : each),
    flat,
  ];
  return parts.filter(Boolean).join(' + ') || 'free';
}

function isZero({ amount }) {
  return exact(amount).over === 0n;
}

/** What is free, and the limits of what is charged. */
export function terms(charge, plan) {
  const { model } = charge;
  const period = billed(charge, plan);
  return [
    charge.includedUnits && `${counted(charge.includedUnits, unitOf(charge).name)} included`,
    model.includedEvents && `first ${quantity(model.includedEvents)} free`,
    model.minimumPerEvent && `at least ${price(model.minimumPerEvent)} each`,
    model.maximumPerEvent && `at most ${price(model.maximumPerEvent)} each`,
    charge.minimum && `at least ${price(charge.minimum)} ${period}`,
    charge.cap && `never more than ${price(charge.cap)} ${period}`,
    charge.groupBy?.length && `for each ${charge.groupBy.join(', ')} by itself`,
    ...charge.discounts.map((offer) => offer.description ?? offer.name),
  ].filter(Boolean);
}
