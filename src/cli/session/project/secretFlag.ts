import { UsageError } from '../../../core/errors.js';
import { isMask } from '../../../core/mask.js';
import type { Secret } from '../../../core/secret.js';
import type { Io } from '../../io/io.js';
import { readInput } from './readInput.js';

/** Reads one secret: a value, `env:NAME`, `file:PATH` or `-`; `what` says in errors who names it. */
export async function readSecret(flag: string, io: Io, what = '--secret'): Promise<Secret> {
  const secret = await locate(flag, io, what);
  if (secret.value === '') {
    throw new UsageError(
      'EMPTY_SECRET',
      `The secret of ${secret.source} is empty. Give a value, env:NAME, file:PATH or -.`,
    );
  }
  if (isMask(secret.value)) {
    throw new UsageError(
      'MASKED_SECRET',
      `The secret of ${secret.source} is what outputs show in place of one. Give the secret itself: a value, env:NAME, file:PATH or -.`,
    );
  }
  io.secrets.add([secret.value]);
  return { ...secret, isSample: false };
}

async function locate(flag: string, io: Io, what: string): Promise<{ value: string; source: string }> {
  if (flag === '-') return { value: await readText('-', `${what} ${flag}`, io), source: 'standard input' };
  if (flag.startsWith('file:')) {
    const path = flag.slice('file:'.length);
    return { value: await readText(path === '-' ? './-' : path, `${what} ${flag}`, io), source: flag };
  }
  if (flag.startsWith('env:')) {
    const name = flag.slice('env:'.length);
    const value = io.env[name];
    if (value === undefined)
      throw new UsageError('BAD_SECRET', `${what} ${flag}: the environment has no variable ${name}. Export it first.`);
    return { value, source: flag };
  }
  return { value: flag, source: '--secret' };
}

async function readText(path: string, what: string, io: Io): Promise<string> {
  const fail = (reason: string, cause: unknown) =>
    new UsageError('BAD_SECRET', `${what}: ${reason}. Name a file that holds the secret as text.`, { cause });
  const bytes = await readInput(path, io).catch((cause: Error) => {
    throw fail(cause.message, cause);
  });
  try {
    // Files and pipes end in one newline that is not part of the secret.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r?\n$/, '');
  } catch (cause) {
    throw fail('it is not UTF-8', cause);
  }
}
