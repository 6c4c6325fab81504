import { findHeader } from '../../core/delivery.js';
import { buildItem, headersFrom } from '../buildItem.js';
import { badCapture, type CapturedItem } from '../capture.js';
import type { CaptureFormat, CaptureInput } from '../captureInput.js';

/** A trace file of Charles (.trace): facts about each transaction, and its raw headers and bodies. */
export const readCharlesTrace: CaptureFormat = (input) => {
  const { latin1 } = input;
  if (!/^Request-Header:<<--EOF-/m.test(latin1.slice(0, 65_536))) return null;
  const items: CapturedItem[] = [];
  let known = new Map<string, string>();
  for (const [name, value] of readParts(input)) {
    if (name === 'Method') {
      if (known.has('Request-Header')) items.push(itemOfTrace(known, input));
      known = new Map();
    }
    known.set(name, value);
  }
  if (known.has('Request-Header')) items.push(itemOfTrace(known, input));
  return items;
};

/** The parts of a trace: a line, or a block up to the line that its own name of an end has. Throws a UsageError for a request that is cut off. */
function* readParts({ latin1: text, source }: CaptureInput): Generator<[name: string, value: string]> {
  const part = /^([A-Z][\w-]*):(?:<<(--EOF-[\w-]+)\r?\n|[ \t]*([^\r\n]*))/gm;
  for (let found = part.exec(text); found; found = part.exec(text)) {
    const [, name, mark, line = ''] = found;
    if (mark === undefined) yield [name!, line];
    else {
      const start = part.lastIndex;
      const end = new RegExp(`^${mark}[ \\t]*$`, 'gm');
      end.lastIndex = start;
      const closed = end.exec(text);
      if (!closed && name!.startsWith('Response-')) return;
      if (!closed) throw badCapture(source, `it ends within ${name}. Is the trace saved whole?`);
      yield [name!, text.slice(start, closed.index).replace(/\r?\n$/, '')];
      part.lastIndex = end.lastIndex;
    }
  }
}

function itemOfTrace(known: ReadonlyMap<string, string>, input: CaptureInput): CapturedItem {
  const headers = headersFrom(known.get('Request-Header')!);
  const host = known.get('Host') ?? findHeader(headers, 'host') ?? 'localhost';
  const path = known.get('File') ?? known.get('Path') ?? '/';
  const query = known.get('Query') ?? '';
  const url = `${known.get('Protocol') === 'https' ? 'https' : 'http'}://${host}${path}${query === '' || path.includes('?') ? '' : `?${query}`}`;
  const body = { bytes: Buffer.from(known.get('Request-Body') ?? '', 'latin1') };
  return buildItem({ method: known.get('Method'), url, headers, body, at: known.get('Start-Time') }, input);
}
