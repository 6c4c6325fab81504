import type { CheckCase } from './case.js';

const parse = 'Catch what the parser says of a body that it can not read, and answer 400.';
const shape =
  'Check what was parsed (an object, with the members that you use) before you touch it; answer 400 or 2xx otherwise.';
const signed = 'A provider has bugs, too, and sends again what is answered with 5xx, for days.';

interface Survived {
  readonly sent: string;
  readonly fix: string;
  readonly why?: string;
}

const survive = (name: string, { sent, fix, why }: Survived, more: Partial<CheckCase>): CheckCase => ({
  name,
  class: 'must-not-break',
  sent,
  why: why ?? signed,
  fix,
  alone: true,
  ...more,
});

const method = (name: string): CheckCase =>
  survive(
    name.toLowerCase(),
    {
      sent: `the request as ${name}`,
      why: 'Scanners and link previews ask every address; 5xx raises alarms, and a hang binds a connection.',
      fix: "Answer 405 to every method but the provider's.",
    },
    {
      wire: { is: 'method', method: name },
      // HTTP has 501 for methods that a server does not know.
      fine: [501],
      ...(name !== 'PUT' && { body: { is: 'exactly', text: '' } }),
    },
  );

/** Another spelling of the signature; whether it is accepted shows how the receiver compares. Goes before the forgeries. */
export const respelledSignatureCase: CheckCase = survive(
  'respelled-signature',
  {
    sent: 'the signature in another spelling of the same bytes',
    why: 'Both answers are right; it shows whether text or decoded bytes are compared.',
    fix: 'Reject it or accept it, but do not crash.',
  },
  { wire: { is: 'respelled signature' } },
);

/** The plain event after all else. */
export const finalPlainCase: CheckCase = survive(
  'plain-again',
  {
    sent: 'the plain event, after all that',
    why: 'A receiver that one bad request brings down loses all events that follow.',
    fix: 'Catch what a request throws within that request; find in the log what the named case left behind.',
  },
  { expects: 'acceptance' },
);

/** Cases that a correct receiver survives, all validly signed. The one that kills most comes last. */
export const mustNotBreak: readonly CheckCase[] = [
  survive('malformed-json', { sent: 'half of a JSON text', fix: parse }, { body: { is: 'cut' } }),
  survive('empty-body', { sent: 'an empty body', fix: parse }, { body: { is: 'exactly', text: '' } }),
  survive('empty-object', { sent: 'the body {}', fix: shape }, { body: { is: 'exactly', text: '{}' } }),
  survive('array-body', { sent: 'the body []', fix: shape }, { body: { is: 'exactly', text: '[]' } }),
  survive('null-body', { sent: 'the body null', fix: shape }, { body: { is: 'exactly', text: 'null' } }),
  survive('text-body', { sent: 'the body "text"', fix: shape }, { body: { is: 'exactly', text: '"text"' } }),
  survive(
    'duplicate-keys',
    { sent: 'a key that is there twice', fix: 'Take either of them or answer 400.' },
    { body: { is: 'duplicate keys' } },
  ),
  survive(
    'huge-numbers',
    {
      sent: 'numbers that no type holds',
      fix: 'Check the range of numbers before you calculate with them or store them.',
    },
    {
      body: {
        is: 'members',
        json: '"webhooksimnumbers":[1e400,-1e400,123456789012345678901234567890,0.1234567890123456789012345678901234567890,-0]',
      },
    },
  ),
  survive(
    'null-character',
    {
      sent: 'text with \\u0000 and half of a surrogate pair',
      fix: 'Answer 400, or remove what your database does not take, such as \\u0000 in PostgreSQL.',
    },
    { body: { is: 'members', json: '"webhooksimtext":"a\\u0000b\\ud800c"' } },
  ),
  survive(
    'invalid-utf8',
    {
      sent: 'bytes that are not UTF-8',
      fix: 'Verify the bytes first; then decode them, and answer 400 where that fails.',
    },
    { body: { is: 'invalid UTF-8' } },
  ),
  survive(
    'wrong-content-type',
    { sent: 'Content-Type: text/plain', fix: 'Answer 415, or read the body whatever its type is called.' },
    { wire: { is: 'content type', value: 'text/plain' } },
  ),
  ...['GET', 'HEAD', 'PUT'].map(method),
  survive(
    'proto-key',
    {
      sent: 'the keys __proto__ and constructor',
      why: 'In JavaScript, code that merges objects may write them into the prototype of all objects that there are.',
      fix: 'Leave __proto__, constructor and prototype out where you copy or merge what was parsed.',
    },
    {
      body: {
        is: 'members',
        json: '"__proto__":{"webhooksimproto":"x"},"constructor":{"prototype":{"webhooksimproto":"x"}}',
      },
      thenPlain: true,
    },
  ),
  survive(
    'deep-nesting',
    {
      sent: 'arrays nested 20,000 deep',
      fix: 'Limit the depth of what is parsed, or catch what a parser or a recursion says of it.',
    },
    { body: { is: 'nested', levels: 20_000 }, thenPlain: true },
  ),
];
