// The editor's language services run in workers of this host. They must be known before the
// editor is loaded, so this module is imported first.
const NAMES = { json: 'json', graphql: 'graphql' };

globalThis.MonacoEnvironment = {
  getWorker: (_id, label) => new Worker(`/assets/${NAMES[label] ?? 'editor'}.worker.js`),
};
