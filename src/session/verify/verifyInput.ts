import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { Capture } from '../../capture/capture.js';
import type { CaptureChoice } from '../../capture/chooseItem.js';
import { readCapture } from '../../capture/readCapture.js';
import type { Project } from '../../config/project.js';
import type { Header } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import type { LogEntry } from '../../core/logEntry.js';
import type { Provider } from '../../core/provider.js';
import type { World } from '../../core/world.js';
import { proofHeaderNames } from '../../delivery/recognizeProviders.js';
import { findKept } from '../../history/findKept.js';
import { openLog } from '../../history/openLog.js';
import type { NameOf } from '../../options/option.js';
import type { VerifyValues } from '../../options/verify.js';
import { isShippedName } from '../../providers/catalogue.js';
import { findProvider } from '../../providers/findProvider.js';
import { readNamedInput } from '../project/readInput.js';

/** Reads the request that `verify` is about: a capture, or a body and headers; of a provider, or of any. Throws a UsageError. */
export async function readVerifyInput(
  provider: Provider | null,
  path: string | undefined,
  { options, others, io }: { options: VerifyValues; others: () => readonly Provider[]; io: World },
): Promise<Capture> {
  const { nameOf } = options;
  const headers = (options.header ?? []).map((text) => readHeader(text, nameOf('header')));
  if ((path === undefined) === (options.body === undefined)) {
    throw new UsageError(
      'NO_CAPTURE',
      path === undefined
        ? `Name a capture or a delivery of the log (last), or give a body with ${nameOf('body')} FILE and its headers with ${nameOf('header')} 'Name: value'.`
        : `A capture and ${nameOf('body')} are two bodies. Give one of them.`,
    );
  }
  if (path === undefined) {
    if (options.entry !== undefined) {
      throw new UsageError('CONFLICT', `${nameOf('entry')} chooses from a HAR, and ${nameOf('body')} is none.`);
    }
    const body = await readNamedInput(
      options.body!,
      { source: `${nameOf('body')} ${options.body}`, code: 'BAD_CAPTURE' },
      io,
    );
    return {
      request: { method: provider?.method ?? 'POST', url: 'http://localhost/', headers, body },
      at: null,
      notes: [],
    };
  }
  const source = path === '-' ? 'Standard input' : path;
  const bytes = await readNamedInput(path, { source, code: 'BAD_CAPTURE' }, io);
  const capture = await readCapturedRequest(bytes, { provider, source, options, others });
  return withHeaders(capture, headers);
}

/** Options for reading a saved request. */
export interface CaptureReading {
  readonly provider: Provider | null;
  /** Its name in errors. */
  readonly source: string;
  readonly options: VerifyValues;
  /** All whose request it may be where none is named. */
  readonly others: () => readonly Provider[];
}

/** Reads a saved request. Throws a UsageError. */
export async function readCapturedRequest(
  bytes: Uint8Array,
  { provider, source, options, others }: CaptureReading,
): Promise<Capture> {
  const { nameOf, entry } = options;
  const having = [...new Set((provider ? [provider] : others()).flatMap(proofHeaderNames))];
  return readWithAdvice(bytes, { source, entry, having, nameOf }, nameOf);
}

/** A capture with headers in place of those of their names. */
export function withHeaders(capture: Capture, headers: readonly Header[]): Capture {
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const kept = capture.request.headers.filter(([name]) => !given.has(name.toLowerCase()));
  return { ...capture, request: { ...capture.request, headers: [...kept, ...headers] } };
}

async function readWithAdvice(bytes: Uint8Array, choice: CaptureChoice, nameOf: NameOf): Promise<Capture> {
  try {
    return await readCapture(bytes, choice);
  } catch (error) {
    if (!(error instanceof UsageError) || error.code !== 'BAD_CAPTURE' || choice.entry !== undefined) throw error;
    const advice = `For a body alone use ${nameOf('body')}, and ${nameOf('header')} 'Name: value' for each header.`;
    throw new UsageError(error.code, `${error.message} ${advice}`, { cause: error });
  }
}

/** Reads a header verbatim; `what` names its option. Throws a UsageError. */
export function readHeader(text: string, what: string): Header {
  const colon = text.indexOf(':');
  if (colon < 1) {
    throw new UsageError('BAD_HEADER', `A ${what} has no name and colon. Write ${what} 'Name: value'.`);
  }
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}

/** The arguments of `verify`. */
interface VerifyTerms {
  /** Null where none is named. */
  readonly provider: Provider | null;
  /** A file, `-`, or a name of the log; undefined where the body is given apart. */
  readonly source: string | undefined;
}

/** Separates provider and source: a single word that names a provider is one. Throws a UsageError. */
export function readVerifyTerms(words: readonly string[], options: VerifyValues, project: Project): VerifyTerms {
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
