import PRICING from '../../documents/pricing.graphql';
import { asker } from '../shared/api.js';
import { element } from '../shared/elements.js';
import { sentence } from '../shared/words.js';
import { showEstimator } from './estimator.js';
import { plansOf, productSections } from './plans.js';

const ask = asker();
const main = document.querySelector('main');

function currencySwitch(currencies, chosen, onChoose) {
  const choices = currencies.map((currency) =>
    element(
      'label',
      {},
      element('input', {
        type: 'radio',
        name: 'currency',
        value: currency,
        checked: currency === chosen,
        onchange: () => onChoose(currency),
      }),
      element('span', {}, currency),
    ),
  );
  return element('fieldset', { class: 'switch' }, element('legend', {}, 'Currency'), choices);
}

/** The plans to choose from in the estimator, under the names of their products. */
function planChoice(catalog, currency, onChoose) {
  const groups = catalog.products.map((product) => {
    const plans = plansOf(catalog, product, currency);
    const options = plans.map((plan) => element('option', { value: plan.key }, plan.name));
    return options.length && element('optgroup', { label: product.name }, options);
  });
  const select = element(
    'select',
    { id: 'plan', onchange: () => onChoose(select.value) },
    groups.filter(Boolean),
  );
  return select;
}

function showCatalog(catalog) {
  const currencies = [...new Set(catalog.ratePlansInForce.map((plan) => plan.currency))].sort();
  const first = currencies.includes('USD') ? 'USD' : currencies[0];
  const products = element('div', { class: 'products' });
  const choice = element('div', { class: 'field choice' });
  const estimator = element('div', { class: 'estimator' });
  const heading = element('h2', { id: 'estimate', tabindex: '-1' }, 'Estimate a month');

  function choosePlan(key) {
    const plan = catalog.ratePlansInForce.find((each) => each.key === key);
    return showEstimator(estimator, plan, ask);
  }

  function chooseCurrency(currency) {
    const select = planChoice(catalog, currency, choosePlan);
    const onEstimate = (plan) => {
      select.value = plan.key;
      choosePlan(plan.key);
      heading.focus();
      heading.scrollIntoView();
    };
    choice.replaceChildren(element('label', { for: 'plan' }, 'Plan'), select);
    products.replaceChildren(...productSections(catalog, currency, onEstimate));
    choosePlan(select.value);
  }

  main.replaceChildren(
    element(
      'header',
      { class: 'top' },
      element('div', {}, element('h1', {}, `${catalog.name} prices`), element('p', { class: 'lead' }, catalog.description)),
      element('nav', {}, currencySwitch(currencies, first, chooseCurrency), element('a', { href: '#estimate' }, 'Estimate a month')),
    ),
    products,
    element('section', { class: 'panel', 'aria-labelledby': 'estimate' }, heading, choice, estimator),
  );
  document.title = `${catalog.name} prices`;
  chooseCurrency(first);
}

async function start() {
  try {
    const { catalog } = await ask(PRICING);
    if (catalog.ratePlansInForce.length) return showCatalog(catalog);
    showNothing(`${catalog.name} prices`, element('p', { class: 'lead' }, 'No plan is sold yet.'));
  } catch (error) {
    const hint = error.hint ? ` ${error.hint}` : '';
    const problem = element('p', { class: 'problem', role: 'alert' }, sentence(error.message) + hint);
    const again = element('button', { type: 'button', onclick: start }, 'Try again');
    showNothing('Prices', problem, again);
    again.focus();
  }
}

function showNothing(heading, ...why) {
  main.replaceChildren(element('div', { class: 'panel entrance' }, element('h1', {}, heading), why));
}

start();
