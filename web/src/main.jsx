import './workers.js';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './style.css';
import { examplesPlugin } from './examples.jsx';

const ENDPOINT = '/graphql';
/** On a telephone the list of examples would leave no room for anything else. */
const IS_WIDE = matchMedia('(min-width: 48rem)').matches;

/** One POST per operation; headers are those of the headers editor, which is never stored. */
async function fetcher(request, options) {
  const response = await fetch(ENDPOINT, {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json, application/json',
      'content-type': 'application/json',
      ...options?.headers,
    },
    body: JSON.stringify(request),
  });
  return response.json();
}

async function start() {
  const examples = await fetch('/operations').then((response) => response.json());
  const plugin = examplesPlugin(examples);
  const first = examples[0];
  const linked = new URLSearchParams(location.search).get('query');
  createRoot(document.getElementById('graphiql')).render(
    <GraphiQL
      fetcher={fetcher}
      plugins={[plugin, HISTORY_PLUGIN]}
      visiblePlugin={IS_WIDE ? plugin : undefined}
      defaultTabs={first && [{ query: first.document, variables: first.variables }]}
      initialQuery={linked ?? undefined}
      defaultEditorToolsVisibility="variables"
      shouldPersistHeaders={false}
      showPersistHeadersSettings={false}
    >
      <GraphiQL.Logo>
        <span className="planql-logo">
          <img src="/assets/icon.svg" alt="" /> planql
        </span>
      </GraphiQL.Logo>
    </GraphiQL>,
  );
}

start();
