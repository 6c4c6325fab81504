import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import type { Secret } from '../core/secret.js';
import { defaultSecret } from '../providers/secrets.js';
import type { Io } from './io.js';

/** The secrets to sign with: those of `--secret`, else the environment's, else the provider's sample secret. */
export async function resolveSecrets(
  flags: readonly string[] | undefined,
  provider: Provider,
  io: Io,
): Promise<Secret[]> {
  if (!flags || flags.length === 0) return [defaultSecret(provider, io.env)];
  return Promise.all(flags.map((flag) => readSecret(flag, io)));
}

async function readSecret(flag: string, io: Io): Promise<Secret> {
  const secret = await locate(flag, io);
  if (secret.value === '') {
    throw new UsageError(
      'EMPTY_SECRET',
      `The secret of ${secret.source} is empty. Give a value, env:NAME, file:PATH or -.`,
    );
  }
  return { ...secret, isSample: false };
}

async function locate(flag: string, io: Io): Promise<{ value: string; source: string }> {
  if (flag === '-') return { value: withoutNewline(await io.readStdin()), source: 'standard input' };
  if (flag.startsWith('file:')) {
    const path = flag.slice('file:'.length);
    const bytes = await readFile(resolve(io.cwd, path)).catch((cause: NodeJS.ErrnoException) => {
      throw new UsageError('BAD_SECRET', `--secret ${flag}: the file can't be read (${cause.code}).`, { cause });
    });
    return { value: withoutNewline(bytes), source: flag };
  }
  if (flag.startsWith('env:')) {
    const name = flag.slice('env:'.length);
    const value = io.env[name];
    if (value === undefined)
      throw new UsageError('BAD_SECRET', `--secret ${flag}: the environment has no variable ${name}. Export it first.`);
    return { value, source: flag };
  }
  return { value: flag, source: '--secret' };
}

/** Files and pipes end in one newline that is not part of the secret. */
function withoutNewline(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}
