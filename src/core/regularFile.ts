import { statSync } from 'node:fs';

/** Throws a system error where a path is a pipe or device, which may never end or never begin. */
export function assertRegularFile(path: string): void {
  const stat = statSync(path);
  if (stat.isFile() || stat.isDirectory()) return;
  throw Object.assign(new Error(`${path} is no regular file`), { code: 'a pipe or device, not a file' });
}
