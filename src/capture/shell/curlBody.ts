import { ShellRefusal } from './shellCommand.js';

/** A piece of the data of a command, by the option that holds it: one character for each byte. */
export interface CurlData {
  readonly option: string;
  readonly text: string;
}

/** Returns the standard input of a command; null where only a run could show it. Throws a ShellRefusal. */
export type StandardInput = (() => Uint8Array) | null;

/** Builds the body as curl does from its data. Throws a ShellRefusal. */
export function curlBody(data: readonly CurlData[], stdin: StandardInput): Uint8Array {
  const parts: Buffer[] = [];
  for (const { option, text } of data) {
    if (option === 'url-query') continue;
    if (parts.length > 0 && option !== 'json') parts.push(Buffer.from('&'));
    parts.push(dataBytes(option, text, stdin));
  }
  return Buffer.concat(parts);
}

/** The query that `--url-query` adds: encoded as data is, or as it is behind a `+`. Throws a ShellRefusal. */
export function curlQuery(data: readonly CurlData[], stdin: StandardInput): string[] {
  return data
    .filter(({ option }) => option === 'url-query')
    .map(({ text }) => (text.startsWith('+') ? text.slice(1) : urlEncoded(text, stdin)));
}

function dataBytes(option: string, text: string, stdin: StandardInput): Buffer {
  if (option === 'data-urlencode') return Buffer.from(urlEncoded(text, stdin), 'latin1');
  if (option === 'data-raw' || !text.startsWith('@')) return Buffer.from(text, 'latin1');
  const content = readContent(text.slice(1), stdin);
  if (/^(?:data-binary|json|upload-file)$/.test(option)) return content;
  return Buffer.from(content.toString('latin1').replace(/[\r\n\0]/g, ''), 'latin1');
}

/** Returns the content of a file; only standard input can be read here. */
function readContent(path: string, stdin: StandardInput): Buffer {
  if ((path === '-' || path === '/dev/stdin') && stdin) return Buffer.from(stdin());
  const shown = path.replace(/[^ -~]/g, '?').slice(0, 100);
  throw new ShellRefusal(
    `its data is in the file ${shown}. Put the data into the command with --data-raw, or give that file as the body, with the headers of the command`,
  );
}

/** Encodes `content`, `=content`, `name=content`, `@file` and `name@file` as curl does. */
function urlEncoded(text: string, stdin: StandardInput): string {
  const equals = text.indexOf('=');
  const at = equals < 0 ? text.indexOf('@') : equals;
  const name = at > 0 ? `${text.slice(0, at)}=` : '';
  const content = text.slice(at + 1);
  return name + encoded(equals < 0 && at >= 0 ? readContent(content, stdin).toString('latin1') : content);
}

function encoded(latin1: string): string {
  return latin1.replace(/[^A-Za-z0-9._~-]/gs, (char) =>
    char === ' ' ? '+' : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
