/** Writes docs/output.schema.json: what `--json` prints, from the types of the source. With `--check` it only says whether the file is up to date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { imported } from '../build/bundle.js';

const root = join(import.meta.dirname, '..');
const file = join(root, 'docs/output.schema.json');

/** The text of docs/output.schema.json. */
export async function outputSchemaText() {
  const { TypeSchemas } = await imported("export * from './typeSchemas.ts';", 'build/samples');
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => readFileSync(path, 'utf8'));
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const path = join(root, 'src/cli/reporting/outputDocuments.ts');
  const program = ts.createProgram([path, join(root, 'src/transport/undici.d.ts')], options);
  const checker = program.getTypeChecker();
  const [symbol] = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(path)));
  const schemas = new TypeSchemas(ts, checker, { isExact: true, anything: ['Json', 'Plain', 'PlainJson'] });
  const commands = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol)).map((member) => {
    const made = schemas.schemaOf(checker.getTypeOfSymbol(member));
    return [member.getName(), made];
  });
  const errors = Object.fromEntries(commands).error;
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'What webhook-sim prints with --json',
    description:
      'Each line, or the document, of a command: #/$defs/<command>. Of all commands: this schema. It changes only by addition, so programs pass over what they do not know.',
    anyOf: commands.map(([name]) => ({ $ref: `#/$defs/${name}` })),
    $defs: {
      ...Object.fromEntries(
        commands.map(([name, made]) => [name, name === 'error' ? made : { anyOf: [...branches(made), errors] }]),
      ),
    },
  };
  return `${JSON.stringify(withTypes(schema, schemas.set.$defs), null, 1)}\n`;
}

/** Types that have no name of their own in the source. */
const unnamed = /^(?:__object|__type|Readonly|Pick|Omit|Partial|Extract)(?:\$\d+)?$/;

/** Adds the types that a schema leads to: lines by what they are, other types by their names, and those that have none in their places. */
function withTypes(schema, types) {
  const names = new Map();
  const taken = new Set(Object.keys(schema.$defs));
  const added = {};
  const inside = [];
  const nameOf = (key) => {
    const line = types[key].properties?.schemaVersion && types[key].properties.type;
    if (line === undefined) return unnamed.test(key) ? null : key.replace(/\$\d+$/, '');
    const [first, ...more] = line.enum ?? [line.const];
    return `${[first, ...more].join('-or-')}-line`;
  };
  const free = (name) => {
    for (let count = 1; ; count++) {
      const each = count === 1 ? name : `${name}-${count}`;
      if (taken.has(each)) continue;
      taken.add(each);
      return each;
    }
  };
  const place = (node) => {
    if (Array.isArray(node)) return node.map(place);
    if (typeof node !== 'object' || node === null) return node;
    if (!node.$ref?.startsWith('set.json#/$defs/')) {
      return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, place(value)]));
    }
    const { $ref, ...more } = node;
    const key = decodeURIComponent($ref.slice('set.json#/$defs/'.length)).replaceAll('~1', '/').replaceAll('~0', '~');
    const wanted = nameOf(key);
    if (wanted === null && !inside.includes(key)) {
      inside.push(key);
      const made = { ...place(types[key]), ...more };
      inside.pop();
      return made;
    }
    if (!names.has(key)) {
      const name = free(wanted ?? 'Value');
      names.set(key, name);
      added[name] = null;
      added[name] = place(types[key]);
    }
    return { $ref: `#/$defs/${names.get(key)}`, ...more };
  };
  const placed = place(schema);
  return { ...placed, $defs: { ...placed.$defs, ...added } };
}

function branches(made) {
  return Array.isArray(made.anyOf) && Object.keys(made).length === 1 ? made.anyOf : [made];
}

if (process.argv[1] === import.meta.filename) {
  const text = await outputSchemaText();
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    console.error('docs/output.schema.json is not up to date: run npm run docs:output.');
    process.exitCode = 1;
  }
}
