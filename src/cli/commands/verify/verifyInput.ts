import type { Capture } from '../../../capture/capture.js';
import type { HarChoice } from '../../../capture/fromHar.js';
import { readCapture } from '../../../capture/readCapture.js';
import type { Header } from '../../../core/delivery.js';
import { UsageError } from '../../../core/errors.js';
import type { Provider } from '../../../core/provider.js';
import { proofHeaderNames } from '../../../delivery/recognizeProviders.js';
import type { VerifyValues } from '../../../options/verify.js';
import { readInput } from '../../../session/project/readInput.js';
import type { Io } from '../../io/io.js';

/** Reads the request that `verify` is about: a capture, or a body and headers; of a provider, or of any. Throws a UsageError. */
export async function readVerifyInput(
  provider: Provider | null,
  path: string | undefined,
  { options, others, io }: { options: VerifyValues; others: () => readonly Provider[]; io: Io },
): Promise<Capture> {
  const headers = (options.header ?? []).map(readHeader);
  if ((path === undefined) === (options.body === undefined)) {
    throw new UsageError(
      'NO_CAPTURE',
      path === undefined
        ? "Name a capture or a delivery of the log (last), or give a body with --body FILE and its headers with -H 'Name: value'."
        : 'A capture and --body are two bodies. Give one of them.',
    );
  }
  const entry = options.entry === undefined ? undefined : entryNumber(options.entry);
  if (path === undefined) {
    if (entry !== undefined) throw new UsageError('CONFLICT', '--entry chooses from a HAR, and --body is none.');
    const body = await read(options.body!, `--body ${options.body}`, io);
    return {
      request: { method: provider?.method ?? 'POST', url: 'http://localhost/', headers, body },
      at: null,
      notes: [],
    };
  }
  const source = path === '-' ? 'Standard input' : path;
  const having = [...new Set((provider ? [provider] : others()).flatMap(proofHeaderNames))];
  const capture = captured(await read(path, source, io), { source, entry, having });
  return withHeaders(capture, headers);
}

/** A capture with headers in place of those of their names. */
export function withHeaders(capture: Capture, headers: readonly Header[]): Capture {
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const kept = capture.request.headers.filter(([name]) => !given.has(name.toLowerCase()));
  return { ...capture, request: { ...capture.request, headers: [...kept, ...headers] } };
}

function captured(bytes: Uint8Array, choice: HarChoice): Capture {
  try {
    return readCapture(bytes, choice);
  } catch (error) {
    if (!(error instanceof UsageError) || error.code !== 'BAD_CAPTURE' || choice.entry !== undefined) throw error;
    const advice = "For a body alone use --body, and -H 'Name: value' for each header.";
    throw new UsageError(error.code, `${error.message} ${advice}`, { cause: error });
  }
}

/** A header as it came, with whatever stands in it. */
export function readHeader(text: string): Header {
  const colon = text.indexOf(':');
  if (colon < 1) {
    throw new UsageError('BAD_HEADER', "A --header has no name and colon. Write --header 'Name: value'.");
  }
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}

function entryNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) {
    throw new UsageError('BAD_NUMBER', `--entry: "${text}" is not a number. Entries count from 1.`);
  }
  return Number(text);
}

function read(path: string, source: string, io: Io): Promise<Uint8Array> {
  return readInput(path, io).catch((cause: Error) => {
    throw new UsageError('BAD_CAPTURE', `${source}: ${cause.message}. Name a file, or - for standard input.`, {
      cause,
    });
  });
}
