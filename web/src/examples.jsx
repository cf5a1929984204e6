import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useRef } from 'react';

function ExamplesIcon() {
  return (
    <svg height="1em" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8">
      <path d="M5 4h11l3 3v13H5z" strokeLinejoin="round" />
      <path d="M8.5 10h7M8.5 13.5h7M8.5 17h4" strokeLinecap="round" />
    </svg>
  );
}

/** The editors show a new tab only after it was added, so the text is put there afterwards. */
function useOpenExample() {
  const { addTab, updateActiveTabValues } = useGraphiQLActions();
  const { queryEditor, variableEditor, tabs } = useGraphiQL((state) => state);
  const pending = useRef(null);

  function fill(example) {
    queryEditor.setValue(example.document);
    variableEditor.setValue(example.variables);
    updateActiveTabValues({ query: example.document, variables: example.variables });
  }

  useEffect(() => {
    if (pending.current) {
      fill(pending.current);
      pending.current = null;
    }
  }, [tabs.length]);

  return (example) => {
    if (queryEditor.getValue().trim() === '') {
      fill(example);
    } else {
      pending.current = example;
      addTab();
    }
  };
}

function Example({ example, onOpen }) {
  return (
    <li>
      <button type="button" className="planql-example" onClick={() => onOpen(example)}>
        <strong>{example.title}</strong>
        <span>{example.description}</span>
      </button>
    </li>
  );
}

/** A side panel listing the operations that the server ships; a click opens one in a tab. */
export function examplesPlugin(examples) {
  function Examples() {
    const open = useOpenExample();
    return (
      <section aria-label="Examples">
        <div className="graphiql-doc-explorer-title">Examples</div>
        <ul className="planql-examples">
          {examples.map((example) => (
            <Example key={example.name} example={example} onOpen={open} />
          ))}
        </ul>
      </section>
    );
  }
  return { title: 'Examples', icon: ExamplesIcon, content: Examples };
}
