// The steps of a rated charge in words, as a table whose last column adds up.
import { element, row } from './elements.js';
import { exact } from './exact.js';
import { amount, counted, price, quantity, unitPrice } from './words.js';

const MOST_STEPS = 12;
const LABELS = {
  FLAT: 'Flat amount',
  PRORATION: 'For a part of the period',
  ROUNDING: 'Rounded',
  CAP: 'Capped: no more than this is charged',
  MINIMUM: 'Up to the minimum',
  ALREADY_BILLED: 'Billed before',
};

/** The steps as a table; `unit` is what is counted, null where that is not known. */
export function stepsTable(steps, unit) {
  const shown = steps.slice(0, MOST_STEPS).map((step, index) => stepRow(step, unit, index + 1));
  const left = steps.length - MOST_STEPS;
  if (left > 0) shown.push(row(`… and ${left} more`, ''));
  return element('table', { class: 'steps' }, element('tbody', {}, shown));
}

function stepRow(step, unit, position) {
  const figure = element('td', { class: 'figure' }, amount(step.amount));
  return row(stepWords(step, unit, position), figure);
}

/** A step without its amount: "Tier 1: 700 tickets × $0.99". */
function stepWords(step, unit, position) {
  switch (step.kind) {
    case 'INCLUDED_UNITS':
      return `${units(step.quantity, unit)} included`;
    case 'TIER':
      return `Tier ${step.tier}: ${product(step, unit)}`;
    case 'UNIT':
    case 'PERCENTAGE':
      return product(step, unit);
    case 'PACKAGE':
      return `${counted(step.quantity, 'package')} × ${price(step.unitAmount)}`;
    case 'EVENT':
      return `Event ${position}: ${step.percentage === null ? 'free' : product(step, null)}`;
    case 'DISCOUNT':
      return `Discount “${step.discount}”`;
    default:
      return LABELS[step.kind] ?? step.kind;
  }
}

function product(step, unit) {
  const flat = step.flatAmount && exact(step.flatAmount.amount).over !== 0n && price(step.flatAmount);
  if (step.percentage) {
    const base = price({ ...step.amount, amount: step.quantity });
    return `${step.percentage}% of ${base}${flat ? ` + ${flat}` : ''}`;
  }
  const counts = units(step.quantity, unit);
  if (!flat && step.unitAmount && exact(step.unitAmount.amount).over === 0n) return `${counts}, free`;
  if (!step.unitAmount || (flat && exact(step.unitAmount.amount).over === 0n)) {
    return `${counts} for ${flat || price(step.amount)}`;
  }
  const each = unit?.display ? unitPrice(step.unitAmount, unit) : price(step.unitAmount);
  return `${counts} × ${each}${flat ? ` + ${flat}` : ''}`;
}

function units(text, unit) {
  return unit ? counted(text, unit.name) : quantity(text);
}
