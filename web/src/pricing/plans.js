// The pricing table: products, and their plans side by side.
import { element } from '../shared/elements.js';
import { decimal, exact, sum } from '../shared/exact.js';
import { every, price, sentence } from '../shared/words.js';
import { billedWords, headline, terms, tierRows, tierRule } from './prices.js';

/** The products with a plan in the currency, and the names of those without. */
export function productSections(catalog, currency, onEstimate) {
  const sold = catalog.products.map((product) => [product, plansOf(catalog, product, currency)]);
  const sections = sold
    .filter(([, plans]) => plans.length)
    .map(([product, plans]) => productSection(product, plans, onEstimate));
  const missing = sold.filter(([, plans]) => !plans.length).map(([product]) => product.name);
  if (missing.length) {
    sections.push(element('p', { class: 'quiet' }, `Not sold in ${currency}: ${missing.join(', ')}.`));
  }
  return sections;
}

/** The plans of a product in a currency, the least fee first. */
export function plansOf(catalog, product, currency) {
  return catalog.ratePlansInForce
    .filter((plan) => plan.product.key === product.key && plan.currency === currency)
    .sort((a, b) => Number(monthlyFee(a)) - Number(monthlyFee(b)));
}

const MONTHS = { DAY: 1 / 30, WEEK: 7 / 30, MONTH: 1, YEAR: 12 };

/** For the order of plans only; never shown. */
function monthlyFee(plan) {
  const { interval, intervalCount } = plan.billingCycle;
  return Number(fee(plan)) / (MONTHS[interval] * intervalCount);
}

/** The sum of the flat amounts that every period of a plan costs. */
function fee(plan) {
  const flat = plan.charges.filter(
    (each) => each.type === 'RECURRING' && each.model.type === 'FLAT' && !each.billingCycle,
  );
  return decimal(sum(flat.map((each) => exact(each.model.amount.amount))));
}

function productSection(product, plans, onEstimate) {
  const heading = `product-${product.key}`;
  return element(
    'section',
    { class: 'product', 'aria-labelledby': heading },
    element(
      'div',
      { class: 'about' },
      element('h2', { id: heading }, product.name),
      product.description && element('p', { class: 'lead' }, product.description),
      element('ul', { class: 'features' }, product.features.map((each) => element('li', {}, each))),
    ),
    element('div', { class: 'plans' }, plans.map((plan) => planCard(plan, onEstimate))),
  );
}

function planCard(plan, onEstimate) {
  const heading = `plan-${plan.key}`;
  return element(
    'article',
    { class: 'plan', 'aria-labelledby': heading },
    element('h3', { id: heading }, plan.name),
    element('p', { class: 'headline' }, planHeadline(plan)),
    plan.description && element('p', { class: 'quiet' }, plan.description),
    element('dl', { class: 'charges' }, plan.charges.map((charge) => chargeEntry(charge, plan))),
    element('ul', { class: 'terms' }, planTerms(plan).map((each) => element('li', {}, each))),
    element(
      'button',
      { type: 'button', 'aria-label': `Estimate ${plan.name}`, onclick: () => onEstimate(plan) },
      'Estimate',
    ),
  );
}

function planHeadline(plan) {
  const amount = fee(plan);
  if (amount === '0') return [element('strong', {}, 'Pay as you go')];
  const shown = element('strong', {}, price({ amount, currency: plan.currency }));
  return [shown, ` ${every(plan.billingCycle)}`];
}

function chargeEntry(charge, plan) {
  const line = headline(charge);
  return element(
    'div',
    {},
    element('dt', {}, charge.name ?? charge.key),
    line && element('dd', { class: 'price' }, line, element('span', { class: 'quiet' }, billedWords(charge, plan))),
    !line && element('dd', { class: 'quiet' }, sentence(tierRule(charge, plan))),
    !line && element('dd', {}, tierTable(charge)),
    terms(charge, plan).map((each) => element('dd', { class: 'term' }, sentence(each))),
  );
}

function tierTable(charge) {
  const rows = tierRows(charge).map(([range, cost]) =>
    element('tr', {}, element('th', { scope: 'row' }, range), element('td', {}, cost)),
  );
  const caption = element('caption', { class: 'unseen' }, `Tiers of ${charge.name ?? charge.key}`);
  return element('table', { class: 'tiers' }, caption, element('tbody', {}, rows));
}

function planTerms(plan) {
  const { trial } = plan;
  return [
    trial && `${trial.days} days of trial${trial.billUsage ? '; usage is billed' : ', usage included'}.`,
    plan.minimumCommitment && `At least ${price(plan.minimumCommitment)} ${every(plan.billingCycle)} in all.`,
    ...plan.discounts.map((offer) => offer.description ?? sentence(offer.name)),
  ].filter(Boolean);
}
