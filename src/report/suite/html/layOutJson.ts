/** Longer texts are shown as they are: to find out whether they are JSON would take too long in a run of thousands. */
const longest = 256 * 1024;

/** A hostile text may be thousands of levels deep. */
const deepest = 40;

/**
 * JSON of one line laid out for reading, with its texts and numbers as they are written; ends when there are more than `most`
 * characters. Undefined for any other text.
 */
export function layOutJson(text: string, most: number): string | undefined {
  if (!/^[{[]/.test(text) || text.length > longest || text.trimEnd().includes('\n') || !isJson(text)) return undefined;
  let out = '';
  let depth = 0;
  const newLine = () => `\n${'  '.repeat(Math.min(depth, deepest))}`;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    if (out.length > most) break;
    if (token === '{' || token === '[') {
      depth++;
      out += token + newLine();
    } else if (token === '}' || token === ']') {
      depth--;
      out += newLine() + token;
    } else if (token === ',') {
      out += token + newLine();
    } else {
      out += token === ':' ? ': ' : token;
    }
  }
  return out;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
