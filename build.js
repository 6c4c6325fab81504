/** Builds dist/: the bundled command line and library, their type declarations, and the notices of what is bundled. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const root = import.meta.dirname;
if (!existsSync(join(root, 'node_modules/esbuild'))) {
  console.error(
    'webhook-sim is built with its development dependencies: run npm ci without NODE_ENV=production or --omit=dev.',
  );
  process.exit(1);
}
const { build } = await import('esbuild');

/**
 * What bundled packages load at start and webhook-sim never uses, each with what stands in for it. Most of the time of a
 * short command is loading: node:http alone costs a quarter of Node's own start.
 */
const standIns = {
  'node:http': 'module.exports = { maxHeaderSize: 16384, IncomingMessage: class {} }',
  'node:assert': "module.exports = (truth, message) => { if (!truth) throw new Error(message ?? 'assertion failed') }",
  'node:tls': 'module.exports = {}',
  'node:querystring': 'module.exports = {}',
  'node:child_process': 'module.exports = {}',
  // The tool decides itself where colour belongs.
  '#supports-color': 'export default { stdout: false, stderr: false }',
  './client-h2.js': 'module.exports = {}',
  '../web/fetch/body.js': 'module.exports = {}',
};

/** undici carries its parser as text of a third more bytes, twice; a file beside the bundle is read only when it is used. */
const parsers = { '../llhttp/llhttp_simd-wasm.js': 'llhttp-simd.wasm', '../llhttp/llhttp-wasm.js': 'llhttp.wasm' };

/**
 * Node's own modules come through process.getBuiltinModule: an import statement would evaluate every lazy export of theirs,
 * and CommonJS packages have no require in an ES module.
 * @type {import('esbuild').Plugin}
 */
const lean = {
  name: 'lean',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
      if (/node_modules\/(undici|commander|chalk)\//.test(importer) && path in standIns)
        return { path, namespace: 'stand-in' };
      if (path in parsers && kind === 'require-call') return { path, namespace: 'parser' };
      return path.startsWith('node:') && kind !== 'dynamic-import' ? { path, namespace: 'builtin' } : undefined;
    });
    onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path }) => ({ contents: standIns[path], loader: 'js' }));
    onLoad({ filter: /.*/, namespace: 'parser' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:fs').readFileSync(new URL('./${parsers[path]}', __chunk))`,
      loader: 'js',
    }));
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}')`,
      loader: 'js',
    }));
  },
};

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

rmSync(join(root, 'dist'), { recursive: true, force: true });
const options = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  metafile: true,
  legalComments: 'none',
  define: { WEBHOOK_SIM_VERSION: JSON.stringify(manifest.version) },
  banner: { js: 'const __chunk=import.meta.url;' },
  plugins: [lean],
};
const parserOf = createRequire(createRequire(import.meta.url).resolve('undici'));
for (const [path, file] of Object.entries(parsers)) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist', file), parserOf(path.replace('..', './lib')));
}
// Two bundles: chunks shared with the library would be more files for the command line to load.
const bundles = await Promise.all([
  build({ ...options, entryPoints: { cli: 'src/cli/process.ts' } }),
  build({ ...options, entryPoints: { index: 'src/index.ts' } }),
]);
execFileSync(
  process.execPath,
  [createRequire(import.meta.url).resolve('typescript/bin/tsc'), '-p', 'tsconfig.types.json'],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
writeFileSync(
  join(root, 'THIRD_PARTY_NOTICES.md'),
  notices(Object.assign({}, ...bundles.map(({ metafile }) => metafile.inputs))),
);

/** The licence texts of every package that ended up in the bundle. */
function notices(inputs) {
  const folders = new Set(
    Object.keys(inputs).flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
  );
  const parts = [...folders].sort().map((name) => {
    const folder = join(root, name);
    const { name: title, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'LICENCE'].find((name) =>
      existsSync(join(folder, name)),
    );
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licensed under ${license}.`;
    return `## ${title} ${version} (${license})\n\n${text}\n`;
  });
  return `# Third-party notices\n\nThe files in dist/ contain code of these packages.\n\n${parts.join('\n')}`;
}
