import { findHeader, type Header } from '../core/delivery.js';
import type { NameOf } from '../core/errors.js';
import { badCapture, type Capture, lengthNotes } from './capture.js';

/** What of a HAR is read; whatever else it holds is none of our business. */
interface HarEntry {
  readonly startedDateTime?: unknown;
  readonly request?: {
    readonly method?: unknown;
    readonly url?: unknown;
    readonly headers?: unknown;
    readonly postData?: { readonly text?: unknown; readonly encoding?: unknown; readonly params?: unknown };
  };
}

export interface HarChoice {
  /** Names the HAR in errors. */
  readonly source: string;
  /** Which entry, from 1; by default the first that has one of the headers `having`, or the only one. */
  readonly entry?: number | undefined;
  readonly having: readonly string[];
  readonly nameOf?: NameOf;
}

/** The name of an option where nobody says how it was written. */
export const plainName: NameOf = (key) => key;

/** Headers that an error names. */
const maxNamed = 5;

/** The entries of a HAR 1.2 document; undefined where the value is none. */
export function harEntries(document: unknown): readonly HarEntry[] | undefined {
  const entries = (document as { log?: { entries?: unknown } } | null)?.log?.entries;
  return Array.isArray(entries) ? entries : undefined;
}

/** Reads the request of one entry of a HAR. Throws a UsageError for an entry that is not there or lacks its body. */
export function fromHar(entries: readonly HarEntry[], choice: HarChoice): Capture {
  const { source, entry, nameOf = plainName } = choice;
  const { at, notes } = entry === undefined ? choose(entries, choice) : { at: entry, notes: [] };
  const chosen = entries[at - 1];
  if (!chosen) {
    const count = entries.length === 1 ? 'one entry' : `${entries.length} entries`;
    throw badCapture(source, `there is no entry ${at}: the HAR has ${entries.length === 0 ? 'no entries' : count}.`);
  }
  const { request } = chosen;
  if (typeof request !== 'object' || request === null) throw badCapture(source, `entry ${at} has no request.`);
  const { method, url, postData } = request;
  const headers = headersOf(request.headers);
  if (headers.length === 0) throw badCapture(source, `the request of entry ${at} has no headers.`);
  const body = bodyOf(postData, `entry ${at}`, { source, nameOf });
  const started = Date.parse(String(chosen.startedDateTime ?? ''));
  return {
    request: {
      method: typeof method === 'string' ? method : 'POST',
      url: typeof url === 'string' ? url : 'http://localhost/',
      headers,
      body,
    },
    at: Number.isNaN(started) ? null : started,
    notes: [...notes, ...lengthNotes(headers, body.length)],
  };
}

function choose(
  entries: readonly HarEntry[],
  { source, having, nameOf = plainName }: HarChoice,
): { at: number; notes: string[] } {
  const carries = (entry: HarEntry) =>
    having.some((name) => findHeader(headersOf(entry?.request?.headers), name) !== undefined);
  const found = entries.flatMap((entry, at) => (carries(entry) ? [at + 1] : []));
  if (found.length === 0 && entries.length > 1) {
    const many = `${entries.length} entries`;
    const header = having.length > maxNamed ? 'signature header of a known provider' : `header ${having.join(' or ')}`;
    const article = having.length > maxNamed ? 'a' : 'the';
    const what = having.length > 0 ? `none of its ${many} has ${article} ${header}` : `it has ${many}`;
    throw badCapture(source, `${what}. Choose one with ${nameOf('entry')}.`);
  }
  const at = found[0] ?? 1;
  const notes =
    found.length > 1 ? [`${found.length} entries may be meant; entry ${at} was taken (see ${nameOf('entry')}).`] : [];
  return { at, notes };
}

/** The headers as a list; those that HTTP/2 begins with a colon say nothing of their own. */
function headersOf(list: unknown): Header[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: { name?: unknown; value?: unknown } | null): Header[] =>
    typeof item?.name === 'string' && typeof item.value === 'string' && !item.name.startsWith(':')
      ? [[item.name, item.value]]
      : [],
  );
}

function bodyOf(
  postData: NonNullable<HarEntry['request']>['postData'],
  which: string,
  { source, nameOf }: { readonly source: string; readonly nameOf: NameOf },
): Buffer {
  const text = postData?.text;
  if (typeof text !== 'string') {
    const reason = postData?.params ? 'only its parsed parameters' : 'no body (postData.text)';
    throw badCapture(
      source,
      `${which} holds ${reason}. Record it with its content, or give the body with ${nameOf('body')}.`,
    );
  }
  const encoding = postData?.encoding;
  if (encoding === undefined || encoding === '') return Buffer.from(text);
  if (encoding !== 'base64') throw badCapture(source, `the body of ${which} has an encoding other than base64.`);
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text.replace(/\s+/g, ''))) {
    throw badCapture(source, `the body of ${which} says that it is base64, and is not.`);
  }
  return Buffer.from(text, 'base64');
}
