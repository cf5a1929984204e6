// The estimator: fields of one plan, and what they would cost, line by line.
import { debounced, element, row } from '../shared/elements.js';
import { stepsTable } from '../shared/steps.js';
import { amount, counted, price, sentence } from '../shared/words.js';
import { fieldsOf, isMoney, pricesEvents } from './fields.js';
import { billed, unitOf } from './prices.js';
import { rateAll } from './rates.js';
import { totals } from './totals.js';

const DEBOUNCE = 200;

/** Shows the estimator of a plan in `place`; asks again whenever a field changes. */
export function showEstimator(place, plan, ask) {
  const result = element('div', { class: 'result', 'aria-busy': 'true' });
  const total = element('p', { class: 'total', role: 'status' }, '…');
  let latest = 0;

  async function estimate() {
    latest += 1;
    const mine = latest;
    const asked = plan.charges.map((charge) => question(charge, fields.get(charge.key)));
    if (asked.includes(null)) {
      total.textContent = 'Fill in every field to see an estimate.';
      return;
    }
    result.setAttribute('aria-busy', 'true');
    const shown = await rateAll(ask, plan, asked).then(
      (lines) => () => showLines(plan, lines, result, total),
      (error) => () => showFailure(error, result, total),
    );
    // An answer that was overtaken by another question is not shown.
    if (mine !== latest) return;
    shown();
    result.setAttribute('aria-busy', 'false');
  }

  const soon = debounced(estimate, DEBOUNCE);
  const fields = fieldsOf(plan, soon);
  const inputs = [...new Set([...fields.values()].flat())].map((each) => each.element);
  if (!inputs.length) inputs.push(element('p', {}, 'Nothing to fill in: the price is fixed.'));
  place.replaceChildren(
    element('form', { class: 'fields', onsubmit: (event) => event.preventDefault() }, inputs),
    element('div', { class: 'outcome' }, total, result),
  );
  return estimate();
}

/** What is asked about a charge; null when a field is not filled in. */
function question(charge, fields = []) {
  const [quantity, size] = fields.map((each) => each.quantity());
  if (quantity === null || size === null) return null;
  return { charge, quantity, size };
}

function showLines(plan, lines, result, total) {
  const bad = lines.filter((each) => each.rated.message !== undefined);
  const good = lines.filter((each) => each.rated.message === undefined);
  const shown = lines.map((each) => (good.includes(each) ? lineEntry(plan, each) : badEntry(each)));
  if (bad.length) {
    total.textContent = 'No estimate for these quantities.';
    return result.replaceChildren(...shown);
  }
  const found = totals(plan, good);
  total.replaceChildren(...totalWords(found));
  return result.replaceChildren(...shown, ...footnotes(plan, found));
}

function lineEntry(plan, { charge, quantity, size, rated }) {
  const unit = isMoney(charge) ? null : unitOf(charge);
  const about = quantity === undefined ? '' : `, ${words(plan, charge, quantity, size)}`;
  const name = element('span', {}, charge.name ?? charge.key, element('span', { class: 'quiet' }, about));
  const figure = element(
    'span',
    { class: 'figure' },
    element('span', { 'data-amount': charge.key }, amount(rated.total)),
    ' ',
    element('span', { class: 'quiet when' }, billed(charge, plan)),
  );
  return element(
    'details',
    { class: 'line', 'data-charge': charge.key },
    element('summary', {}, name, figure),
    stepsTable(rated.steps, unit),
  );
}

function words({ currency }, charge, quantity, size) {
  if (size !== undefined) return `${quantity} of ${price({ amount: size, currency })} each`;
  if (isMoney(charge)) return price({ amount: quantity, currency });
  return counted(quantity, unitOf(charge).name);
}

function badEntry({ charge, rated }) {
  const hint = rated.hint ? ` ${sentence(rated.hint)}` : '';
  return element('p', { class: 'problem' }, `${charge.name}: ${sentence(rated.message)}${hint}`);
}

function totalWords(found) {
  const strong = element('strong', { 'data-total': 'monthly' }, amount(found.monthly));
  return [found.isMonthly ? '' : 'about ', strong, ' a month'];
}

function footnotes(plan, found) {
  const notes = [
    found.topUp && `Up to the plan’s minimum: ${amount(found.topUp)}.`,
    found.once && `Once, at the start: ${amount(found.once)}.`,
    (plan.discounts.length || plan.charges.some((each) => each.discounts.length)) && 'Before discounts.',
  ];
  const words = notes.filter(Boolean).map((each) => element('p', { class: 'quiet' }, each));
  return found.isMonthly ? words : [averages(found), ...words];
}

/** How a month comes about where something is invoiced in other cycles. */
function averages({ cycles, monthly }) {
  const rows = cycles.map((each) => row(`${amount(each.total)} invoiced ${each.words}`, figure(each.monthly)));
  const caption = element('caption', {}, 'A month, on average');
  const total = row('Together', figure(monthly));
  return element('table', { class: 'steps averages' }, caption, element('tbody', {}, rows, cycles.length > 1 && total));
}

function figure(found) {
  return element('td', { class: 'figure' }, amount(found));
}

function showFailure(error, result, total) {
  total.textContent = 'No estimate.';
  const hint = error.hint ? ` ${sentence(error.hint)}` : '';
  result.replaceChildren(element('p', { class: 'problem' }, sentence(error.message) + hint));
}
