// What went wrong, in words for whoever reads the page.
import { element } from '../shared/elements.js';
import { sentence } from '../shared/words.js';
import { isDevelopment } from './development.js';

const LATER = 'This cannot be shown right now. Try again in a few minutes.';
const WORDS = {
  UNAUTHENTICATED: (error) => `Please log in again. ${sentence(error.message)}`,
  GRAPHQL_VALIDATION_FAILED: () =>
    'This page takes the token of a customer. What was given is something else, such as an API key.',
  'unknown-customer': (error) => `The token is good, but ${error.message}.`,
  DOCUMENT_NOT_TRUSTED: () =>
    'The server executes only documents that it holds, and those of this page are not among them.',
  INTERNAL_SERVER_ERROR: () => LATER,
};
const NEED_ANOTHER = new Set(['UNAUTHENTICATED', 'GRAPHQL_VALIDATION_FAILED', 'unknown-customer']);

/** Whether it takes another token, or another customer, to get further. */
export function needsAnother(error) {
  return NEED_ANOTHER.has(error.code);
}

/** A mistake as a paragraph that is read out. */
export function problem(error) {
  // How a server is mended is nothing for its customers.
  if (error.kind === 'UnavailableError' && !isDevelopment) return paragraph(LATER);
  const words = WORDS[error.code]?.(error) ?? sentence(error.message);
  const hint = error.hint ? ` ${sentence(error.hint)}` : '';
  return paragraph(words + hint);
}

function paragraph(words) {
  return element('p', { class: 'problem', role: 'alert' }, words);
}
