// The account of one customer: subscriptions, usage, the upcoming invoice, issued ones, changes.
import { element } from '../shared/elements.js';
import { exact } from '../shared/exact.js';
import { amount, dayOf, sentence } from '../shared/words.js';
import { changeForm } from './changes.js';
import { invoiceList } from './invoices.js';
import { invoiceBody } from './lines.js';
import { subscriptionCard, usageCard } from './subscriptions.js';

/** Everything that a portal shows of a customer, as elements. */
export function account(portal, ask) {
  const { customer } = portal;
  const context = contextOf(customer);
  return [
    section('Subscriptions', cards(customer.subscriptions.map((each) => subscriptionCard(each, context.timeZone)))),
    section('Usage so far', usage(customer, context)),
    section('Upcoming invoice', upcoming(customer, context)),
    section('What would a change cost?', changeForm(portal, ask, context)),
    section('Invoices', invoiceList(ask, context)),
  ];
}

/** What lines need to be told in words: the zone, and what each charge counts. */
function contextOf({ timeZone, subscriptions }) {
  const charges = new Map();
  for (const { key, plan } of subscriptions) {
    for (const charge of plan.charges) charges.set(`${key}/${charge.key}`, charge);
  }
  const unknown = { unit: { name: 'unit', display: null } };
  return {
    timeZone,
    chargeOf: ({ subscription, charge }) => {
      const found = charges.get(`${subscription}/${charge}`) ?? {};
      return { charge: found, unit: (found.meter ?? unknown).unit };
    },
    unitOf: ({ subscription, charge }) => charges.get(`${subscription}/${charge}`)?.meter?.unit ?? null,
  };
}

function section(heading, ...content) {
  const id = heading.toLowerCase().replace(/\W+/g, '-');
  return element('section', { class: 'panel', 'aria-labelledby': id }, element('h2', { id }, heading), content);
}

function cards(found) {
  if (!found.length) return element('p', { class: 'quiet' }, 'None yet.');
  return element('div', { class: 'cards' }, found);
}

function usage(customer, context) {
  if (!customer.currentUsage.length) {
    return element('p', { class: 'quiet' }, 'Nothing is billed by usage.');
  }
  return [
    cards(customer.currentUsage.map((each) => usageCard(each, context))),
    element('p', { class: 'quiet' }, 'Estimates, before discounts: usage up to now, at today’s prices.'),
  ];
}

function upcoming({ upcomingInvoice: next, balances }, context) {
  const credit = balances.filter((each) => exact(each.amount).over !== 0n);
  return [
    next.at && element('p', {}, 'Due on ', element('strong', {}, dayOf(next.at, context.timeZone)), ', if nothing more happens.'),
    next.emptyBecause && element('p', { class: 'quiet' }, sentence(next.emptyBecause)),
    next.invoices.map((each) => invoiceBody(each, context)),
    next.notices.map((each) => element('p', { class: 'quiet' }, sentence(each))),
    credit.length > 0 && element('p', { class: 'quiet' }, `Credit: ${credit.map(amount).join(', ')}.`),
  ];
}
