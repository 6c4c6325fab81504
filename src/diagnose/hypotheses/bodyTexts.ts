import { type BodyHypothesis, capturedOtherwise, hashRaw } from './bodyFacts.js';

/** What Windows-1252 has at 0x80 to 0x9f; not every Node's TextDecoder knows, and five places are empty. */
const windows =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

const asWindows1252 = (latin1: string) => latin1.replace(/[\x80-\x9f]/g, (char) => windows[char.charCodeAt(0) - 0x80]!);

/** The body decoded in one character set and encoded in another. */
export const bodyTexts: readonly BodyHypothesis[] = [
  {
    name: 'body-mojibake',
    title: 'the body read as {detail} and written as UTF-8 (é becomes Ã©)',
    change: {
      signature: capturedOtherwise('the sender or a proxy encoded it twice before signing.'),
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
      signature: capturedOtherwise(
        'your capture has it encoded twice (Ã© for é), or was converted to UTF-8 on the way.',
      ),
      computed: hashRaw("Your receiver encodes the text as Latin-1: update(text, 'latin1') or 'binary'."),
    },
    variants: ({ bytes, text, isUtf8 }) =>
      isUtf8 && text.length < bytes.length ? [{ value: Buffer.from(text, 'latin1') }] : [],
  },
  {
    name: 'body-non-ascii-removed',
    title: 'the body without its characters beyond ASCII',
    change: {
      signature: capturedOtherwise('characters beyond ASCII were lost before it was signed.'),
      computed: hashRaw("Your receiver drops what is not ASCII, as encode('ascii', 'ignore') does."),
    },
    variants: ({ bytes }) => [{ value: bytes.filter((byte) => byte < 0x80) }],
  },
  {
    name: 'body-question-marks',
    title: 'the body with ? in place of {detail} beyond ASCII',
    change: {
      signature: capturedOtherwise('characters beyond ASCII became "?" before it was signed.'),
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
      signature: capturedOtherwise('it was decoded in the wrong character set before it was signed.'),
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
    name: 'body-utf16',
    title: 'the body written as UTF-16 ({detail})',
    alone: true,
    change: {
      signature: capturedOtherwise('it was UTF-16 when it was signed.'),
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
