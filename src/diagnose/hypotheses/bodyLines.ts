import type { Variant } from '../hypothesis.js';
import { type BodyHypothesis, captureAdvice, hashRaw } from './bodyFacts.js';

const bom = Buffer.from([0xef, 0xbb, 0xbf]);
/** Latin-1 text maps to bytes one to one, so that only the line ends change. */
const rewritten = (bytes: Buffer, pattern: RegExp, by: string): Variant<Uint8Array> => ({
  value: Buffer.from(bytes.toString('latin1').replace(pattern, by), 'latin1'),
});

/** By hand, for a pattern that is anchored at the end takes quadratic time on long white space. */
function trimmed(bytes: Buffer): Buffer {
  const isBlank = (byte: number | undefined) => byte === 0 || byte === 32 || (byte! >= 9 && byte! <= 13);
  let start = 0;
  let end = bytes.length;
  while (start < end && isBlank(bytes[start])) start++;
  while (end > start && isBlank(bytes[end - 1])) end--;
  return bytes.subarray(start, end);
}

/** White space, line ends and the byte order mark: what editors, shells and loggers change. */
export const bodyLines: readonly BodyHypothesis[] = [
  {
    name: 'body-newline-removed',
    title: 'the body without the newline at its end',
    change: {
      signature: captureAdvice(
        'the newline at its end was added after signing, as editors, echo and heredocs do (printf %s adds none).',
      ),
      computed: hashRaw('Your receiver cuts the newline off, as trim(), chomp and $(…) do.'),
    },
    variants: ({ bytes }) => (bytes.at(-1) === 10 ? [rewritten(bytes, /\r?\n$/, '')] : []),
  },
  {
    name: 'body-newline-added',
    title: 'the body with a newline ({detail}) at its end',
    change: {
      signature: captureAdvice('it ended in a newline that your capture lacks (trim(), chomp, $(…)).'),
      computed: hashRaw('Your receiver adds a newline, as echo, puts and println do.'),
    },
    variants: ({ bytes }) => [
      { value: Buffer.concat([bytes, Buffer.from('\n')]), detail: 'LF' },
      { value: Buffer.concat([bytes, Buffer.from('\r\n')]), detail: 'CRLF' },
    ],
  },
  {
    name: 'body-trimmed',
    title: 'the body without the white space at its ends',
    change: {
      signature: captureAdvice('the white space around it was added after signing.'),
      computed: hashRaw('Your receiver trims the body.'),
    },
    variants: ({ bytes }) => [{ value: trimmed(bytes) }],
  },
  {
    name: 'body-lf',
    title: 'the body with LF line ends in place of CRLF',
    change: {
      signature: captureAdvice('its line ends became CRLF on the way (git autocrlf, a Windows editor, FTP).'),
      computed: hashRaw('Your receiver reads the body as text and turns CRLF into LF.'),
    },
    variants: ({ bytes }) => [rewritten(bytes, /\r\n/g, '\n')],
  },
  {
    name: 'body-crlf',
    title: 'the body with CRLF line ends in place of LF',
    change: {
      signature: captureAdvice('its line ends became LF on the way (git autocrlf, an editor, dos2unix).'),
      computed: hashRaw('Your receiver turns LF into CRLF, as writing to a text stream on Windows does.'),
    },
    variants: ({ bytes }) => [rewritten(bytes, /\r?\n/g, '\r\n')],
  },
  {
    name: 'body-bom-removed',
    title: 'the body without the byte order mark at its start',
    change: {
      signature: captureAdvice('a byte order mark was put before it, as Windows editors and PowerShell do.'),
      computed: hashRaw('Your receiver decodes the body as UTF-8 with a byte order mark, which drops the mark.'),
    },
    variants: ({ bytes }) => (bytes.subarray(0, 3).equals(bom) ? [{ value: bytes.subarray(3) }] : []),
  },
  {
    name: 'body-bom-added',
    title: 'the body with a byte order mark before it',
    change: {
      signature: captureAdvice('it began with a byte order mark that your capture lacks.'),
      computed: hashRaw("Your receiver puts a byte order mark before the text ('utf-8-sig', Encoding.UTF8)."),
    },
    variants: ({ bytes }) => [{ value: Buffer.concat([bom, bytes]) }],
  },
];
