/**
 * How long `tsc` takes for a file that imports the package, over one whose catalogue has five providers. `node bench/types.js` shows it.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ratio, root, seconds } from './measure.js';

const few = ['bharatcart', 'commercelayer', 'covver', 'scalev', 'webconnex'];
const importer = `import { createDelivery } from 'webhook-sim';
export const delivery = createDelivery({ provider: 'scalev', event: 'order.created' });
`;

/** A project with the package, the declaration of whose catalogue is changed. */
function projectWith(change) {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-sim-bench-'));
  const installed = join(folder, 'node_modules/webhook-sim');
  mkdirSync(installed, { recursive: true });
  for (const name of ['dist', 'package.json']) cpSync(join(root, name), join(installed, name), { recursive: true });
  const file = join(installed, 'dist/types/api/catalogue.d.ts');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  symlinkSync(join(root, 'node_modules/@types'), join(folder, 'node_modules/@types'));
  writeFileSync(join(folder, 'main.mts'), importer);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const compilerOptions = { module: 'nodenext', target: 'es2023', strict: true, noEmit: true, types: ['node'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.mts'] }));
  return folder;
}

const onlyFew = (text) =>
  text.replace(/^ {2}"([^"]+)": \{\n[\s\S]*?^ {2}\};\n/gm, (member, name) => (few.includes(name) ? member : ''));

/** The ratio for all providers. */
export function types(runs) {
  const [whole, small] = [projectWith((text) => text), projectWith(onlyFew)];
  const compiler = join(root, 'node_modules/typescript/bin/tsc6');
  const check = (folder) => () => seconds(process.execPath, [compiler, '-p', folder]);
  const figure = ratio(runs, check(whole), check(small));
  for (const folder of [whole, small]) rmSync(folder, { recursive: true });
  return { 'type-checking an importer over one with five providers': figure };
}

if (process.argv[1] === import.meta.filename) {
  for (const [name, value] of Object.entries(types(9))) console.log(`${name}: ${value.toFixed(3)}`);
}
