// What went wrong, in words for whoever reads the page.
import { element } from '../shared/elements.js';
import { sentence } from '../shared/words.js';

const WORDS = {
  UNAUTHENTICATED: (error) => `The token is not taken. ${sentence(error.message)}`,
  GRAPHQL_VALIDATION_FAILED: () =>
    'This page takes the token of a customer. What was given is something else, such as an API key.',
  'unknown-customer': (error) => `The token is good, but ${error.message}.`,
  DOCUMENT_NOT_TRUSTED: () =>
    'The server executes only documents that it holds, and those of this page are not among them.',
};

/** A mistake as a paragraph that is read out. */
export function problem(error) {
  const words = WORDS[error.code]?.(error) ?? sentence(error.message);
  const hint = error.hint ? ` ${sentence(error.hint)}` : '';
  return element('p', { class: 'problem', role: 'alert' }, words + hint);
}
