import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildOnce } from './buildOnce.js';

const root = join(import.meta.dirname, '../..');

/** Without the settings that npm hands to the scripts that it runs, as a user's own shell is. */
export function cleanEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_ENV$|^NODE_TEST|^VITEST|SECRET/.test(name));
  return Object.fromEntries(kept);
}

/** The file in the folder of an installed package that holds what npm warned of. */
export const installWarnings = 'install-warnings.txt';

/** The file beside it that holds how many bytes the packed package has. */
export const packedBytes = 'packed-bytes.txt';

/** Files that are neither packed nor needed for it. */
const aside = /^(\.git|node_modules|dist|test|THIRD_PARTY_NOTICES\.md|.*\.tgz)$/;

/** Packs the project and installs it offline in a new folder, which the caller removes. */
export async function installPackage(): Promise<string> {
  const installed = await buildOnce({
    name: 'installed',
    inputs: readdirSync(root).filter((name) => !aside.test(name)),
    build: packAndInstall,
  });
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'webhook-sim-pack-')));
  cpSync(installed, folder, { recursive: true, verbatimSymlinks: true });
  return folder;
}

function packAndInstall(folder: string): void {
  const source = mkdtempSync(join(tmpdir(), 'webhook-sim-source-'));
  try {
    // With its times, by which the build that comes before packing knows whether there is anything to build.
    const entries = readdirSync(root).filter((name) => !/^(\.git|node_modules|test|.*\.tgz)$/.test(name));
    execFileSync('cp', ['-a', ...entries.map((name) => join(root, name)), source]);
    // The clone's own modules build it: packing fetches nothing.
    execFileSync('ln', ['-s', join(root, 'node_modules'), join(source, 'node_modules')]);
    execFileSync('npm', ['pack'], { cwd: source, env: cleanEnv(), stdio: 'pipe' });
    const tarball = readdirSync(source).find((name) => name.endsWith('.tgz'))!;
    writeFileSync(join(folder, packedBytes), String(statSync(join(source, tarball)).size));
    writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}');
    const { status, stderr } = spawnSync(
      'npm',
      ['install', '--offline', '--no-audit', '--no-fund', join(source, tarball)],
      { cwd: folder, env: { ...cleanEnv(), npm_config_update_notifier: 'false' }, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(stderr);
    writeFileSync(join(folder, installWarnings), stderr);
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
}
