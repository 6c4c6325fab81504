/**
 * Divides the command line and the library, which have most modules in common, into chunks: as few files as can be are opened at a start,
 * and each module is in the package once.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);

const start = 'src/cli/process.ts';
const main = 'src/cli/main.ts';
/** The common part of all commands that do more than `list`. */
const commands = 'src/cli/commands.ts';
const run = 'src/cli/commands/run/run.ts';
const exporting = 'src/cli/commands/export/export.ts';
const library = 'src/index.ts';
const testing = 'src/api/testing/index.ts';
/** The worker threads of a load. */
const loadWorker = 'src/api/load/loadWorker.ts';

/** The thread that reads specifications for `ui`. */
const hintsWorker = 'src/session/provider/hints/hintsWorker.ts';

export const entries = { cli: start, index: library, testing, loadWorker, hintsWorker };

/** The modules loaded before one that is imported late, where that is more than the common part of all commands. */
const loadedBefore = {
  [main]: [],
  [commands]: [main],
  'src/session/check/checkAsSuite.ts': [run],
  'src/launch/startReceiver.ts': [run],
  'src/launch/waitForTarget.ts': [run],
  'src/session/suite/checkUnit.ts': [run],
  'src/session/suite/flowUnit.ts': [run],
  'src/session/suite/handshakeUnit.ts': [run],
  'src/cli/reporting/reports.ts': [run],
  'src/export/curlScript.ts': [exporting],
  'src/export/har.ts': [exporting],
  'src/export/postman.ts': [exporting],
  'src/export/vectors.ts': [exporting],
};

/**
 * Plans the chunks, by the modules that each file imports besides its own. esbuild makes a chunk of the modules that the same entries load: so the
 * modules of one chunk are a group, which is loaded as a whole by whoever needs a part of it. `inputs` is the graph of a build without groups;
 * `small` are modules that are better loaded at the start of each command, or of the library, than from a separate file.
 */
export function planChunks(inputs, small = { commands: [], library: [] }) {
  const { loads, lateOf } = readGraph(inputs);
  const loadedBy = (files) => new Set(files.flatMap((file) => [...loads(file)]));
  const libraryLate = lateOf([library, testing, loadWorker]);
  const commandLate = lateOf([start, hintsWorker]);
  const inCommands = loadedBy([start, ...commandLate]);
  const inLibrary = loadedBy([library, testing, ...libraryLate]);
  const [atStart, atMain, atCommands, atRun, atImport] = [start, main, commands, run, library].map(loads);
  const smallCommands = small.commands.filter((file) => inCommands.has(file));
  const smallLibrary = small.library.filter((file) => !inCommands.has(file));
  const shared = [...atCommands, ...smallCommands].filter((file) => inLibrary.has(file) && !atMain.has(file));
  const groups = {
    start: [...atStart].filter((file) => file !== start),
    main: [...atMain].filter((file) => inLibrary.has(file) && !atStart.has(file)),
    imported: shared.filter((file) => atImport.has(file)),
    deliveries: shared.filter((file) => !atImport.has(file)),
    suites: [...atRun].filter((file) => inLibrary.has(file) && !atCommands.has(file) && !smallCommands.includes(file)),
  };
  const groupsOf = (file, names = Object.keys(groups)) =>
    names.filter((name) => groups[name].some((each) => loads(file).has(each))).map((name) => `group:${name}`);
  const beside = new Map([
    [start, ['group:start']],
    [main, ['group:start', 'group:main']],
    [library, [...groupsOf(library), ...smallLibrary]],
    [testing, [...groupsOf(testing), library]],
  ]);
  for (const file of [...commandLate, ...libraryLate]) {
    if (beside.has(file)) continue;
    if (!inLibrary.has(file)) beside.set(file, [...(loadedBefore[file] ?? [commands]), ...groupsOf(file, ['suites'])]);
    else if (inCommands.has(file)) beside.set(file, ['group:start', 'group:main', ...groupsOf(file)]);
    else beside.set(file, [...groupsOf(file), library]);
  }
  const apart = smallCommands.filter((file) => !inLibrary.has(file));
  beside.set(commands, [main, 'group:imported', 'group:deliveries', ...apart]);
  return { groups, beside };
}

/** Returns the modules that each module loads statically, including itself, and those imported late from some modules and their static imports. */
function readGraph(inputs) {
  const own = (file) => inputs[file].imports.filter(({ path, external }) => !external && path.startsWith('src/'));
  const loads = (file, found = new Set()) => {
    if (found.has(file)) return found;
    found.add(file);
    for (const { path, kind } of own(file)) if (kind !== 'dynamic-import') loads(path, found);
    return found;
  };
  const lateOf = (files) => {
    const late = new Set();
    for (const file of new Set(files)) collectLate(file, late);
    return [...late];
  };
  const collectLate = (file, late) => {
    for (const each of loads(file)) {
      for (const { path, kind } of own(each)) {
        if (kind !== 'dynamic-import' || late.has(path)) continue;
        collectLate(path, late.add(path));
      }
    }
  };
  const known = new Map();
  const loadsOnce = (file) => known.get(file) ?? known.set(file, loads(file)).get(file);
  return { loads: loadsOnce, lateOf };
}

/**
 * Gives each file the imports of the groups that it is planned to load.
 * @type {(plan: { groups: object, beside: Map<string, string[]> }) => import('esbuild').Plugin}
 */
export const grouped = ({ groups, beside }) => ({
  name: 'grouped',
  setup({ onResolve, onLoad }) {
    const statements = (files) => files.map((file) => `import ${JSON.stringify(pathOf(file))};`).join('');
    onResolve({ filter: /^group:/ }, ({ path }) => ({ path: path.slice('group:'.length), namespace: 'group' }));
    onLoad({ filter: /.*/, namespace: 'group' }, ({ path }) => ({
      contents: statements(groups[path]),
      resolveDir: root,
      loader: 'js',
    }));
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const files = beside.get(path.slice(root.length + 1).replaceAll('\\', '/'));
      if (!files) return undefined;
      return { contents: statements(files) + readFileSync(path, 'utf8'), loader: 'ts' };
    });
  },
});

const pathOf = (file) => (file.startsWith('src/') ? join(root, file) : file);

/**
 * The source files in chunks of less than 2.5 KB that load nothing further than what all commands, or all of the library, have loaded:
 * neither other chunks than such, nor a module of Node's or a package.
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
  const smallBeside = (entry) => {
    const shared = chunksOf(Object.keys(outputs).find((path) => outputs[path].entryPoint === entry));
    const loaded = new Set([...shared].flatMap(outsideOf));
    const isSmall = (path) =>
      shared.has(path) || (outputs[path].bytes < 2500 && outsideOf(path).every((name) => loaded.has(name)));
    return Object.keys(outputs)
      .filter((path) => !outputs[path].entryPoint && !shared.has(path) && [path, ...chunksOf(path)].every(isSmall))
      .flatMap((path) => Object.keys(outputs[path].inputs))
      .filter((path) => path.startsWith('src/'));
  };
  return { commands: smallBeside(commands), library: smallBeside(library) };
}
