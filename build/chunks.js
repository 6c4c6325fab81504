/** Which chunks the command line is divided into: as few files as can be are opened at its start. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const source = join(dirname(import.meta.dirname), 'src');
const sourceFile = (name) => join(source, `${name}.ts`);

export const entry = sourceFile('cli/process');
/** What all commands have in common that do more than `list`. */
export const commands = sourceFile('cli/commands');

/** What is loaded before a module that is loaded late, where that is not what all commands have in common. */
const loadedBefore = {
  'cli/main': 'cli/process',
  'cli/commands': 'cli/main',
  'session/check/checkAsSuite': 'cli/commands/run/run',
  'launch/startReceiver': 'cli/commands/run/run',
  'launch/waitForTarget': 'cli/commands/run/run',
  'session/suite/checkUnit': 'cli/commands/run/run',
  'session/suite/flowUnit': 'cli/commands/run/run',
  'session/suite/handshakeUnit': 'cli/commands/run/run',
  'cli/reporting/reports': 'cli/commands/run/run',
  'export/curlScript': 'cli/commands/export/export',
  'export/har': 'cli/commands/export/export',
  'export/postman': 'cli/commands/export/export',
  'export/vectors': 'cli/commands/export/export',
};

/** The library: all of it that is loaded late comes after its entry. */
export const library = sourceFile('index');

/** The modules of the source that are loaded late, each with what is loaded before it: for the command line, or the library. */
export function lateModules(usual = commands, others = loadedBefore) {
  const before = new Map(Object.entries(others).map(([name, earlier]) => [sourceFile(name), sourceFile(earlier)]));
  const late = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(source, file), 'utf8');
      const paths = [...text.matchAll(/\bimport\('(\..+?)\.js'\)/g)].map(([, path]) => path);
      return paths.map((path) => sourceFile(join(dirname(file), path)));
    });
  return new Map(late.map((file) => [file, [before.get(file) ?? usual]]));
}

/**
 * Gives each module that is loaded late the imports of what is loaded by then. esbuild makes a chunk for each set of entries that
 * share code: so what they share is in few chunks, and not in thirty of a few lines that each start has to open.
 * @type {(imports: Map<string, string[]>) => import('esbuild').Plugin}
 */
export const fewChunks = (imports) => ({
  name: 'few-chunks',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      if (!imports.has(path)) return undefined;
      const statements = imports.get(path).map((each) => `import ${JSON.stringify(each)};`);
      return { contents: `${statements.join('')}${readFileSync(path, 'utf8')}`, loader: 'ts' };
    });
  },
});

/**
 * The source files in chunks of less than 2.5 KB that load nothing further: neither other chunks than such, nor a module of Node's
 * or a package that what all commands share has not loaded.
 */
export function inSmallChunks(outputs) {
  const chunksOf = (path, found = new Set()) => {
    for (const each of outputs[path].imports) {
      if (each.kind !== 'import-statement' || each.external || found.has(each.path)) continue;
      chunksOf(each.path, found.add(each.path));
    }
    return found;
  };
  // Modules of Node's, and packages that are files of their own.
  const outsideOf = (path) => [
    ...Object.keys(outputs[path].inputs).flatMap((file) => /^builtin:(\S+)/.exec(file)?.[1] ?? []),
    ...outputs[path].imports.filter(({ external }) => external).map((each) => each.path),
  ];
  const shared = chunksOf(Object.keys(outputs).find((path) => outputs[path].entryPoint === 'src/cli/commands.ts'));
  const loaded = new Set([...shared].flatMap(outsideOf));
  const isSmall = (path) =>
    shared.has(path) || (outputs[path].bytes < 2500 && outsideOf(path).every((name) => loaded.has(name)));
  return Object.keys(outputs)
    .filter((path) => !outputs[path].entryPoint && !shared.has(path) && [path, ...chunksOf(path)].every(isSmall))
    .flatMap((path) => Object.keys(outputs[path].inputs))
    .filter((path) => path.startsWith('src/'))
    .map((path) => join(dirname(import.meta.dirname), path));
}
