import { isCurl } from '../../../capture/fromCurl.js';
import { readCapture } from '../../../capture/readCapture.js';
import { UsageError } from '../../../core/errors.js';
import { findHeader } from '../../../core/headers.js';
import { holdsMask } from '../../../core/mask.js';
import type { CapturedRequest } from '../../../infer/foundScheme.js';
import { parseBody } from '../../../json/dialect.js';
import { JsonSyntaxError } from '../../../json/parse.js';
import type { Json } from '../../../json/value.js';
import type { ProviderNewValues } from '../../../options/project.js';
import { readInput } from '../../../session/project/readInput.js';
import type { Io } from '../../io/io.js';
import { flagName } from '../../options/flags.js';

/** The flags of `provider new --from`. */
export type FromFlags = ProviderNewValues & { readonly from: string };

/** A captured request, and its body as a sample can hold it. */
export interface ReadCapture {
  readonly request: CapturedRequest;
  readonly body: Json;
  readonly notes: readonly string[];
}

/** Throws a UsageError for flags that say what the capture says, or that take standard input twice. */
export function assertNoConflicts(flags: FromFlags): void {
  const { scheme, header, hash, encoding, content, secret = [], event = [] } = flags;
  const [other] = Object.entries({ scheme, header, hash, encoding, content }).filter(
    ([, value]) => value !== undefined,
  );
  if (other) {
    throw new UsageError(
      'CONFLICT',
      `--${other[0]} does not go with --from: how it signs is read from the capture. Leave one of them out.`,
    );
  }
  if (event.length > 1) {
    throw new UsageError('CONFLICT', 'A capture is one event, and there is more than one --event. Give one.');
  }
  if ([flags.from, ...secret].filter((each) => each === '-').length > 1) {
    throw new UsageError('CONFLICT', 'Standard input can be read once only: as the capture, or as one secret.');
  }
}

/** Reads the captured request. Throws a UsageError for what can't be read, or can be no sample. */
export async function readFrom({ from, entry }: FromFlags, io: Io): Promise<ReadCapture> {
  const source = from === '-' ? 'Standard input' : from;
  const bytes = await readInput(from, io).catch((cause: Error) => {
    throw new UsageError('BAD_CAPTURE', `${source}: ${cause.message}. Name a file, or - for standard input.`, {
      cause,
    });
  });
  const { request, notes } = readCapture(bytes, { source, entry: entryNumber(entry), having: [], nameOf: flagName });
  if (holdsMask(request.url) || holdsMask(Buffer.from(request.body).toString('latin1'))) {
    throw new UsageError(
      'BAD_CAPTURE',
      `${source}: it has "(secret …)" in place of a secret, so nothing true can be made of it. Capture the request itself.`,
    );
  }
  const hasHost = request.headers.some(([name]) => name.toLowerCase() === 'host');
  // The readers make an address up where the capture tells none.
  const isMadeUp = request.url === 'http://localhost/' && !hasHost && !isCurl(bytes);
  return { request: { ...request, url: isMadeUp ? null : request.url }, body: bodyOf(request, source), notes };
}

function bodyOf({ headers, body }: CapturedRequest, source: string): Json {
  const fail = (reason: string, cause?: unknown) => new UsageError('BAD_CAPTURE', `${source}: ${reason}`, { cause });
  if (body.length === 0) throw fail('the request has no body. A sample of an event is made of it: take one that has.');
  const isUtf8 = Buffer.from(Buffer.from(body).toString('utf8')).equals(body);
  if (!isUtf8) throw fail('its body is not UTF-8, so it can be no sample.');
  const type = findHeader(headers, 'content-type') ?? '';
  try {
    return parseBody(body, /form-urlencoded/i.test(type) ? 'form' : 'js');
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const { line, column } = error;
    throw fail(`its body is neither JSON (line ${line}, column ${column}) nor a form. Samples are one of them.`, error);
  }
}

function entryNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new UsageError('BAD_NUMBER', `--entry: "${text}" is not a number. Entries count from 1.`);
}
