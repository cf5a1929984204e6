import PORTAL from '../../documents/portal.graphql';
import { asker, found } from '../shared/api.js';
import { element } from '../shared/elements.js';
import { account } from './account.js';
import { asAdministrator, isDevelopment } from './development.js';
import { needsAnother, problem } from './problems.js';

const main = document.querySelector('main');

// The token lives in these functions only: no storage, no cookie, and the address is cleared of it.

/** What the address says after `#token=`; in development mode, after `#customer=`. */
function takeFromAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  const taken = given.get(isDevelopment ? 'customer' : 'token');
  if (taken) history.replaceState(null, '', location.pathname);
  return taken;
}

function askerFor(credential) {
  return isDevelopment ? asAdministrator(credential) : asker(credential);
}

async function open(credential) {
  const ask = askerFor(credential);
  main.replaceChildren(element('p', { class: 'quiet', role: 'status' }, 'Loading…'));
  try {
    const portal = await ask(PORTAL);
    found(portal.customer);
    show(portal, ask);
  } catch (error) {
    if (needsAnother(error)) showEntrance(problem(error));
    else showProblem(error, () => open(credential));
  }
}

/** What may be over in a moment: the token is kept, so that nobody must look for it again. */
function showProblem(error, again) {
  const retry = element('button', { type: 'button', onclick: again }, 'Try again');
  main.replaceChildren(
    element('div', { class: 'panel entrance' }, element('h1', {}, 'Your account'), problem(error), retry, leaving()),
  );
  retry.focus();
}

function leaving() {
  return element('button', { type: 'button', class: 'plain', onclick: () => showEntrance() }, 'Leave');
}

function show(portal, ask) {
  const heading = element('h1', { tabindex: '-1' }, portal.customer.key);
  const company = element('p', { class: 'quiet' }, `Your account with ${portal.catalog.name}`);
  main.replaceChildren(
    element('header', { class: 'top' }, element('div', {}, company, heading), leaving()),
    ...account(portal, ask),
  );
  document.title = `${portal.customer.key} · ${portal.catalog.name}`;
  heading.focus();
}

function showEntrance(mistake) {
  const words = isDevelopment ? 'Key of a customer' : 'Token';
  const input = element('input', {
    id: 'credential',
    type: isDevelopment ? 'text' : 'password',
    autocomplete: 'off',
    spellcheck: 'false',
    required: true,
    'aria-describedby': 'about-credential',
  });
  const about = isDevelopment
    ? 'Without keys there are no tokens: as an administrator you see any customer, such as driftwood-hotels.'
    : 'Whoever logs you in gives you one. It is kept in this page only, until you leave it.';
  main.replaceChildren(
    element(
      'form',
      { class: 'panel entrance', onsubmit: (event) => enter(event, input) },
      element('h1', {}, 'Your account'),
      mistake,
      element('label', { for: input.id }, words),
      input,
      element('p', { class: 'quiet', id: 'about-credential' }, about),
      element('button', { type: 'submit' }, 'Show my account'),
    ),
  );
  input.focus();
}

function enter(event, input) {
  event.preventDefault();
  const given = input.value.trim();
  if (given) open(given);
}

function start() {
  const taken = takeFromAddress();
  if (taken) open(taken);
  else showEntrance();
}

addEventListener('hashchange', () => {
  const taken = takeFromAddress();
  if (taken) open(taken);
});
start();
