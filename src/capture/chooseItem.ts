import { findHeader } from '../core/delivery.js';
import type { NameOf } from '../core/errors.js';
import { excerpt, printable } from '../core/printable.js';
import { badCapture, type CapturedItem } from './capture.js';

/** The choice of a request in a file. */
export interface CaptureChoice {
  /** Names the file in errors. */
  readonly source: string;
  /** The number of the request, from 1; by default the only one, the first that has one of the headers `having`, or the only POST. */
  readonly entry?: number | undefined;
  readonly having: readonly string[];
  readonly nameOf?: NameOf;
}

/** The name of an option whose spelling is unknown. */
export const plainName: NameOf = (key) => key;

/** Headers that an error names. */
const maxNamed = 5;
/** Requests that an error lists. */
const maxListed = 10;

/**
 * Returns the chosen request: by number, the only one, the first that has a signature, the only POST. Throws a UsageError that lists them where the
 * choice is unclear.
 */
export function chooseItem(
  items: readonly CapturedItem[],
  { source, entry, having, nameOf = plainName }: CaptureChoice,
): { item: CapturedItem; notes: string[] } {
  if (entry !== undefined) {
    const item = items[entry - 1];
    if (item) return { item, notes: [] };
    throw badCapture(source, `there is no entry ${entry}: it holds ${counted(items.length)}.`);
  }
  const [only] = items;
  if (!only) throw badCapture(source, 'it holds no requests.');
  if (items.length === 1) return { item: only, notes: [] };
  const signed = at(items, ({ headers }) => having.some((name) => findHeader(headers, name) !== undefined));
  if (signed.length > 0) {
    const notes =
      signed.length > 1
        ? [`${signed.length} entries may be meant; entry ${signed[0]! + 1} was taken (see ${nameOf('entry')}).`]
        : [];
    return { item: items[signed[0]!]!, notes };
  }
  const sent = at(items, ({ method }) => method.toUpperCase() === 'POST');
  if (sent.length === 1) {
    const notes = [`The capture holds ${counted(items.length)}; the only POST, entry ${sent[0]! + 1}, was taken.`];
    return { item: items[sent[0]!]!, notes };
  }
  const header = having.length > maxNamed ? 'signature header of a known provider' : `header ${having.join(' or ')}`;
  const article = having.length > maxNamed ? 'a' : 'the';
  const what =
    having.length > 0
      ? `none of its ${items.length} entries has ${article} ${header}`
      : `it has ${items.length} entries`;
  const listed = items.slice(0, maxListed).map(({ method, url }, i) => `${i + 1} ${shown(method)} ${shown(url)}`);
  const more = items.length > maxListed ? ', …' : '';
  throw badCapture(source, `${what}. Choose one with ${nameOf('entry')}: ${listed.join(', ')}${more}.`);
}

function at(items: readonly CapturedItem[], isMeant: (item: CapturedItem) => boolean): number[] {
  return items.flatMap((item, i) => (isMeant(item) ? [i] : []));
}

function counted(count: number): string {
  return count === 0 ? 'none' : count === 1 ? 'one request' : `${count} requests`;
}

/** A text of a file in one line; for an address the part that distinguishes it, without a query that may hold secrets. */
function shown(text: string): string {
  return excerpt(printable(text.replace(/^https?:\/\/[^/?#]*(?=[/?#])/i, '').replace(/[?#].*$/s, '')), 60);
}
