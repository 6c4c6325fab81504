import { UsageError } from '../../core/errors.js';
import { isMask } from '../../core/mask.js';
import type { Secret } from '../../core/secret.js';
import type { World } from '../../core/world.js';
import { readInput } from './readInput.js';

/** Reads one secret: a value, `env:NAME`, `file:PATH` or `-`; `what` says in errors who names it. */
export async function readSecret(reference: string, io: World, what: string): Promise<Secret> {
  const secret = await locate(reference, io, what);
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

async function locate(reference: string, io: World, what: string): Promise<{ value: string; source: string }> {
  if (reference === '-' && io.askHidden) {
    return { value: await io.askHidden('Secret (it is not shown)'), source: 'hidden input' };
  }
  if (reference === '-') return { value: await readText('-', `${what} ${reference}`, io), source: 'standard input' };
  if (reference.startsWith('file:')) {
    const path = reference.slice('file:'.length);
    return { value: await readText(path === '-' ? './-' : path, `${what} ${reference}`, io), source: reference };
  }
  if (reference.startsWith('env:')) {
    const name = reference.slice('env:'.length);
    const value = io.env[name];
    if (value === undefined)
      throw new UsageError(
        'BAD_SECRET',
        `${what} ${reference}: the environment has no variable ${name}. Export it first.`,
      );
    return { value, source: reference };
  }
  return { value: reference, source: what };
}

async function readText(path: string, what: string, io: World): Promise<string> {
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
