import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sources = [
  'build',
  'package-lock.json',
  'package.json',
  'payloads',
  'src',
  'tsconfig.json',
  'tsconfig.types.json',
];

/**
 * Returns whether every source of dist/ is older than the notices, which a build writes last. A folder is as new as its last added, removed or
 * renamed file.
 */
export function isCurrent(root) {
  const last = join(root, 'THIRD_PARTY_NOTICES.md');
  if (!existsSync(join(root, 'dist')) || !existsSync(last)) return false;
  const builtAt = statSync(last).mtimeMs;
  return sources.every((source) => isOlder(join(root, source), builtAt));
}

function isOlder(path, builtAt) {
  const stat = statSync(path);
  if (stat.mtimeMs >= builtAt) return false;
  return !stat.isDirectory() || readdirSync(path).every((name) => isOlder(join(path, name), builtAt));
}
