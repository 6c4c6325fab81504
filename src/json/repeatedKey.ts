import { formatPath, type PathStep } from './path.js';

/** A text, a bracket or a comma of JSON. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\],]/gs;

interface Holder {
  /** Null in a list. */
  readonly keys: Set<string> | null;
  step: PathStep;
  isAtKey: boolean;
}

/** The path of the first member of a text of JSON whose key its object has twice, of which parsers keep one; null where there is none. */
export function findRepeatedKey(json: string): string | null {
  const holders: Holder[] = [];
  for (const [found] of json.matchAll(token)) {
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

function keyOf(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted;
  }
}
