import type { Dialect } from '../core/provider.js';
import { contentsOf, contentValue, formOf } from './form.js';
import { placeParts } from './multipart.js';
import { formatPath, type PathStep, parsePath } from './path.js';
import type { PlacedField } from './placedField.js';
import { placeUrlencoded } from './urlencoded.js';

const startOfToken = /["{}[\],]/g;
const endOfText = /["\\]/g;

interface Holder {
  /** Null in a list. */
  readonly keys: Set<string> | null;
  step: PathStep;
  isAtKey: boolean;
}

/** The path of the first member of a text of JSON whose key its object has twice, of which parsers keep one; null where there is none. */
export function findRepeatedKey(json: string): string | null {
  const holders: Holder[] = [];
  for (const found of tokensOf(json)) {
    const holder = holders.at(-1);
    if (found === '{') holders.push({ keys: new Set(), step: '', isAtKey: true });
    else if (found === '[') holders.push({ keys: null, step: 0, isAtKey: false });
    else if (found === '}' || found === ']') holders.pop();
    else if (found === ',' && holder) {
      if (typeof holder.step === 'number') holder.step++;
      else holder.isAtKey = true;
    } else if (holder?.isAtKey) {
      holder.step = unquoteKey(found);
      holder.isAtKey = false;
      if (holder.keys!.has(holder.step)) return formatPath(holders.map(({ step }) => step));
      holder.keys!.add(holder.step);
    }
  }
  return null;
}

/** Yields the texts, brackets and commas of JSON, in linear time for any input; an unclosed text is the end. */
function* tokensOf(json: string): Generator<string> {
  startOfToken.lastIndex = 0;
  for (let found = startOfToken.exec(json); found; found = startOfToken.exec(json)) {
    const end = found[0] === '"' ? textEnd(json, found.index + 1) : found.index + 1;
    if (end === -1) return;
    yield json.slice(found.index, end);
    startOfToken.lastIndex = end;
  }
}

/** Returns the end of a text whose content begins at a place; -1 where it is never closed. */
function textEnd(json: string, start: number): number {
  endOfText.lastIndex = start;
  for (let found = endOfText.exec(json); found; found = endOfText.exec(json)) {
    if (found[0] === '"') return endOfText.lastIndex;
    endOfText.lastIndex++;
  }
  return -1;
}

function unquoteKey(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted;
  }
}

/**
 * The same in a body, which may be JSON or hold it in the fields of a form or the parts of `multipart`. With a dialect only what that parses is looked at,
 * without one all that looks like JSON.
 */
export function findRepeatedKeyIn(body: Uint8Array, dialect?: Dialect): string | null {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const form = dialect === undefined ? null : formOf(dialect);
  const text = bytes.toString('utf8');
  if (dialect === 'text') return null;
  if (form === null && (dialect !== undefined || looksLikeJson(text))) return findRepeatedKey(text);
  for (const { name, value } of fieldsIn(bytes)) {
    const held = value instanceof Map ? value.get('$text') : value;
    if (typeof held !== 'string') continue;
    const [inner, ...outer] = form ? contentsOf(form, name) : [];
    const json = outer.length > 0 ? contentValue(held, outer) : held;
    if ((form && inner === undefined) || typeof json !== 'string' || !looksLikeJson(json)) continue;
    const path = findRepeatedKey(json);
    if (path !== null) return formatPath([name, ...parsePath(path)]);
  }
  return null;
}

function looksLikeJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

/** The fields of a body that begins as a form or as parts do; none of any other. */
function fieldsIn(body: Buffer): readonly PlacedField[] {
  const start = body.toString('latin1', 0, 200);
  if (start.startsWith('--')) return placeParts(body, null) ?? [];
  return /^[^\s<=&{[]+(?:=|&)/.test(start) ? placeUrlencoded(body.toString('latin1')) : [];
}
