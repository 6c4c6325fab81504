/** Finishes the type declarations in dist/: payload types from the samples, only what is reachable, for ES modules and CommonJS. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { imported } from './bundle.js';
import { trimTypes } from './trimTypes.js';

const root = dirname(import.meta.dirname);
/** Characters of all payload types. */
const maxPayloadTypes = 1_350_000;
const entries = { index: 'index', testing: 'api/testing/index' };
/** Names in declarations that are generated here. */
const namedElsewhere = { 'api/samplePayloads.d.ts': ['SamplePayloads'], 'core/provider.d.ts': ['Provider'] };

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
  trimTypes(
    types,
    Object.values(entries).map((entry) => `${entry}.d.ts`),
    namedElsewhere,
  );
  mkdirSync(join(types, 'payloadTypes'));
  const samples = await imported(
    "export { writeJson } from './json/dialect.js'; export { findSampleFile, readSampleFile } from './payloads/readSampleFile.js'; export { sampleStem } from './payloads/sampleName.js';",
    'src',
  );
  const { writePayloadTypes } = await imported("export * from './payloadTypes.ts';", 'build');
  const withSamples = providers.map((provider) => ({ ...provider, samples: samplesOf(provider, samples) }));
  for (const [name, text] of writePayloadTypes(withSamples, maxPayloadTypes)) {
    writeFileSync(join(types, `payloadTypes/payloads-${name}.d.ts`), text);
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

/** The samples of each event, the usual one first. */
function samplesOf({ name, events, dialect }, { readSampleFile, findSampleFile, sampleStem, writeJson }) {
  const folder = join(root, 'payloads', name, 'events');
  const read = (event, variant) =>
    JSON.parse(
      writeJson(readSampleFile(folder, findSampleFile(folder, sampleStem({ event, variant })), dialect), 'js'),
    );
  return Object.fromEntries(
    Object.entries(events).map(([event, { variants = {} }]) => [
      event,
      [null, ...Object.keys(variants)].map((variant) => read(event, variant)),
    ]),
  );
}
