import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A page of the documentation. */
export interface Page {
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

/** The order in which a reader needs them; pages that are not named here come after it, by name. */
const order = [
  'getting-started',
  'sending',
  'targets',
  'check',
  'signatures',
  'suites',
  'ci',
  'retries',
  'flows',
  'handshakes',
  'log',
  'catalogue',
  'providers',
  'export',
  'library',
  'configuration',
  'output',
];

/** Returns the pages that ship with the package. */
export function readPages(): Page[] {
  const folder = docsFolder();
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => readPage(join(folder, file), file.slice(0, -'.md'.length)))
    .sort((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1));
}

function readPage(path: string, name: string): Page {
  const text = readFileSync(path, 'utf8');
  return { name, title: /^# (.*)$/m.exec(text)?.[1] ?? name, text };
}

/** The folder next to the bundle, or that of the source tree. */
function docsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'docs/getting-started.md'))) {
    if (dirname(folder) === folder) throw new Error('The documentation is missing; install the package again.');
    folder = dirname(folder);
  }
  return join(folder, 'docs');
}
