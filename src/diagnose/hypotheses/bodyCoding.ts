import { attempt, type BodyHypothesis, captureAdvice, hashRaw, possibleVariants } from './bodyFacts.js';

const form = (text: string) => new URLSearchParams([['', text]]).toString().slice(1);

/** The body encoded or wrapped, and the reverse of each. */
export const bodyCoding: readonly BodyHypothesis[] = [
  {
    name: 'body-base64-decoded',
    title: 'the body decoded from Base64',
    change: {
      signature: captureAdvice(
        'it is Base64 of the body (AWS API Gateway and Lambda: isBase64Encoded). Decode it, then verify.',
      ),
      computed: hashRaw('Your receiver decodes the body from Base64 before it hashes it.'),
    },
    variants: ({ text }) =>
      /^[A-Za-z0-9+/_-]+=*$/.test(text.replace(/\s+/g, '')) ? [{ value: Buffer.from(text, 'base64') }] : [],
  },
  {
    name: 'body-base64',
    title: 'Base64 of the body',
    change: {
      signature: captureAdvice('Base64 of it was signed.'),
      computed: hashRaw(
        "Your receiver hashes Base64 of the body; with AWS Lambda: Buffer.from(event.body, 'base64') where event.isBase64Encoded.",
      ),
    },
    variants: ({ bytes }) => [{ value: Buffer.from(bytes.toString('base64')) }],
  },
  {
    name: 'body-json-string',
    title: 'the body as a JSON string, in quotes (JSON.stringify of the text)',
    change: {
      signature: captureAdvice('it was encoded twice before it was signed.'),
      computed: hashRaw('Your receiver calls JSON.stringify on a body that is text already.'),
    },
    variants: ({ text }) => [{ value: Buffer.from(JSON.stringify(text)) }],
  },
  {
    name: 'body-json-string-decoded',
    title: 'the text inside the JSON string that the body is',
    change: {
      signature: captureAdvice('it was encoded twice on the way. JSON.parse it once, then verify the text.'),
      computed: hashRaw('Your receiver calls JSON.parse on a body that is a JSON string and hashes the text in it.'),
    },
    variants: ({ plain }) => {
      const value = attempt(plain);
      return typeof value === 'string' ? [{ value: Buffer.from(value) }] : [];
    },
  },
  {
    name: 'body-form-decoded',
    title: 'the body decoded from form encoding ({detail})',
    change: {
      signature: captureAdvice('it is form-encoded, and the text in it was signed.'),
      computed: hashRaw('Your receiver decodes the form before it hashes it.'),
    },
    variants: ({ text }) =>
      /^[^\s{"]*[%=]/.test(text)
        ? possibleVariants([
            ...[...new URLSearchParams(text)]
              .slice(0, 10)
              .map(([name, value]) => [() => Buffer.from(value || name), 'one field'] as const),
            [() => Buffer.from(decodeURIComponent(text)), 'percent-decoded'],
          ])
        : [],
  },
  {
    name: 'body-form',
    title: 'the body form-encoded ({detail})',
    change: {
      signature: captureAdvice('it was a form when it was signed (Content-Type: application/x-www-form-urlencoded).'),
      computed: hashRaw('Your receiver parsed the body as a form (express.urlencoded, bodyParser) and hashes that.'),
    },
    variants: ({ text, plain }) =>
      possibleVariants([
        [() => Buffer.from(`payload=${form(text)}`), 'payload=…'],
        [() => Buffer.from(form(text)), '{%22…'],
        [() => Buffer.from(encodeURIComponent(text)), 'encodeURIComponent'],
        [() => Buffer.from(`${form(text)}=`), '{…}='],
        [() => Buffer.from(JSON.stringify({ [text]: '' })), '{"{…}":""}'],
        [() => Buffer.from(new URLSearchParams(plain() as Record<string, string>).toString()), 'its members as fields'],
      ]),
  },
  {
    name: 'body-buffer-json',
    title: 'JSON.stringify of the Buffer: {"type":"Buffer","data":[…]}',
    alone: true,
    change: {
      signature: captureAdvice('the sender signed JSON.stringify of a Buffer.'),
      computed: hashRaw('req.body is a Buffer already: hash it as it is, without JSON.stringify.'),
    },
    variants: ({ bytes }) =>
      bytes.length <= 1 << 18 ? [{ value: Buffer.from(JSON.stringify(Buffer.from(bytes))) }] : [],
  },
  {
    name: 'body-python-bytes',
    title: "the body as Python prints bytes: b'…'",
    alone: true,
    change: {
      signature: captureAdvice('the sender signed str(body) of a bytes object.'),
      computed: hashRaw("str(request.data) and f'{request.data}' give b'…': pass the bytes, or decode() them."),
    },
    variants: ({ bytes }) => [{ value: Buffer.from(pythonBytes(bytes)) }],
  },
];

function pythonBytes(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const names: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  const inner = text.replace(/[\\'\0-\x1f\x7f-\xff]/g, (char) => {
    if (char === "'") return quote === "'" ? "\\'" : char;
    return names[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `b${quote}${inner}${quote}`;
}
