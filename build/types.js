/** Finishes the type declarations in dist/: payload types from the samples, only what is reachable, for ES modules and CommonJS. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { imported } from './bundle.js';

const root = dirname(import.meta.dirname);
/** Levels of members that payload types have. */
const maxDepth = 6;
const entries = { index: 'index', testing: 'api/testing/index' };

export async function finishTypes(dist) {
  const types = join(dist, 'types');
  const index = JSON.parse(readFileSync(join(dist, 'catalogue/index.json'), 'utf8'));
  const providers = await Promise.all(
    index.map(async ({ name }) => {
      const { default: provider } = await import(pathToFileURL(join(dist, `catalogue/${name}.js`)).href);
      return provider;
    }),
  );
  writeFileSync(join(types, 'api/catalogue.d.ts'), catalogueTypes(providers));
  removeUnreachable(types);
  mkdirSync(join(types, 'payloadTypes'));
  const samples = await imported(
    "export { writeJson } from './json/dialect.js'; export { findSampleFile, readSampleFile } from './payloads/readSampleFile.js'; export { sampleStem } from './payloads/sampleName.js';",
    'src',
  );
  for (const provider of providers) {
    writeFileSync(join(types, `payloadTypes/${provider.name}.d.ts`), payloadTypes(provider, samples));
  }
  // Each world has its own default export.
  writeFileSync(join(dist, 'description.d.ts'), descriptionTypes('./types/core/provider.js'));
  writeFileSync(join(types, 'description.d.ts'), descriptionTypes('./core/provider.js'));
  // An import of types for their effect stays in what a compiler writes.
  writeFileSync(join(types, 'payloadTypes/none.js'), '');
  // Declarations of CommonJS can be imported from both worlds, those of an ES module only from its own: so there is one tree.
  writeFileSync(join(types, 'package.json'), '{ "type": "commonjs" }\n');
  for (const [name, entry] of Object.entries(entries)) {
    writeFileSync(join(dist, `${name}.d.ts`), `export * from './types/${entry}.js';\n`);
  }
}

/** The declaration of a module that holds a description; `path` is that of its type. */
function descriptionTypes(path) {
  return `import type { Provider } from '${path}';\ndeclare const provider: Provider;\nexport default provider;\n`;
}

/** The declaration of the names of all providers, their events and the variants of these. */
function catalogueTypes(providers) {
  const members = providers.map(({ name, events }) => {
    const lines = Object.entries(events).map(([event, { variants = {} }]) => {
      const names = Object.keys(variants).map((variant) => JSON.stringify(variant));
      return `    ${JSON.stringify(event)}: ${names.join(' | ') || 'never'};\n`;
    });
    return `  ${JSON.stringify(name)}: {\n${lines.join('')}  };\n`;
  });
  return `/** The providers that ship, with the variants of each of their events; generated from payloads/. It can be augmented with custom providers. */\nexport interface Catalogue {\n${members.join('')}}\n`;
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

/** The declaration of a provider's payload types: what the samples of an event and of its variants hold. */
function payloadTypes(provider, { readSampleFile, findSampleFile, sampleStem, writeJson }) {
  const { name, events, eventAt, dialect } = provider;
  const folder = join(root, 'payloads', name, 'events');
  const objects = new ObjectTypes();
  const payloads = Object.entries(events).map(([event, { title, variants = {} }]) => {
    const samples = [null, ...Object.keys(variants)].map((variant) =>
      JSON.parse(
        writeJson(readSampleFile(folder, findSampleFile(folder, sampleStem({ event, variant })), dialect), 'js'),
      ),
    );
    const told =
      eventAt === null ? null : { path: eventAt.split('.'), text: JSON.stringify(valueAt(samples[0], eventAt)) };
    return `      /** ${title.replaceAll('*/', '')}. */\n      ${JSON.stringify(event)}: ${written(shapeOf(samples), { told, depth: maxDepth, key: event, objects })};\n`;
  });
  const { text, types } = objects.finish(payloads.join(''));
  return `/** What the samples of ${name} hold (${dialect.kind ?? dialect}): the provider may send more, less, or null. */\nexport {};\n${types}declare module '../api/samplePayloads.js' {\n  interface SamplePayloads {\n    ${JSON.stringify(name)}: {\n${text}    };\n  }\n}\n`;
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

/** The object types of a provider: what several of its payloads hold alike is one type with a name. */
class ObjectTypes {
  ids = new Map();
  list = [];

  /** What stands for an object type until all are known; `key` is the member that holds it. */
  reference(text, key) {
    let id = this.ids.get(text);
    if (id === undefined) {
      id = this.list.push({ text, key, uses: 0 }) - 1;
      this.ids.set(text, id);
    }
    return `\u0001${id}\u0001`;
  }

  /** The text with names in place of what occurs several times, and the types of these names. */
  finish(text) {
    for (const each of [text, ...this.list.map((type) => type.text)]) {
      for (const [, id] of each.matchAll(reference)) this.list[id].uses++;
    }
    const taken = new Set(['Array', 'Record']);
    const named = new Map();
    const resolve = (part) =>
      part.replace(reference, (_, id) => {
        const type = this.list[id];
        if (type.uses < 2 || type.text.length < shortestNamed) return resolve(type.text);
        if (!named.has(id)) {
          const name = freeName(type.key, taken);
          named.set(id, { name, text: '' });
          named.get(id).text = resolve(type.text);
        }
        return named.get(id).name;
      });
    const resolved = resolve(text);
    return { text: resolved, types: [...named.values()].map((each) => `type ${each.name} = ${each.text};\n`).join('') };
  }
}

const reference = /\u0001(\d+)\u0001/g;
/** Characters of an object type that is worth a name. */
const shortestNamed = 40;

function freeName(key, taken) {
  const words = key.match(/[A-Za-z0-9]+/g) ?? ['value'];
  const base = words
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join('')
    .replace(/^\d/, '_$&');
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}${number}`;
  taken.add(name);
  return name;
}

/** A shape as a type, so many levels deep; `told` is the event's name and where it stands, `key` the member that holds it. */
function written({ plain, isNullable, members, items }, { told, depth, key: holder, objects }) {
  if (told?.path.length === 0) return told.text;
  if (depth === 0 && (members || items)) return 'unknown';
  const fields = members?.map(({ key, isOptional, shape }) => {
    const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
    const below = told?.path[0] === key ? { ...told, path: told.path.slice(1) } : null;
    return `${name}${isOptional ? '?' : ''}: ${written(shape, { told: below, depth: depth - 1, key, objects })}`;
  });
  const kinds = [
    ...plain,
    ...(fields
      ? [fields.length > 0 ? objects.reference(`{ ${fields.join('; ')} }`, holder) : 'Record<string, unknown>']
      : []),
    ...(items ? [`Array<${written(items, { told: null, depth: depth - 1, key: holder, objects })}>`] : []),
  ];
  // Of what is only ever null or empty nothing is known.
  if (kinds.length === 0) return 'unknown';
  return [...kinds, ...(isNullable ? ['null'] : [])].join(' | ');
}
