/** Writes docs/api.md: what the library exports, from its types. With `--check` it only says whether the file is up to date. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');
const file = join(root, 'docs/api.md');
const entries = [
  { name: 'webhook-sim', path: join(root, 'src/index.ts') },
  { name: 'webhook-sim/testing', path: join(root, 'src/api/testing/index.ts') },
];
/** What says nothing to a reader. */
const hidden = /^(export |declare )+/;

/** The text of docs/api.md. */
export function apiReference() {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => readFileSync(path, 'utf8'));
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram([...entries.map(({ path }) => path), join(root, 'src/transport/undici.d.ts')], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
  });
  const checker = program.getTypeChecker();
  const parts = entries.map(({ name, path }) => {
    const symbols = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(path)));
    const resolved = symbols
      .map((symbol) => ({
        name: symbol.name,
        target: symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const declared = declarations(
      program,
      new Set(resolved.map(({ target }) => target.declarations[0].getSourceFile())),
    );
    const isValue = ({ target }) => (target.flags & ts.SymbolFlags.Value) !== 0;
    const section = (title, list) =>
      [`## ${name}: ${title}`, ...list.map((each) => entry(each, declared))].join('\n\n');
    return [
      section('functions and values', resolved.filter(isValue)),
      section(
        'types',
        resolved.filter((each) => !isValue(each)),
      ),
    ];
  });
  return `# API reference

Made from the types by \`npm run docs:api\`; how to use it is in [library.md](library.md).

${parts.flat().join('\n\n')}
`;
}

/** The statements of the declarations of files, as text, by file and name. */
function declarations(program, sources) {
  const found = new Map();
  for (const source of sources) {
    program.emit(
      source,
      (_, text) => {
        const parsed = ts.createSourceFile('x.d.ts', text, ts.ScriptTarget.Latest, true);
        for (const statement of parsed.statements) {
          const names = statement.name
            ? [statement.name.text]
            : (statement.declarationList?.declarations.map(({ name }) => name.text) ?? []);
          for (const name of names) {
            const key = `${source.fileName} ${name}`;
            found.set(key, [...(found.get(key) ?? []), statement.getFullText().trim()]);
          }
        }
      },
      undefined,
      true,
    );
  }
  return found;
}

function entry({ name, target }, declared) {
  const { fileName } = target.declarations[0].getSourceFile();
  const text = (declared.get(`${fileName} ${target.name}`) ?? []).join('\n');
  if (text === '') throw new Error(`${name}: no declaration of it was found in ${fileName}.`);
  const code = /\/\*\*[\s\S]*?\*\/\s*/.exec(text);
  const doc = code?.index === 0 ? code[0] : '';
  const declaration = text.slice(doc.length);
  const words = doc
    .replace(/^\/\*\*|\*\/\s*$/g, '')
    .replace(/^\s*\* ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
  const lines = declaration.replace(hidden, '').replace(/^ {4,}/gm, (indent) => indent.slice(indent.length / 2));
  return `### ${name}\n\n${words}\n\n\`\`\`ts\n${lines}\n\`\`\``;
}

if (process.argv[1] === import.meta.filename) {
  const text = apiReference();
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    console.error('docs/api.md is not up to date: run npm run docs:api.');
    process.exitCode = 1;
  }
}
