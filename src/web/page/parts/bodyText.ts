import type { ShownBody } from '../../protocol.js';

/** The bytes of a body as far as they are here. */
export function bytesOf(body: ShownBody): Uint8Array {
  if (body.text !== null) return new TextEncoder().encode(body.text);
  if (body.base64 === null) return new Uint8Array();
  return Uint8Array.from(atob(body.base64), (letter) => letter.charCodeAt(0));
}

/** A body laid out for reading: JSON with its members on lines of their own, a form with a line for each field, all else as it is. */
export function layOutBody(body: ShownBody): string {
  if (body.text === null) return body.base64 === null ? '' : dumpBytes(bytesOf(body));
  if (/^\s*[[{]/.test(body.text)) return layOutJson(body.text);
  const isForm = body.mediaType?.includes('form-urlencoded') === true;
  return isForm
    ? [...new URLSearchParams(body.text)].map(([name, value]) => `${name} = ${value}`).join('\n')
    : body.text;
}

/** Formats a JSON text with whitespace between its tokens; each token stays as it was written. Other text is returned unchanged. */
export function layOutJson(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  let laidOut = '';
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    if (token === '{' || token === '[') {
      depth++;
      laidOut += token + line();
    } else if (token === '}' || token === ']') {
      depth--;
      laidOut = /[[{]\s*$/.test(laidOut.slice(-depth * 2 - 5)) ? laidOut.trimEnd() + token : laidOut + line() + token;
    } else if (token === ',') laidOut += token + line();
    else laidOut += token === ':' ? ': ' : token;
  }
  return laidOut;
}

/** Bytes as columns of hexadecimal digits, with the letters that they would be. */
export function dumpBytes(bytes: Uint8Array, most = 16_384): string {
  const lines: string[] = [];
  for (let at = 0; at < Math.min(bytes.length, most); at += 16) {
    const row = [...bytes.subarray(at, Math.min(at + 16, most))];
    const digits = row.map((byte) => byte.toString(16).padStart(2, '0'));
    const letters = row.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·')).join('');
    const columns = `${digits.slice(0, 8).join(' ').padEnd(24)} ${digits.slice(8).join(' ').padEnd(24)}`;
    lines.push(`${at.toString(16).padStart(8, '0')}  ${columns} ${letters}`);
  }
  if (bytes.length > most) lines.push(`… ${bytes.length - most} bytes more`);
  return lines.join('\n');
}
