// Documents are sent whole, but a fragment that several of them spread is written once: in a file of its own, with
// its name, in documents/fragments.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

const DOCUMENTS = 'documents';
const SPREAD = /\.\.\.\s*(?!on\b)(\w+)/g;

/** The text of a document, with the fragments that it needs behind it, in the order of their names. */
export async function assembled(path) {
  const known = await fragments();
  const own = await readFile(path, 'utf-8');
  const needed = new Set();
  const follow = (text) => {
    for (const [, name] of text.matchAll(SPREAD)) {
      if (!known.has(name) || needed.has(name)) continue;
      needed.add(name);
      follow(known.get(name));
    }
  };
  follow(own);
  return [own, ...[...needed].sort().map((name) => known.get(name))].join('\n');
}

async function fragments() {
  const folder = join(DOCUMENTS, 'fragments');
  const files = await readdir(folder);
  const texts = files.map(async (file) => [basename(file, '.graphql'), await readFile(join(folder, file), 'utf-8')]);
  return new Map(await Promise.all(texts));
}

/** Lets modules import a document as the text that is sent. */
export const documents = {
  name: 'documents',
  setup({ onLoad }) {
    onLoad({ filter: /\.graphql$/ }, async ({ path }) => ({ contents: await assembled(path), loader: 'text' }));
  },
};

/** Writes every document as it is sent: so a server that executes known documents only can hold them. */
export async function writeDocuments(target) {
  await mkdir(target, { recursive: true });
  const files = (await readdir(DOCUMENTS)).filter((file) => file.endsWith('.graphql'));
  const written = files.map(async (file) => writeFile(join(target, file), await assembled(join(DOCUMENTS, file))));
  await Promise.all(written);
}
