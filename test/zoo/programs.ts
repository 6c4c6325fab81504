import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The command for a file that is not served in the process of the test. */
export const programs = {
  node: [process.execPath],
  alone: [process.execPath, join(import.meta.dirname, 'serve.mjs')],
  // Leaves no compiled files behind, and reads UTF-8 whatever the locale is.
  python: ['python3', '-B', '-X', 'utf8'],
  // As in many a container: optimised, which leaves out what is asserted.
  optimisedPython: ['python3', '-O', '-B', '-X', 'utf8'],
  ruby: ['ruby'],
  go: ['go', 'run'],
  phpScript: ['php'],
  java: ['java'],
  perl: ['perl'],
  php: [process.execPath, join(import.meta.dirname, 'phpServer.mjs')],
} as const;

/** Commands that show that the language of a file can be run; languages that always can be are not named. */
const proofs: Readonly<Record<string, readonly [program: string, ...flags: string[]]>> = {
  rb: ['ruby', '-ropenssl', '-rjson', '-e', ''],
  go: ['go', 'version'],
  java: ['javac', '-version'],
  pl: ['perl', '-MDigest::SHA', '-e', ''],
  php: ['php', '-r', 'hash_hmac("sha256", "", "");'],
};

const found = new Map<string, boolean>();

/** Whether the language of a receiver's file is there; its receivers are left out where it is not. */
export function isRunnable(file: string): boolean {
  const ending = file.split('.').at(-1)!;
  const proof = proofs[ending];
  if (!proof) return true;
  const [program, ...flags] = proof;
  if (!found.has(ending)) found.set(ending, spawnSync(program, flags).status === 0);
  return found.get(ending)!;
}
