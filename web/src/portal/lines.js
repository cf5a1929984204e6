// Lines of invoices: what each is for, what it comes to, and why.
import { element } from '../shared/elements.js';
import { exact } from '../shared/exact.js';
import { stepsTable } from '../shared/steps.js';
import { amount, days, quantity, sentence } from '../shared/words.js';

const KINDS = {
  CREDIT: 'credit',
  MINIMUM: 'up to the minimum',
  ADJUSTMENT: 'adjustment',
  LATE_USAGE: 'late usage',
};

/** A line that opens to its explanation. */
export function lineEntry(line, { timeZone, unitOf }) {
  const kind = KINDS[line.kind];
  const name = element(
    'span',
    {},
    line.name,
    line.group.map((each) => ` · ${each.value ?? 'other'}`),
    kind && kind !== line.name.toLowerCase() && [' ', element('span', { class: 'tag' }, kind)],
    ' ',
    element('span', { class: 'quiet when' }, days(line.period, timeZone)),
  );
  const figure = element('span', { class: 'figure' }, amount(line.net));
  const summary = element('summary', {}, name, figure);
  return element('details', { class: 'line' }, summary, why(line, unitOf(line)));
}

/** Why an estimate is what it is; of usage that is split, for each group. */
export function explanation(line, { unitOf }) {
  const group = line.group.map((each) => `: ${each.value ?? 'other'}`);
  const summary = element('summary', {}, element('span', {}, 'How it is worked out', group));
  return element('details', { class: 'line quiet' }, summary, why(line, unitOf(line)));
}

function why(line, unit) {
  return [
    stepsTable([...line.steps, ...line.discounts.map(asStep)], unit),
    portion(line.portion),
    line.note && element('p', { class: 'quiet' }, sentence(line.note)),
  ];
}

function asStep(discount) {
  const { amount: text, currency } = discount.amount;
  const taken = exact(text).over === 0n ? text : `-${text}`;
  return { kind: 'DISCOUNT', discount: discount.discount, amount: { amount: taken, currency } };
}

function portion(found) {
  if (!found || found.used === found.full) return null;
  const unit = `${found.unit.toLowerCase()}s`;
  return element(
    'p',
    { class: 'quiet' },
    `For ${quantity(found.used)} of ${quantity(found.full)} ${unit} of the period.`,
  );
}

/** The lines of an invoice and its sums. */
export function invoiceBody(invoice, context) {
  return [invoice.lines.map((line) => lineEntry(line, context)), sums(invoice)];
}

function sums(invoice) {
  const entries = [
    ['Subtotal', invoice.subtotal],
    ['Discounts', negative(invoice.discountTotal)],
    ['Credit used', negative(invoice.balanceApplied)],
  ].filter(([label, found]) => label === 'Subtotal' || exact(found.amount).over !== 0n);
  const total = element(
    'div',
    { class: 'due' },
    element('dt', {}, 'Total due'),
    element('dd', { class: 'figure', 'data-total': 'due' }, amount(invoice.amountDue)),
  );
  const shown = entries.map(([label, found]) =>
    element('div', {}, element('dt', {}, label), element('dd', { class: 'figure' }, amount(found))),
  );
  return element('dl', { class: 'sums' }, shown, total);
}

function negative(found) {
  const text = found.amount.startsWith('-') ? found.amount.slice(1) : `-${found.amount}`;
  return { ...found, amount: exact(text).over === 0n ? '0' : text };
}
