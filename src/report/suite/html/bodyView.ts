import { bodySize, decodingRemark } from '../../shared/bodySize.js';
import { bodyText } from '../../shared/bodyText.js';
import { lines, type Markup, markup } from './markup.js';

/** Longer texts are shown as they are: to find out whether they are JSON would take too long in a run of thousands. */
const longest = 256 * 1024;

/** A hostile text may be thousands of levels deep. */
const deepest = 40;

/** Characters of a text, and bytes of what is none, that are shown. */
const mostText = 16 * 1024;
const mostBytes = 1024;

const cutRemark = ' · only the beginning is shown';

export interface ShownBody {
  /** As many bytes as were kept. */
  readonly body: Uint8Array;
  /** As many as there were. */
  readonly bytes: number;
  readonly truncated: boolean;
  /** Of a body that was encoded: how, what it came to, and why it could not be decoded. */
  readonly contentEncoding?: string;
  readonly decodedBytes?: number | null;
  readonly decodingProblem?: string;
}

/** A body for reading: JSON laid out, other text as it is, bytes that are no text in hex. */
export function bodyView(facts: ShownBody): Markup {
  const { body, truncated } = facts;
  if (body.length === 0) return markup`<p class="quiet">no body</p>`;
  const text = bodyText(body, truncated);
  const problem = decodingRemark(facts);
  const size = `${bodySize(facts)}${problem === null ? '' : ` · ${problem}`}`;
  if (text === null || text.includes('\0')) {
    const remark = truncated || body.length > mostBytes ? cutRemark : '';
    return view(`${size} · not text, shown in hex${remark}`, hexDump(body.subarray(0, mostBytes)));
  }
  const laidOut = layOutJson(text, mostText);
  const whole = laidOut ?? text;
  const remark = `${laidOut === undefined ? '' : ' · laid out for reading'}${truncated || whole.length > mostText ? cutRemark : ''}`;
  return view(`${size}${remark}`, lines(whole.slice(0, mostText)));
}

/** The first line end after the tag is no part of what is shown. */
function view(remark: string, content: Markup): Markup {
  return markup`<p class="quiet">${remark}</p><pre tabindex="0">\n${content}</pre>`;
}

function hexDump(bytes: Uint8Array): Markup {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.subarray(at, at + 16);
    const hex = [...row].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = [...row].map((byte) => (byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    rows.push(`${at.toString(16).padStart(4, '0')}  ${hex.padEnd(47)}  ${text}`);
  }
  return lines(rows.join('\n'));
}

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
