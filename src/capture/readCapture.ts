import { badCapture, type Capture } from './capture.js';
import { fromCurl, isCurl } from './fromCurl.js';
import { fromDryRun } from './fromDryRun.js';
import { fromHar, type HarChoice, harEntries, plainName } from './fromHar.js';
import { fromRawHttp } from './fromRawHttp.js';

/** Reads a saved request, whatever its form: HTTP text, HAR, a curl command, or a line of `send --dry-run --json`. Throws a UsageError. */
export function readCapture(bytes: Uint8Array, choice: HarChoice): Capture {
  const { source, entry, nameOf = plainName } = choice;
  if (bytes.length === 0) throw badCapture(source, 'it is empty.');
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  if (!/^\s*[{[]/.test(text)) {
    if (entry !== undefined) throw badCapture(source, `${nameOf('entry')} chooses from a HAR, and this is none.`);
    return isCurl(bytes) ? fromCurl(bytes, { source }) : fromRawHttp(bytes, source);
  }
  const document = parsed(text) ?? parsed(text.trimStart().split('\n', 1)[0]!);
  const entries = harEntries(document);
  if (entries) return fromHar(entries, choice);
  const capture = fromDryRun(document, source);
  if (capture) return capture;
  throw badCapture(
    source,
    document === undefined ? 'it is neither HTTP text nor JSON. Is the HAR cut?' : 'it is JSON, but no HAR.',
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
