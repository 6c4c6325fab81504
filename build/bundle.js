/** Bundles the command line and the library with esbuild, leaner than their packages come. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { minify } from 'rolldown/utils';
import { entries, grouped, inSmallChunks, planChunks } from './chunks.js';
import { cacheFolder, hashFolder } from './folderCache.js';
import { removeStubs } from './removeStubs.js';

const root = dirname(import.meta.dirname);

/**
 * Modules that bundled packages load at start and webhook-sim never uses, each with its replacement. Most of the time of a short command is loading:
 * node:http alone costs a quarter of Node's own start.
 */
const standIns = {
  'node:http': 'module.exports = { maxHeaderSize: 16384, IncomingMessage: class {} }',
  'node:assert':
    "module.exports = (truth) => { if (!truth) throw Object.assign(new Error('assertion failed'), { code: 'ERR_ASSERTION' }) }",
  'node:tls': 'module.exports = {}',
  'node:querystring': 'module.exports = {}',
  'node:child_process': 'module.exports = {}',
  // The tool decides itself where colour belongs.
  '#supports-color': 'export default { stdout: false, stderr: false }',
  './client-h2.js': 'module.exports = {}',
  '../web/fetch/body.js': 'module.exports = {}',
  // Types are all that is taken out of a config: no JSX, Flow or source maps. Its options are those that are written here.
  './JSXTransformer': 'module.exports = {}',
  '../transformers/JSXTransformer': 'module.exports = {}',
  './FlowTransformer': 'module.exports = {}',
  './JestHoistTransformer': 'module.exports = {}',
  './ReactDisplayNameTransformer': 'module.exports = {}',
  './ReactHotLoaderTransformer': 'module.exports = {}',
  '../plugins/flow': 'module.exports = {}',
  './flow': 'module.exports = {}',
  './computeSourceMap': 'module.exports = {}',
  './util/formatTokens': 'module.exports = {}',
  './Options-gen-types': 'module.exports = {}',
  // Tools describe their input with zod, and elicitation is never used: no second validator.
  '@modelcontextprotocol/server/_shims':
    "export const DefaultJsonSchemaValidator = class {}; export { default as process } from 'node:process'",
  'ts-interface-checker': 'exports.createCheckers = () => ({ Options: { strictCheck() {} } })',
};

/** The smaller build of a package, where Node would be given another. */
const leaner = { yaml: 'node_modules/yaml/browser/index.js' };

/**
 * undici embeds its parser as text, twice, which takes a third more bytes; a file next to the bundle is read only when it is used. The plain one runs
 * everywhere.
 */
const parsers = ['../llhttp/llhttp_simd-wasm.js', '../llhttp/llhttp-wasm.js'];
const parserFile = 'llhttp.wasm';

/** The middle of jiti's only file is a parser of JavaScript that is never called. */
const unusedParser = { start: 'var t=[509,', end: /acorn_Parser\.acorn=\{[^}]*\};/ };

/** Packages that the command line and the library both import late: they are large, so each is packed once, in its own file. */
const shared = ['yaml', 'jiti', 'sucrase'];

/** Returns whether a file is of a package in which some modules are replaced. */
export const hasStandIns = (file) =>
  /node_modules[\\/](undici|commander|chalk|sucrase|@modelcontextprotocol[\\/]server)[\\/]/.test(file);

/**
 * Node's own modules come through process.getBuiltinModule: an import statement would evaluate every lazy export of theirs,
 * and CommonJS packages have no require in an ES module.
 * @type {import('esbuild').Plugin}
 */
const lean = {
  name: 'lean',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
      if (path in standIns && hasStandIns(importer)) return { path, namespace: 'stand-in' };
      if (shared.includes(path) && importer.startsWith(join(root, 'src'))) {
        return { path: `./${path}.js`, external: true };
      }
      if (path in leaner) return { path: join(root, leaner[path]) };
      if (parsers.includes(path) && kind === 'require-call') return { path, namespace: 'parser' };
      const isBuiltin =
        path.startsWith('node:') || (builtinModules.includes(path) && importer.includes('node_modules'));
      // Each importer gets its own module: a shared one would be a chunk, and a file to load. Its ending is its kind.
      return isBuiltin && kind !== 'dynamic-import'
        ? { path: `${path} for ${relative(root, importer)}.cjs`, namespace: 'builtin' }
        : undefined;
    });
    onLoad({ filter: /node_modules.jiti.dist.jiti\.cjs$/ }, ({ path }) => ({
      contents: withoutParser(readFileSync(path, 'utf8')),
    }));
    onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path }) => ({ contents: standIns[path], loader: 'js' }));
    onLoad({ filter: /.*/, namespace: 'parser' }, () => ({
      contents: `module.exports = process.getBuiltinModule('node:fs').readFileSync(new URL('./${parserFile}', __chunk))`,
      loader: 'js',
    }));
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => {
      const [, name, importer] = /^(\S+) for (.*)\.[cm]js$/.exec(path);
      return { contents: builtinText(name, importer), loader: 'js' };
    });
  },
};

/**
 * Returns the replacement of a Node module in one file. esbuild copies all exports of a module to whoever imports it by name, and copying some of
 * Node's exports loads them: so the source is given a module with the names that it imports, each read on first use. A whole module is loaded at
 * once.
 */
function builtinText(name, importer) {
  const load = `process.getBuiltinModule('${name}')`;
  if (!importer.startsWith('src')) return `module.exports = ${load}`;
  const text = readFileSync(join(root, importer), 'utf8');
  const [, list] = new RegExp(`^import \\{([^}]*)\\} from '${name}';`, 'm').exec(text) ?? [];
  if (list === undefined && new RegExp(`^import \\w+ from '${name}';`, 'm').test(text)) return `export default ${load}`;
  if (list === undefined) return `module.exports = ${load}`;
  const names = list
    .split(',')
    .map((each) => each.trim().split(' as ')[0])
    .filter((each) => each !== '' && !each.startsWith('type '));
  const members = names.map((each) => `get ${each}() { return (found ??= ${load}).${each} }`);
  return `let found; module.exports = { ${members.join(', ')} }`;
}

/** Returns the text of jiti without the unused parser. Throws where it is not found. */
function withoutParser(text) {
  const start = text.indexOf(unusedParser.start);
  const end = unusedParser.end.exec(text);
  const rest = start === -1 || !end ? text : text.slice(0, start) + text.slice(end.index + end[0].length);
  if (rest.includes('acorn_'))
    throw new Error('jiti has its parser of JavaScript elsewhere: look for it again in build/bundle.js.');
  return rest;
}

/** Bundles the command line and the library. What a second time leaves in small chunks comes, in a third, with what all commands share. */
async function bundleEntries(options) {
  const once = (plugins, more = {}) =>
    build({ ...options, entryPoints: entries, plugins: [...plugins, lean], ...more });
  const {
    metafile: { inputs },
  } = await once([], { write: false, minify: false, splitting: false });
  const { metafile } = await once([grouped(planChunks(inputs))], { write: false });
  return once([grouped(planChunks(inputs, inSmallChunks(metafile.outputs)))]);
}

/**
 * Minifies what esbuild wrote once more, which leaves 4 % less: esbuild looks at statements, and this at whole functions. All is ASCII then: V8
 * takes a fifth longer for a file of which one character needs two bytes.
 */
async function minifyAgain(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const options = {
    module: true,
    compress: { target: 'node20.19' },
    mangle: { toplevel: true },
    codegen: { legalComments: 'none' },
  };
  await Promise.all(
    names.map(async (name) => {
      const { code, errors } = await minify(name, readFileSync(join(folder, name), 'utf8'), options);
      if (errors.length > 0) throw new Error(`${name}: ${errors[0].message}`);
      writeFileSync(join(folder, name), inAscii(code));
    }),
  );
}

function inAscii(code) {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Bundles a shared package: only what the source imports of it. */
function bundleShared(name, { splitting: _, outdir, ...options }) {
  const names = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(root, 'src', file), 'utf8'))
    .flatMap((text) => [...text.matchAll(new RegExp(`import \\{([^}]*)\\} from '${name}'`, 'g'))])
    .flatMap(([, list]) => list.split(','))
    .map((imported) => imported.trim())
    .filter((imported) => imported !== '' && !imported.startsWith('type '));
  const contents = `export { ${[...new Set(names)].join(', ')} } from '${name}';`;
  return build({ ...options, outfile: join(outdir, `${name}.js`), stdin: { contents, resolveDir: root } });
}

/** The text of a module with all that it imports from a folder of the source. */
export async function bundledText(contents, folder) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents, resolveDir: join(root, folder) },
    bundle: true,
    format: 'esm',
    platform: 'node',
    alias: { yaml: join(root, leaner.yaml) },
    write: false,
  });
  return outputFiles[0].text;
}

/** Imports what a statement exports, bundled, from a folder of the source. */
export async function imported(contents, folder) {
  return importText(await bundledText(contents, folder));
}

function importText(text) {
  return import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
}

/** The JSON Schemas that are shipped, by name. */
export async function jsonSchemas() {
  const { jsonSchemas: make } = await imported("export * from './jsonSchemas.ts';", 'build');
  return make();
}

/** Writes the catalogue of `payloads/` into a folder; what changed since the last time is built. */
export async function writeCatalogue(outdir) {
  const code = await bundledText("export * from './catalogue.ts';", 'build');
  const { buildCatalogue } = await importText(code);
  const hashOf = (place) => hashFolder(place, `${code}${process.version}`);
  buildCatalogue(join(root, 'payloads'), outdir, { folder: cacheFolder('catalogue'), hashOf });
}

/** Writes the bundles and the catalogue into a folder and resolves with what esbuild took into the bundles. */
export async function bundle(outdir) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const options = {
    absWorkingDir: root,
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    minify: true,
    metafile: true,
    // npm packs files by ending and name: adjacent chunks compress better together, and so do the descriptions without them.
    chunkNames: '_[name]-[hash]',
    legalComments: 'none',
    define: { WEBHOOK_SIM_VERSION: JSON.stringify(version) },
    banner: { js: 'const __chunk=import.meta.url;' },
    plugins: [lean],
  };
  mkdirSync(outdir, { recursive: true });
  const undici = createRequire(createRequire(import.meta.url).resolve('undici'));
  writeFileSync(join(outdir, parserFile), undici(parsers[1].replace('..', './lib')));
  const results = await Promise.all([bundleEntries(options), ...shared.map((name) => bundleShared(name, options))]);
  removeStubs(outdir);
  await minifyAgain(outdir);
  for (const name of ['index', 'testing']) writeFileSync(join(outdir, `${name}.cjs`), forRequire(name));
  await writeCatalogue(join(outdir, 'catalogue'));
  return Object.assign({}, ...results.map(({ metafile }) => metafile.inputs));
}

/**
 * Returns the CommonJS entry: it loads the same modules through Node's own `require`, which supports ES modules. Jest replaces `require`, and runs
 * tests in another realm: so Node's is fetched from outside, and `testing` is given the test functions visible here.
 */
function forRequire(name) {
  const load = `'use strict';
const node = typeof jest === 'object' ? Buffer.constructor('return process')() : process;
const library = node.getBuiltinModule('node:module').createRequire(__filename)('./${name}.js');
`;
  if (name !== 'testing') return `${load}module.exports = library;\n`;
  return `${load}const runner = typeof describe === 'function' && typeof it === 'function' ? { runner: globalThis } : {};
const describeReceiver = (receiver, options) => library.describeReceiver(receiver, { ...runner, ...options });
module.exports = { ...library, describeReceiver };
`;
}
