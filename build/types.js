/** Finishes the type declarations in dist/: payload types from the samples, only what is reachable, for ES modules and CommonJS. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = dirname(import.meta.dirname);
const entries = { index: 'index', testing: 'api/testing/index' };

export async function finishTypes(dist) {
  const types = join(dist, 'types');
  const { providers } = await import(pathToFileURL(join(dist, 'index.js')).href);
  writeFileSync(join(types, 'api/samplePayloads.d.ts'), samplePayloads(providers));
  removeUnreachable(types);
  // Declarations of CommonJS can be imported from both worlds, those of an ES module only from its own: so there is one tree.
  writeFileSync(join(types, 'package.json'), '{ "type": "commonjs" }\n');
  for (const [name, entry] of Object.entries(entries)) {
    writeFileSync(join(dist, `${name}.d.ts`), `export * from './types/${entry}.js';\n`);
  }
}

/** What the entries do not name is of no use to anybody, and may ask for packages that are not installed. */
function removeUnreachable(types) {
  const found = new Set(Object.values(entries).map((entry) => `${entry}.d.ts`));
  for (const file of found) {
    const text = readFileSync(join(types, file), 'utf8');
    for (const [, path] of text.matchAll(/(?:from|import\()\s*['"](\.[^'"]+)['"]/g)) {
      found.add(join(dirname(file), path.replace(/\.js$/, '.d.ts')));
    }
  }
  for (const file of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.d.ts') && !found.has(file)) rmSync(join(types, file));
  }
  // Deepest first, so that a folder of empty folders goes, too.
  const folders = readdirSync(types, { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory());
  const paths = folders.map(({ parentPath, name }) => join(parentPath, name)).sort((a, b) => b.length - a.length);
  for (const path of paths) if (readdirSync(path).length === 0) rmSync(path, { recursive: true });
}

/** The declaration of the payload types: what the samples of an event and of its variants hold. */
export function samplePayloads(providers) {
  const members = providers.map(({ name, events, eventAt }) => {
    const payloads = Object.entries(events).map(([event, { title, variants = {} }]) => {
      const files = [event, ...Object.keys(variants).map((variant) => `${event}--${variant}`)];
      const samples = files.map((file) =>
        JSON.parse(readFileSync(join(root, 'payloads', name, `${file}.json`), 'utf8')),
      );
      const told =
        eventAt === null ? null : { path: eventAt.split('.'), text: JSON.stringify(valueAt(samples[0], eventAt)) };
      return `    /** ${title}. */\n    ${JSON.stringify(event)}: ${written(shapeOf(samples), told)};\n`;
    });
    return `  ${JSON.stringify(name)}: {\n${payloads.join('')}  };\n`;
  });
  return `/** Made at the build from the samples in payloads/: a provider may send more, less, or null. */\nexport interface SamplePayloads {\n${members.join('')}}\n`;
}

function valueAt(value, path) {
  return path.split('.').reduce((node, key) => node?.[key], value);
}

/** What values have in common: the kinds that occur, the members of all objects with how many have each, and what lists hold. */
function shapeOf(values) {
  const objects = values.filter((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
  const lists = values.filter(Array.isArray);
  const keys = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  return {
    plain: [...new Set(values.filter((value) => typeof value !== 'object').map((value) => typeof value))].sort(),
    isNullable: values.includes(null),
    members:
      objects.length === 0
        ? null
        : keys.map((key) => {
            const having = objects.filter((object) => Object.hasOwn(object, key));
            return {
              key,
              isOptional: having.length < objects.length,
              shape: shapeOf(having.map((object) => object[key])),
            };
          }),
    items: lists.length === 0 ? null : shapeOf(lists.flat()),
  };
}

/** A shape as a type; `told` is the event's name and where it stands. */
function written({ plain, isNullable, members, items }, told) {
  if (told?.path.length === 0) return told.text;
  const fields = members?.map(({ key, isOptional, shape }) => {
    const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
    const below = told?.path[0] === key ? { ...told, path: told.path.slice(1) } : null;
    return `${name}${isOptional ? '?' : ''}: ${written(shape, below)}`;
  });
  const kinds = [
    ...plain,
    ...(fields ? [fields.length > 0 ? `{ ${fields.join('; ')} }` : 'Record<string, unknown>'] : []),
    ...(items ? [`Array<${written(items, null)}>`] : []),
  ];
  // Of what is only ever null or empty nothing is known.
  if (kinds.length === 0) return 'unknown';
  return [...kinds, ...(isNullable ? ['null'] : [])].join(' | ');
}
