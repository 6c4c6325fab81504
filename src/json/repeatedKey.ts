import { formatPath, type PathStep } from './path.js';

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
      holder.step = keyOf(found);
      holder.isAtKey = false;
      if (holder.keys!.has(holder.step)) return formatPath(holders.map(({ step }) => step));
      holder.keys!.add(holder.step);
    }
  }
  return null;
}

/** The texts, brackets and commas of JSON, in time that grows with its length whatever stands in it; a text that is never closed is the end. */
function* tokensOf(json: string): Generator<string> {
  startOfToken.lastIndex = 0;
  for (let found = startOfToken.exec(json); found; found = startOfToken.exec(json)) {
    const end = found[0] === '"' ? textEnd(json, found.index + 1) : found.index + 1;
    if (end === -1) return;
    yield json.slice(found.index, end);
    startOfToken.lastIndex = end;
  }
}

/** Where a text ends whose content begins at a place; -1 where it is never closed. */
function textEnd(json: string, start: number): number {
  endOfText.lastIndex = start;
  for (let found = endOfText.exec(json); found; found = endOfText.exec(json)) {
    if (found[0] === '"') return endOfText.lastIndex;
    endOfText.lastIndex++;
  }
  return -1;
}

function keyOf(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted;
  }
}
