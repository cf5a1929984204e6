// What a change would cost: another plan, version or quantity, seen before anyone decides.
import CHANGE from '../../documents/change.graphql';
import { found } from '../shared/api.js';
import { element } from '../shared/elements.js';
import { amount, dayOf, sentence } from '../shared/words.js';
import { invoiceBody, lineEntry } from './lines.js';
import { problem } from './problems.js';

/** A form that asks for the preview of a change, and shows it. */
export function changeForm(portal, ask, context) {
  const { subscriptions } = portal.customer;
  const going = subscriptions.filter((each) => each.state !== 'ENDED');
  if (!going.length) return element('p', { class: 'quiet' }, 'There is no subscription to change.');
  const outcome = element('div', { class: 'outcome', 'aria-live': 'polite' });
  const quantities = element('div', { class: 'fields' });
  const which = select('change-subscription', going, (each) => [each.key, nameOf(each)]);
  const plan = element('select', { id: 'change-plan', onchange: showQuantities });
  const when = select('change-when', ['NOW', 'PERIOD_END'], (each) => [each, WHEN[each]]);

  function chosen() {
    return going.find((each) => each.key === which.value);
  }

  function showPlans() {
    plan.replaceChildren(...planOptions(portal.catalog, chosen()));
    showQuantities();
  }

  function showQuantities() {
    const [key, version] = plan.value.split('@');
    const found_ = portal.catalog.ratePlans.find((each) => each.key === key && String(each.version) === version);
    quantities.replaceChildren(...quantityFields(found_, chosen()));
  }

  async function preview(event) {
    event.preventDefault();
    outcome.replaceChildren(element('p', { class: 'quiet' }, 'Working it out…'));
    const change = changeOf(chosen(), plan.value, quantities, when.value);
    const shown = await ask(CHANGE, { subscription: which.value, change })
      .then((answer) => previewed(found(answer.previewChange), context))
      .catch(problem);
    outcome.replaceChildren(...[shown].flat(Infinity));
  }

  which.addEventListener('change', showPlans);
  showPlans();
  return element(
    'div',
    { class: 'estimator' },
    element(
      'form',
      { onsubmit: preview },
      going.length > 1 && labelled('Subscription', which),
      labelled('Plan', plan),
      quantities,
      labelled('When', when),
      element('button', { type: 'submit' }, 'Preview the change'),
      element('p', { class: 'quiet' }, 'Nothing changes by asking.'),
    ),
    outcome,
  );
}

const WHEN = { NOW: 'Now', PERIOD_END: 'At the end of the period' };

function nameOf(subscription) {
  return `${subscription.plan.product.name} ${subscription.plan.name}`;
}

function select(id, choices, entry) {
  const options = choices.map((each) => {
    const [value, words] = entry(each);
    return element('option', { value }, words);
  });
  return element('select', { id }, options);
}

function labelled(words, control) {
  return element('div', { class: 'field' }, element('label', { for: control.id }, words), control);
}

/** The published plans in the currency of the subscription, its own product first. */
function planOptions(catalog, { plan, version }) {
  const inForce = new Set(catalog.ratePlansInForce.map((each) => `${each.key}@${each.version}`));
  const groups = new Map([[plan.product.name, []]]);
  for (const each of catalog.ratePlans) {
    const value = `${each.key}@${each.version}`;
    const isCurrent = each.key === plan.key && each.version === version;
    const isSold = each.status === 'PUBLISHED' && inForce.has(value);
    if (each.currency !== plan.currency || !(isSold || isCurrent)) continue;
    const words = `${each.name}, version ${each.version}${isCurrent ? ' (yours)' : ''}`;
    if (!groups.has(each.product.name)) groups.set(each.product.name, []);
    groups.get(each.product.name).push(element('option', { value, selected: isCurrent }, words));
  }
  return [...groups].map(([label, options]) => element('optgroup', { label }, options));
}

function quantityFields(plan, subscription) {
  const declared = new Map();
  for (const { quantity } of plan.charges) if (quantity) declared.set(quantity.name, quantity);
  return [...declared.values()].map(({ name, minimum }) => {
    const current = subscription.quantities.find((each) => each.name === name)?.quantity;
    const input = element('input', {
      id: `change-${name}`,
      name,
      type: 'text',
      inputmode: 'decimal',
      autocomplete: 'off',
      value: current ?? minimum ?? '1',
    });
    return labelled(name.slice(0, 1).toUpperCase() + name.slice(1), input);
  });
}

/** What differs from the subscription as it stands: what is left out stays as it is. */
function changeOf(subscription, planAndVersion, quantities, time) {
  const [ratePlan, version] = planAndVersion.split('@');
  const inputs = [...quantities.querySelectorAll('input')];
  const isOther = ratePlan !== subscription.plan.key || Number(version) !== subscription.version;
  return {
    ...(isOther && { ratePlan, version: Number(version) }),
    ...(inputs.length && {
      quantities: inputs.map((each) => ({ name: each.name, quantity: each.value.trim() })),
    }),
    effective: { time },
  };
}

function previewed(preview, context) {
  const { timeZone } = context;
  const next = preview.upcomingInvoice;
  return [
    element('h3', {}, `From ${dayOf(preview.effectiveAt, timeZone)}`),
    preview.lines.length ? preview.lines.map((each) => lineEntry(each, context)) : null,
    sum('Credits and charges of the change', preview.net, 'net'),
    sum('Invoiced now', preview.amountsDue, 'now'),
    preview.emptyBecause && element('p', { class: 'quiet' }, 'Nothing is invoiced now.'),
    element('h3', {}, next.at ? `Next invoice on ${dayOf(next.at, timeZone)}` : 'No further invoice'),
    next.emptyBecause && element('p', { class: 'quiet' }, sentence(next.emptyBecause)),
    next.invoices.map((each) => invoiceBody(each, context)),
  ].filter(Boolean);
}

function sum(words, amounts, name) {
  if (!amounts.length) return null;
  const shown = amounts.map((each) => amount(each)).join(', ');
  return element('p', { class: 'total' }, `${words}: `, element('strong', { 'data-total': name }, shown));
}
