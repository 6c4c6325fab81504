import { findHeader } from '../../core/delivery.js';
import type { CapturedItem } from '../capture.js';
import type { CaptureFormat, CaptureInput } from '../captureInput.js';
import { headersFrom, itemOf } from '../itemOf.js';

/** A block of a trace, up to the line that its own name of an end has, or a line of its own. */
const part = /^([A-Z][\w-]*):(?:<<(--EOF-[\w-]+)\r?\n([\s\S]*?)\r?\n?^\2[ \t]*$|[ \t]*([^\r\n]*))/gm;

/** A trace file of Charles (.trace): what is known of each transaction, and its headers and bodies as they came. */
export const readCharlesTrace: CaptureFormat = (input) => {
  const { latin1 } = input;
  if (!/^Request-Header:<<--EOF-/m.test(latin1.slice(0, 65_536))) return null;
  const items: CapturedItem[] = [];
  let known = new Map<string, string>();
  for (const [, name, end, block, line] of latin1.matchAll(part)) {
    if (name === 'Method' && end === undefined) {
      if (known.has('Request-Header')) items.push(itemOfTrace(known, input));
      known = new Map();
    }
    known.set(name!, block ?? line ?? '');
  }
  if (known.has('Request-Header')) items.push(itemOfTrace(known, input));
  return items;
};

function itemOfTrace(known: ReadonlyMap<string, string>, input: CaptureInput): CapturedItem {
  const headers = headersFrom(known.get('Request-Header')!);
  const host = known.get('Host') ?? findHeader(headers, 'host') ?? 'localhost';
  const path = known.get('File') ?? known.get('Path') ?? '/';
  const query = known.get('Query') ?? '';
  const url = `${known.get('Protocol') === 'https' ? 'https' : 'http'}://${host}${path}${query === '' || path.includes('?') ? '' : `?${query}`}`;
  const body = { bytes: Buffer.from(known.get('Request-Body') ?? '', 'latin1') };
  return itemOf({ method: known.get('Method'), url, headers, body, at: known.get('Start-Time') }, input);
}
