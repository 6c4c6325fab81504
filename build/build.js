/** Builds dist/: the bundled command line and library, their type declarations, and the notices of what is bundled. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isCurrent } from './isCurrent.js';

const root = dirname(import.meta.dirname);
// npm prepares the package at each npx in a clone, too; there it would keep its user waiting in silence.
if (process.env.npm_lifecycle_event === 'prepare' && isCurrent(root)) process.exit(0);
if (!existsSync(join(root, 'node_modules/esbuild'))) {
  console.error(
    'webhook-sim is built with its development dependencies: run npm ci without NODE_ENV=production or --omit=dev.',
  );
  process.exit(1);
}
rmSync(join(root, 'THIRD_PARTY_NOTICES.md'), { force: true });
const [{ bundle, jsonSchemas }, { finishTypes }] = await Promise.all([import('./bundle.js'), import('./types.js')]);

rmSync(join(root, 'dist'), { recursive: true, force: true });
const inputs = await bundle(join(root, 'dist'));
for (const [name, schema] of Object.entries(await jsonSchemas())) {
  writeFileSync(join(root, `dist/webhook-sim.${name}.schema.json`), `${JSON.stringify(schema)}\n`);
}
execFileSync(
  process.execPath,
  [createRequire(import.meta.url).resolve('typescript/bin/tsc'), '-p', 'tsconfig.types.json'],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
await finishTypes(join(root, 'dist'));
writeFileSync(join(root, 'THIRD_PARTY_NOTICES.md'), notices(inputs));

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
