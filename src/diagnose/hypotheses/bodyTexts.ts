import { type BodyHypothesis, captureAdvice, hashRaw } from './bodyFacts.js';

/** The characters of Windows-1252 at 0x80 to 0x9f; not every Node's TextDecoder knows them, and five places are empty. */
const windows =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

const asWindows1252 = (latin1: string) => latin1.replace(/[\x80-\x9f]/g, (char) => windows[char.charCodeAt(0) - 0x80]!);

/** UTF-8 of each UTF-16 unit, as CESU-8 and Java's DataOutputStream have it: three bytes for each half of a pair. */
function toCesu8(text: string): Buffer {
  const parts = text
    .split(/([\u{10000}-\u{10ffff}]+)/u)
    .map((part, at) => (at % 2 === 0 ? Buffer.from(part) : units(part)));
  return Buffer.concat(parts);
}

function units(pairs: string): Buffer {
  const bytes = Buffer.alloc(pairs.length * 3);
  for (let at = 0; at < pairs.length; at++) {
    const code = pairs.charCodeAt(at);
    bytes.set([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)], at * 3);
  }
  return bytes;
}

/** Its reverse; by Latin-1, in which a byte is a character. */
function fromCesu8(bytes: Buffer): Buffer {
  const pair = /\xed([\xa0-\xaf])([\x80-\xbf])\xed([\xb0-\xbf])([\x80-\xbf])/g;
  const joined = bytes.toString('latin1').replace(pair, (_, ...halves: string[]) => {
    const [a, b, c, d] = halves.slice(0, 4).map((half) => half.charCodeAt(0) & 0x3f) as [
      number,
      number,
      number,
      number,
    ];
    const code = 0x10000 + ((((a & 0x0f) << 6) | b) << 10) + (((c & 0x0f) << 6) | d);
    return Buffer.from(String.fromCodePoint(code)).toString('latin1');
  });
  return Buffer.from(joined, 'latin1');
}

/** Texts of more than this are not brought to another form of Unicode. */
const maxNormalized = 4 << 20;

/** The body decoded in one character set and encoded in another. */
export const bodyTexts: readonly BodyHypothesis[] = [
  {
    name: 'body-mojibake',
    title: 'the body read as {detail} and written as UTF-8 (é becomes Ã©)',
    change: {
      signature: captureAdvice('the sender or a proxy encoded it twice before signing.'),
      computed: hashRaw("Your receiver decodes the body as {detail} ('latin1', 'binary', ISO-8859-1)."),
    },
    variants: ({ bytes }) => [
      { value: Buffer.from(bytes.toString('latin1')), detail: 'Latin-1' },
      { value: Buffer.from(asWindows1252(bytes.toString('latin1'))), detail: 'Windows-1252' },
    ],
  },
  {
    name: 'body-latin1',
    title: 'the body written as Latin-1 in place of UTF-8',
    change: {
      signature: captureAdvice('your capture has it encoded twice (Ã© for é), or was converted to UTF-8 on the way.'),
      computed: hashRaw("Your receiver encodes the text as Latin-1: update(text, 'latin1') or 'binary'."),
    },
    variants: ({ bytes, text, isUtf8 }) =>
      isUtf8 && text.length < bytes.length ? [{ value: Buffer.from(text, 'latin1') }] : [],
  },
  {
    name: 'body-non-ascii-removed',
    title: 'the body without its characters beyond ASCII',
    change: {
      signature: captureAdvice('characters beyond ASCII were lost before it was signed.'),
      computed: hashRaw("Your receiver drops what is not ASCII, as encode('ascii', 'ignore') does."),
    },
    variants: ({ bytes }) => [{ value: bytes.filter((byte) => byte < 0x80) }],
  },
  {
    name: 'body-question-marks',
    title: 'the body with ? in place of {detail} beyond ASCII',
    change: {
      signature: captureAdvice('characters beyond ASCII became "?" before it was signed.'),
      computed: hashRaw("Your receiver writes ? for what is not ASCII, as encode('ascii', 'replace') and US-ASCII do."),
    },
    variants: ({ bytes, text }) => [
      { value: Buffer.from(text.replace(/[^\0-\x7f]/gu, '?')), detail: 'each character' },
      { value: Buffer.from(text.replace(/[^\0-\x7f]/g, '?')), detail: 'each UTF-16 unit' },
      { value: bytes.map((byte) => (byte < 0x80 ? byte : 0x3f)), detail: 'each byte' },
    ],
  },
  {
    name: 'body-replacement-characters',
    title: 'the body with U+FFFD in place of {detail}',
    change: {
      signature: captureAdvice('it was decoded in the wrong character set before it was signed.'),
      computed: hashRaw(
        'Your receiver decodes bytes that are not of its character set; U+FFFD stands for what was lost.',
      ),
    },
    variants: ({ bytes, text }) => [
      { value: Buffer.from(text), detail: 'what is not UTF-8' },
      {
        value: Buffer.from(bytes.toString('latin1').replace(/[^\0-\x7f]/g, '\ufffd')),
        detail: 'each byte beyond ASCII',
      },
      { value: Buffer.from(text.replace(/[^\0-\x7f]/gu, '\ufffd')), detail: 'each character beyond ASCII' },
    ],
  },
  {
    name: 'body-unicode-form',
    title: 'the body in another form of Unicode ({detail})',
    alone: true,
    change: {
      signature: captureAdvice('its characters were composed or decomposed on the way ({detail} was signed).'),
      computed: hashRaw("Your receiver normalizes the text ({detail}), as normalize('NFC') and some databases do."),
    },
    variants: ({ text, isUtf8, bytes }) =>
      isUtf8 && bytes.length <= maxNormalized && text.length < bytes.length
        ? (['NFC', 'NFD', 'NFKC', 'NFKD'] as const).map((form) => ({
            value: Buffer.from(text.normalize(form)),
            detail: form,
          }))
        : [],
  },
  {
    name: 'body-cesu8',
    title: 'the body in {detail}',
    alone: true,
    change: {
      signature: captureAdvice('characters beyond 16 bits, such as emoji, are written otherwise in what was signed.'),
      computed: hashRaw(
        'Your receiver writes emoji as two halves of three bytes, as CESU-8 and DataOutputStream.writeUTF do.',
      ),
    },
    variants: ({ text, isUtf8, bytes }) => [
      ...(isUtf8 && /[\u{10000}-\u{10ffff}]/u.test(text) ? [{ value: toCesu8(text), detail: 'CESU-8' }] : []),
      ...(isUtf8 ? [] : [{ value: fromCesu8(bytes), detail: 'UTF-8 in place of CESU-8' }]),
    ],
  },
  {
    name: 'body-utf16',
    title: 'the body written as UTF-16 ({detail})',
    alone: true,
    change: {
      signature: captureAdvice('it was UTF-16 when it was signed.'),
      computed: hashRaw(
        "Your receiver encodes the text as UTF-16, as Encoding.Unicode and update(text, 'utf16le') do.",
      ),
    },
    variants: ({ text }) => {
      const little = Buffer.from(text, 'utf16le');
      return [
        { value: little, detail: 'little-endian' },
        { value: Buffer.from(little).swap16(), detail: 'big-endian' },
      ];
    },
  },
];
