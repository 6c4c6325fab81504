/** Builds dist/: the bundled command line and library, their type declarations, and the notices of the bundled packages. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { isCurrent } from './isCurrent.js';

const root = dirname(import.meta.dirname);
// npm runs this after it has installed dependencies, and before it packs. A script "prepare" would do both, but it would be in the packed
// package.json, and npm warns everyone who installs that.
if (['dependencies', 'prepack'].includes(process.env.npm_lifecycle_event) && isCurrent(root)) process.exit(0);
const compiler = join(root, 'node_modules/@typescript/native/bin/tsc');
if (![join(root, 'node_modules/esbuild'), compiler].every(existsSync)) {
  console.error(
    'webhook-sim is built with its development dependencies: run npm ci without NODE_ENV=production or --omit=dev.',
  );
  process.exit(1);
}
rmSync(join(root, 'THIRD_PARTY_NOTICES.md'), { force: true });
const [{ bundle, jsonSchemas }, { assertContracts }, { buildPage }, { finishTypes }] = await Promise.all([
  import('./bundle.js'),
  import('./contracts.js'),
  import('./page.js'),
  import('./types.js'),
]);

rmSync(join(root, 'dist'), { recursive: true, force: true });
const [inputs, inputsOfPage] = await Promise.all([
  bundle(join(root, 'dist')),
  buildPage(join(root, 'dist')),
  promisify(execFile)(process.execPath, [compiler, '-p', 'tsconfig.types.json'], { cwd: root }),
]);
const output = JSON.parse(readFileSync(join(root, 'docs/output.schema.json'), 'utf8'));
for (const [name, schema] of Object.entries({ ...(await jsonSchemas()), output })) {
  writeFileSync(join(root, `dist/webhook-sim.${name}.schema.json`), `${JSON.stringify(schema)}\n`);
}
await finishTypes(join(root, 'dist'));
try {
  await assertContracts({ isFirst: process.env.npm_lifecycle_event === 'dependencies' });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
writeFileSync(join(root, 'THIRD_PARTY_NOTICES.md'), notices({ ...inputs, ...inputsOfPage }));

/** The licence texts of every package that ended up in the bundle. */
function notices(inputs) {
  const folders = new Set(
    Object.keys(inputs)
      .filter((path) => !path.startsWith('builtin:'))
      .flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
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
