// Bundles GraphiQL with its editor workers and the two pages into dist/, with every asset beside them: nothing is
// fetched from another host at run time.
import { build } from 'esbuild';
import { cp, rm } from 'node:fs/promises';
import { documents, writeDocuments } from './documents.mjs';

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: {
    graphiql: 'src/main.jsx',
    pages: 'src/pages.css',
    pricing: 'src/pricing/main.js',
    portal: 'src/portal/main.js',
    'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
    'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
    'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
  },
  outdir: 'dist/assets',
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  jsx: 'automatic',
  loader: { '.ttf': 'file', '.woff': 'file', '.woff2': 'file', '.svg': 'file' },
  plugins: [documents],
  assetNames: '[name]-[hash]',
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'linked',
  logLevel: 'warning',
});
for (const page of ['index.html', 'pricing.html', 'portal.html']) {
  await cp(`src/${page}`, `dist/${page}`);
}
await cp('src/icon.svg', 'dist/assets/icon.svg');
await writeDocuments('dist/documents');
