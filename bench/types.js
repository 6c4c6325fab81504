/**
 * The CPU time of `tsc` for a file that imports the package, over the same file where the package knows no provider's name, so that providers and
 * events are any text. `node bench/types.js` shows it.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuSeconds, ratio, root } from './measure.js';

const importer = `import { createDelivery } from 'webhook-sim';
export const delivery = createDelivery({ provider: 'scalev', event: 'order.created' });
`;

/** Returns a project with the declarations of the package; `catalogue`, if given, replaces the names of all providers. */
function projectWith(catalogue) {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-sim-bench-'));
  const installed = join(folder, 'node_modules/webhook-sim');
  mkdirSync(installed, { recursive: true });
  for (const name of ['dist/types', 'dist/index.d.ts', 'package.json']) {
    cpSync(join(root, name), join(installed, name), { recursive: true });
  }
  if (catalogue !== undefined) writeFileSync(join(installed, 'dist/types/api/catalogue.d.ts'), catalogue);
  symlinkSync(join(root, 'node_modules/@types'), join(folder, 'node_modules/@types'));
  writeFileSync(join(folder, 'main.mts'), importer);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const compilerOptions = { module: 'nodenext', target: 'es2023', strict: true, noEmit: true, types: ['node'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.mts'] }));
  return folder;
}

/** The ratio for all providers. */
export function types(runs) {
  const [named, unnamed] = [projectWith(), projectWith('export interface Catalogue {}\n')];
  const compiler = join(root, 'node_modules/typescript/bin/tsc6');
  const check = (folder) => () => cpuSeconds(process.execPath, [compiler, '-p', folder]);
  const figure = ratio(runs, check(named), check(unnamed));
  for (const folder of [named, unnamed]) rmSync(folder, { recursive: true });
  return { 'type-checking an importer over one without names': figure };
}

if (process.argv[1] === import.meta.filename) {
  for (const [name, value] of Object.entries(types(Number(process.argv[2] ?? 9)))) {
    console.log(`${name}: ${value.toFixed(3)}`);
  }
}
