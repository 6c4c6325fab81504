/** The size of the published package. */
import { execFileSync } from 'node:child_process';
import { root } from './measure.js';

export function size() {
  const [{ unpackedSize, size: packed }] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  return { 'unpacked MB': unpackedSize / 1e6, 'packed MB': packed / 1e6 };
}
