import { ShellRefusal } from './shellCommand.js';

/** A piece of the data of a command, by the option that holds it: one character for each byte. */
export interface CurlData {
  readonly option: string;
  readonly text: string;
}

/** The body that curl makes of its data; `file` gives the content of what is named with `@`. Throws a ShellRefusal. */
export function curlBody(data: readonly CurlData[], file: (path: string) => Uint8Array | undefined): Uint8Array {
  const parts: Buffer[] = [];
  for (const { option, text } of data) {
    if (option === 'url-query') continue;
    const isFile = text.startsWith('@') && option !== 'data-raw';
    if (option === 'data-urlencode' && /^[^=]*@/.test(text))
      throw new ShellRefusal('its data is in a file. Write it into the command');
    let part = option === 'data-urlencode' ? Buffer.from(urlEncoded(text), 'latin1') : Buffer.from(text, 'latin1');
    if (isFile) {
      const content = file(text.slice(1));
      if (!content) {
        const path = text
          .slice(1)
          .replace(/[^ -~]/g, '?')
          .slice(0, 100);
        throw new ShellRefusal(
          `its data is in the file ${path}. Put the data into the command with --data-raw, or give --body ${path} and each header with -H instead`,
        );
      }
      const read = Buffer.from(content);
      part =
        option === 'data-binary' || option === 'json'
          ? read
          : Buffer.from(read.toString('latin1').replace(/[\r\n\0]/g, ''), 'latin1');
    }
    if (parts.length > 0 && option !== 'json') parts.push(Buffer.from('&'));
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** What `--data-urlencode` makes of `content`, `=content` and `name=content`. */
export function urlEncoded(text: string): string {
  const equals = text.indexOf('=');
  const name = equals > 0 ? text.slice(0, equals + 1) : '';
  const content = equals >= 0 ? text.slice(equals + 1) : text;
  const encoded = [...Buffer.from(content, 'latin1')]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      if (char === ' ') return '+';
      return /[A-Za-z0-9._~-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
  return name + encoded;
}
