import type { Variant } from '../hypothesis.js';
import { attempt, type BodyFacts, type BodyHypothesis, captureAdvice, hashRaw, maxParsed } from './bodyFacts.js';

const strings = /"[^"\\]*(?:\\[\s\S]?[^"\\]*)*(?:"|$)|[{}[\],]/g;

/** The items of a JSON list as they are written, without the white space around them; null for any other text. */
function splitItems({ text, bytes, plain }: BodyFacts): string[] | null {
  const source = text.trim();
  if (bytes.length > maxParsed || !source.startsWith('[') || !Array.isArray(attempt(plain))) return null;
  const items: string[] = [];
  let depth = 0;
  let start = 1;
  for (const { 0: token, index } of source.matchAll(strings)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    const isEnd = depth === 0;
    if (!isEnd && !(depth === 1 && token === ',')) continue;
    items.push(source.slice(start, index).trim());
    start = index + 1;
    if (isEnd) break;
  }
  return items.length === 1 && items[0] === '' ? null : items;
}

function* separated(body: BodyFacts): Generator<Variant<Uint8Array>> {
  const items = splitItems(body);
  if (!items) return;
  const rewritten = attempt(() => (body.plain() as unknown[]).map((item) => JSON.stringify(item)));
  for (const [list, how] of [
    [items, ''],
    [rewritten ?? [], ', each by JSON.stringify'],
  ] as const) {
    for (const [end, name] of [
      ['\r\n', 'CRLF'],
      ['\n', 'a newline'],
    ] as const) {
      const joined = list.join(`,${end}`);
      yield { value: Buffer.from(`[${joined}]${end}`), detail: `${name} after each item and at the end${how}` };
      yield { value: Buffer.from(`[${joined}]`), detail: `${name} between the items${how}` };
      yield { value: Buffer.from(`[${end}${joined}${end}]`), detail: `each item on a line (${name})${how}` };
    }
    yield { value: Buffer.from(`[${list.join(',')}]`), detail: `nothing between the items${how}` };
    yield { value: Buffer.from(list.join('\n')), detail: `a line for each item, without brackets${how}` };
  }
}

/** A list of events with other white space between them. */
export const bodyLists: readonly BodyHypothesis[] = [
  {
    name: 'body-list-lines',
    title: 'the list of the body with {detail}',
    alone: true,
    change: {
      signature: captureAdvice(
        'what stands between its items was lost or changed: it was signed with {detail} (SendGrid ends each event with CRLF).',
      ),
      computed: hashRaw('Your receiver hashes the list with {detail}.'),
    },
    variants: separated,
  },
];
