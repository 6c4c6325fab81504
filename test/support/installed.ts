import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Without the settings that npm hands to the scripts that it runs, as a user's own shell is. */
export function cleanEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_ENV$|^NODE_TEST|^VITEST|SECRET/.test(name));
  return Object.fromEntries(kept);
}

/** Packs the project and installs it offline in a new folder, which the caller removes. */
export function installPackage(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'webhook-sim-pack-')));
  const source = join(folder, 'source');
  cpSync(root, source, {
    recursive: true,
    filter: (path) => !/[\\/](\.git|node_modules|dist)$/.test(path) || path === root,
  });
  // The clone's own modules build it: packing fetches nothing.
  execFileSync('ln', ['-s', join(root, 'node_modules'), join(source, 'node_modules')]);
  execFileSync('npm', ['pack', '--pack-destination', folder], { cwd: source, env: cleanEnv(), stdio: 'pipe' });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', join(folder, tarball)], {
    cwd: folder,
    env: cleanEnv(),
    stdio: 'pipe',
  });
  return folder;
}
