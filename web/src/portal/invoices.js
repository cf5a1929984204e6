// Issued invoices, page by page; the lines of one are asked for when it is opened.
import INVOICE from '../../documents/invoice.graphql';
import INVOICES from '../../documents/invoices.graphql';
import { found } from '../shared/api.js';
import { element } from '../shared/elements.js';
import { amount, day } from '../shared/words.js';
import { invoiceBody } from './lines.js';
import { problem } from './problems.js';

const PAGE = 6;

/** The list of issued invoices, the newest first, with a button for older ones. */
export function invoiceList(ask, context) {
  const list = element('div', { class: 'invoices' });
  const more = element('button', { type: 'button', onclick: () => next() }, 'Show older invoices');
  const place = element('div', {}, list, more);
  let after = null;

  async function next() {
    more.disabled = true;
    try {
      const { invoices } = found((await ask(INVOICES, { first: PAGE, after })).customer);
      list.append(...invoices.edges.map((edge) => invoiceEntry(edge.node, ask, context)));
      if (!list.childElementCount) list.append(element('p', { class: 'quiet' }, 'None yet.'));
      after = invoices.pageInfo.endCursor;
      more.hidden = !invoices.pageInfo.hasNextPage;
    } catch (error) {
      list.append(problem(error));
    }
    more.disabled = false;
  }

  next();
  return place;
}

function invoiceEntry(invoice, ask, context) {
  const body = element('div', { class: 'body' });
  const name = element('span', {}, invoice.number, ' ', element('span', { class: 'quiet when' }, day(invoice.issuedOn)));
  const figure = element('span', { class: 'figure' }, amount(invoice.amountDue));
  const entry = element(
    'details',
    { class: 'invoice', ontoggle: () => entry.open && !body.childElementCount && open() },
    element('summary', {}, name, figure),
    body,
  );

  async function open() {
    body.replaceChildren(element('p', { class: 'quiet', role: 'status' }, 'Loading…'));
    const shown = await ask(INVOICE, { number: invoice.number })
      .then((answer) => invoiceBody(found(answer.invoice), context))
      .catch(problem);
    body.replaceChildren(...[shown].flat(Infinity));
  }

  return entry;
}
