import type { CheckCase } from './case.js';

const KiB = 1024;
const anybody = 'Anybody who knows the address can send events that the provider never sent.';

const types =
  'Verify what comes on this route whatever its content type and encoding, or answer 415: a parser that reads only JSON leaves the check without a body.';
const methods = 'Answer 405 to every method but POST, or verify all of them.';
const sizes =
  'Verify before you look at the length of a body or at how it is sent: no size and no framing makes a request genuine.';
const events =
  'Verify before you look at the name of the event: no name (ping, test, one that you do not handle) makes a request genuine.';

interface Unsigned {
  readonly sent: string;
  readonly fix: string;
}

const unsigned = (name: string, { sent, fix }: Unsigned, more: Partial<CheckCase>): CheckCase => ({
  name,
  class: 'must-reject',
  sent: `without the signature header, ${sent}`,
  why: anybody,
  fix,
  forge: 'no-signature',
  requires: 'nothing',
  ...more,
});

/** In another place or form than the provider's, a page may be there that is for something else. */
const elsewhere = { likeGenuine: true, comparesEmpty: true } as const;

const method = (name: string): CheckCase =>
  unsigned(
    `unsigned-${name.toLowerCase()}`,
    { sent: `as ${name}`, fix: methods },
    { wire: { is: 'method', method: name }, fine: [501], failsLike: ['put', 'get'], ...elsewhere },
  );

/** Deliveries without a signature in forms of which some check may not think. */
export const unsignedForms: readonly CheckCase[] = [
  unsigned(
    'unsigned-text',
    { sent: 'as text/plain', fix: types },
    {
      wire: { is: 'content type', value: 'text/plain' },
      failsLike: ['wrong-content-type'],
      ...elsewhere,
    },
  ),
  unsigned(
    'unsigned-form',
    { sent: 'as the fields of a form', fix: types },
    { wire: { is: 'form' }, failsLike: ['wrong-content-type', 'malformed-json'], ...elsewhere },
  ),
  unsigned(
    'unsigned-untyped',
    { sent: 'without Content-Type', fix: types },
    {
      wire: { is: 'no content type' },
      failsLike: ['wrong-content-type'],
      ...elsewhere,
    },
  ),
  unsigned(
    'unsigned-gzip',
    { sent: 'compressed', fix: types },
    { wire: { is: 'gzip' }, failsLike: ['invalid-utf8', 'malformed-json'], ...elsewhere },
  ),
  unsigned('unsigned-chunked', { sent: 'in chunks', fix: sizes }, { framing: 'chunked', failsLike: ['chunked'] }),
  unsigned(
    'unsigned-101k',
    { sent: 'in a body of 101 KiB', fix: sizes },
    {
      body: { is: 'padded', toBytes: 101 * KiB },
      mayBeCutOff: true,
      failsLike: ['padded-64k', 'padded-256k', 'padded-1m'],
    },
  ),
  unsigned(
    'unsigned-1m',
    { sent: 'in a body of more than 1 MiB', fix: sizes },
    {
      body: { is: 'padded', toBytes: 1025 * KiB },
      mayBeCutOff: true,
      failsLike: ['padded-64k', 'padded-256k', 'padded-1m'],
    },
  ),
  ...['PUT', 'PATCH', 'DELETE'].map(method),
  unsigned(
    'unsigned-get',
    { sent: 'as GET with a query', fix: methods },
    { wire: { is: 'query' }, fine: [501], failsLike: ['get', 'empty-body'], ...elsewhere },
  ),
];

const false_ = 'with a false signature';

/** Forgeries of an event: without a signature, and with a false one. */
function forgedEvent(event: string, sent: string, body: CheckCase['body'] & object): CheckCase[] {
  return [
    unsigned(`unsigned-${event}`, { sent, fix: events }, { body }),
    {
      ...unsigned(`forged-${event}`, { sent, fix: events }, { body, forge: 'random-signature' }),
      sent: `${false_}, ${sent}`,
    },
  ];
}

/** Forgeries of one event of the provider more. */
export function forgedEventCases(event: string): CheckCase[] {
  return forgedEvent(`event:${event}`, 'as this event', { is: 'another event', event });
}

/** Forgeries of other events than the usual one, for receivers that verify only that. */
export const forgedEvents: readonly CheckCase[] = [
  ...forgedEvent('other-event', 'as another event of the provider', { is: 'any other event' }),
  ...forgedEvent('unknown-event', 'as an event of an unknown name', { is: 'unknown event' }),
  unsigned('unsigned-ping', { sent: 'as the event ping', fix: events }, { body: { is: 'named event', event: 'ping' } }),
  unsigned('unsigned-test', { sent: 'as the event test', fix: events }, { body: { is: 'named event', event: 'test' } }),
  {
    name: 'foreign-event',
    class: 'must-reject',
    sent: 'a delivery of another provider',
    why: anybody,
    fix: 'Verify every request on this route, or answer 4xx to what is not from this provider; give other providers their own route.',
    requires: 'nothing',
    isForeign: true,
    ...elsewhere,
  },
];

/** The names of all deliveries without any signature, for the rules that explain them. */
export const unsignedNames: readonly string[] = [
  'no-signature',
  'no-signature-object',
  ...[...unsignedForms, ...forgedEvents].filter(({ forge }) => forge === 'no-signature').map(({ name }) => name),
  'unsigned-event:*',
  'foreign-event',
  'signature-in-query',
  'signature-in-body',
  'signature-in-header',
];
