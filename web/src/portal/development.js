// A server without keys knows no tokens and takes everyone for an administrator, who names the
// customer. So the page can be tried with the demo.
import { asker } from '../shared/api.js';

/** Whether the page says that the server has no keys. */
export const isDevelopment = document.querySelector('.planql-access') !== null;

const FIELDS = [
  [/\bcustomer \{/, 'customer(key: $customer) {'],
  [/\bpreviewChange\(/, 'previewChange(customer: $customer, '],
];

/** Asks as an administrator what a customer would ask. */
export function asAdministrator(customer) {
  const ask = asker();
  return (document, variables) => {
    const named = FIELDS.reduce((text, [field, words]) => text.replace(field, words), document);
    if (named === document) return ask(document, variables);
    return ask(declaring(named), { ...variables, customer });
  };
}

/** The document with `$customer` among its variables. */
function declaring(document) {
  const hasVariables = /^query \w+\(/m.test(document);
  return hasVariables
    ? document.replace(/^(query \w+\()/m, '$1$customer: String!, ')
    : document.replace(/^(query \w+)/m, '$1($customer: String!)');
}
