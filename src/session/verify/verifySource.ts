import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { Project } from '../../config/project.js';
import { UsageError } from '../../core/errors.js';
import type { LogEntry } from '../../core/logEntry.js';
import type { Provider } from '../../core/provider.js';
import type { World } from '../../core/world.js';
import { findKept } from '../../history/findKept.js';
import { openLog } from '../../history/openLog.js';
import type { VerifyValues } from '../../options/verify.js';
import { isShippedName } from '../../providers/catalogue.js';
import { findProvider } from '../../providers/findProvider.js';

/** What the words of `verify` mean. */
export interface VerifyWords {
  /** Null where none is named. */
  readonly provider: Provider | null;
  /** A file, `-`, or a name of the log; undefined where the body is given apart. */
  readonly source: string | undefined;
}

/** Tells provider and source apart: of one word alone, a provider's name is a provider. Throws a UsageError. */
export function readVerifyWords(words: readonly string[], options: VerifyValues, project: Project): VerifyWords {
  const [first, second] = words;
  if (second !== undefined) return { provider: findProvider(first!, project), source: second };
  if (first === undefined) return { provider: null, source: undefined };
  const names = [...project.own, ...project.broken].map(({ name }) => name);
  const isName = names.includes(first) || isShippedName(first) || options.body !== undefined;
  return isName ? { provider: findProvider(first, project), source: undefined } : { provider: null, source: first };
}

/** The delivery of the log that a word names; null for a file. `last`, and what may be a key, is never a file. Throws a UsageError. */
export function keptSource(source: string, project: Project, io: World): LogEntry | null {
  if (source === '-' || /[/\\]/.test(source)) return null;
  const isReserved = /^(last|[0-9a-f]{4,12})$/i.test(source);
  // What has the ending of a file is one, if it is there.
  if (!isReserved && /\.[a-z]\w*$/i.test(source) && isThere(source, io)) return null;
  try {
    return findKept(source, openLog(project, io).deliveries());
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    if (isReserved) throw withFileAdvice(error, source, io);
    if (error.code === 'VAGUE_DELIVERY') throw error;
    return null;
  }
}

function withFileAdvice(error: UsageError, source: string, io: World): UsageError {
  if (!isThere(source, io)) return error;
  return new UsageError(error.code, `${error.message} For the file of this name write ./${source}`, { cause: error });
}

function isThere(path: string, io: World): boolean {
  try {
    return existsSync(isAbsolute(path) ? path : resolve(io.cwd, path));
  } catch {
    return false;
  }
}
