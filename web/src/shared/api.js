const ENDPOINT = '/graphql';

/** Why something was not answered, in words for whoever reads the page. */
export class Refusal extends Error {
  constructor(code, message, hint, kind) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.kind = kind;
  }
}

const UNREACHABLE = new Refusal('UNREACHABLE', 'The server does not answer. Try again in a moment.');

/** Asks the API; a token is sent as the bearer's, and kept nowhere but in this function. */
export function asker(token) {
  return async (query, variables) => {
    const response = await send(token, JSON.stringify({ query, variables }));
    const answer = await response.json().catch(() => null);
    if (answer === null) throw UNREACHABLE;
    if (answer.errors?.length) throw refused(answer.errors[0], response);
    return answer.data;
  };
}

async function send(token, body) {
  const headers = {
    accept: 'application/graphql-response+json, application/json',
    'content-type': 'application/json',
    ...(token && { authorization: `Bearer ${token}` }),
  };
  try {
    return await fetch(ENDPOINT, { method: 'POST', headers, body, credentials: 'omit' });
  } catch {
    throw UNREACHABLE;
  }
}

function refused(error, response) {
  const code = error.extensions?.code ?? 'UNKNOWN';
  const seconds = response.headers.get('retry-after');
  const hint = seconds ? `Try again in ${seconds} seconds.` : null;
  return new Refusal(code, error.message, hint);
}

/** The member of a result that is no mistake. */
export function found(result) {
  if (result.message !== undefined) throw new Refusal(result.code, result.message, result.hint, result.kind);
  return result;
}
