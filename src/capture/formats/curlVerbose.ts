import { badCapture, contentLength } from '../capture.js';
import type { CaptureFormat, CaptureInput } from '../captureInput.js';
import { withNotes } from '../withNotes.js';
import { rawItems } from './rawHttp.js';

/** Reads the output of `curl -v`, whose lines of the request begin with `> `, and of `--trace` and `--trace-ascii`. */
export const readCurlVerbose: CaptureFormat = (input) => {
  const start = input.latin1.slice(0, 65_536);
  if (/^(?:[\d:.]+ )?=> Send header, \d+ bytes/m.test(start)) return traced(input);
  if (!/^> [A-Z]{3,20} \S+ HTTP\/\d/m.test(start)) return null;
  const requests = verboseRequests(input);
  return requests.flatMap(({ head, body }) => {
    const item = rawItems(
      Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]),
      input.source,
    )[0]!;
    const lacksBody = body.length === 0 && (contentLength(item.headers) ?? 0) > 0;
    if (!lacksBody) return [item];
    const read = () => {
      throw badCapture(
        input.source,
        `curl -v shows no body. Record it with curl --trace FILE, or give the body with ${input.nameOf('body')} and each header with ${input.nameOf('header')}.`,
      );
    };
    return [{ ...item, read }];
  });
};

/** The heads, each with the text after it that curl itself did not write. */
function verboseRequests({ latin1 }: CaptureInput): { head: string[]; body: Buffer }[] {
  const requests: { head: string[]; body: string[]; isOpen: boolean; isOver: boolean }[] = [];
  let last: (typeof requests)[number] | undefined;
  for (const line of latin1.split('\n')) {
    const sent = /^> ?(.*?)\r?$/.exec(line)?.[1];
    if (sent !== undefined && /^[A-Z]{3,20} \S+ HTTP\/\d/.test(sent) && !last?.isOpen) {
      last = { head: [sent], body: [], isOpen: true, isOver: false };
      requests.push(last);
    } else if (last && sent !== undefined && last.isOpen) {
      if (sent === '') last.isOpen = false;
      else last.head.push(sent);
    } else if (/^(?:[<*] |[<*]\r?$|[{}] \[\d+ bytes data\])/.test(line)) {
      if (last && /^< /.test(line)) last.isOver = true;
    } else if (last && !last.isOpen && !last.isOver) {
      last.body.push(line);
    }
  }
  // In a file of Windows each line ends with CRLF; curl itself writes it behind headers only.
  const isOfWindows = !/[^\r]\n/.test(latin1);
  return requests.map(({ head, body }) => {
    const text = bodyText(body);
    return { head, body: Buffer.from(isOfWindows ? text.replace(/\r$/, '') : text, 'latin1') };
  });
}

/** The last line end is the terminal's. */
function bodyText(lines: readonly string[]): string {
  return lines.join('\n').replace(/\r?\n$/, '');
}

/** A trace: each piece has a title with its length, and lines of an offset with bytes in hexadecimal digits, or characters. */
function traced(input: CaptureInput) {
  const pieces: { isHead: boolean; parts: Buffer[]; announced: number; size: number }[] = [];
  let current: (typeof pieces)[number] | null = null;
  let isText = false;
  for (const line of input.latin1.split('\n')) {
    const title = /^(?:[\d:.]+ )?(?:=>|<=|==) (?:(Send header|Send data)(?:, (\d+) bytes|\r?$))?/.exec(line);
    const data = /^([0-9a-f]{4,8}): (.*?)\r?$/.exec(line);
    if (title) {
      const [, what, announced] = title;
      current = what ? { isHead: what === 'Send header', parts: [], announced: Number(announced ?? 0), size: 0 } : null;
      if (current) pieces.push(current);
    } else if (current && data) {
      const hex = /^((?:[0-9a-f]{2} ){1,16})/.exec(`${data[2]} `)?.[1];
      const offset = Number.parseInt(data[1]!, 16);
      const isHex = hex !== undefined && offset % 16 === 0 && /^[0-9a-f ]{48}/.test(data[2]!.padEnd(48));
      if (isHex && !isText) add(current, Buffer.from(hex.replaceAll(' ', ''), 'hex'), offset);
      else {
        isText = true;
        add(current, Buffer.from(data[2]!, 'latin1'), offset);
      }
    }
  }
  return messages(pieces, isText, input);
}

function add(piece: { parts: Buffer[]; size: number }, bytes: Buffer, offset: number): void {
  // In text, the bytes between the end of a line and the next offset are a line end.
  const gap = offset - piece.size;
  if (gap > 0 && gap <= 2) piece.parts.push(Buffer.from(gap === 2 ? '\r\n' : '\n'));
  piece.parts.push(bytes);
  piece.size = offset + bytes.length;
}

function messages(
  pieces: readonly { isHead: boolean; parts: Buffer[]; announced: number; size: number }[],
  isText: boolean,
  { source }: CaptureInput,
) {
  const heads = pieces.flatMap(({ isHead }, at) => (isHead ? [at] : []));
  return heads.flatMap((at, i) => {
    const head = `${withoutLineEnds(Buffer.concat(pieces[at]!.parts).toString('latin1'))}\r\n\r\n`;
    const sent = pieces.slice(at + 1, heads[i + 1] ?? pieces.length);
    const body = Buffer.concat(
      sent.flatMap(({ parts, announced, size }) =>
        size <= announced ? parts : [Buffer.concat(parts).subarray(0, announced)],
      ),
    );
    const item = rawItems(Buffer.concat([Buffer.from(head, 'latin1'), body]), source)[0]!;
    const isLossy = isText && body.includes(46);
    const note = 'A trace as text shows some bytes as dots: take curl --trace where a signature does not fit.';
    return [isLossy ? withNotes(item, () => [note]) : item];
  });
}

function withoutLineEnds(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\r' || text[end - 1] === '\n') end--;
  return text.slice(0, end);
}
