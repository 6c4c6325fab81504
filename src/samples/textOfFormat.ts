import type { FieldContext } from './fieldContext.js';
import { emailOf, personOf } from './sampleCast.js';
import { fieldMoment, writeMoment } from './sampleTimes.js';
import { type SampleWorld, textOfField, thingOfId } from './textValues.js';

type Write = (field: FieldContext, world: SampleWorld) => string;

const url: Write = (field, world) => {
  const text = textOfField(field, world);
  return /^https?:/.test(text) ? text : `https://example.com/${encodeURIComponent(field.name.replaceAll('_', '-'))}`;
};
const time =
  (like: string): Write =>
  (field, world) =>
    writeMoment(fieldMoment(field, world), like);

const formats: Readonly<Record<string, Write>> = {
  'date-time': time(''),
  datetime: time(''),
  'iso-date-time': time(''),
  date: time('2026-01-14'),
  time: time('09:30:00Z'),
  duration: () => 'PT15M',
  email: ({ owner, name, at }, { cast }) => emailOf(personOf(cast, name === 'email' ? owner : name, at)),
  hostname: () => 'shop.example.com',
  ipv4: () => '203.0.113.24',
  ipv6: () => '2001:db8::24',
  ip: () => '203.0.113.24',
  uri: url,
  url,
  'uri-template': (field, world) => `${url(field, world)}{/id}`,
  'uri-reference': url,
  iri: url,
  uuid: (field, { ids, ...world }) => ids.idOf(thingOfId(field, { ids, ...world }), { kind: 'uuid4' }),
  uuid4: (field, { ids, ...world }) => ids.idOf(thingOfId(field, { ids, ...world }), { kind: 'uuid4' }),
  ulid: (field, { ids, ...world }) => ids.idOf(thingOfId(field, { ids, ...world }), { kind: 'ulid' }),
  byte: ({ event }) => Buffer.from(`${event.subject} ${1040 + event.number}`).toString('base64'),
  'json-pointer': () => '/data/status',
  'relative-json-pointer': () => '0/status',
  regex: () => '^[a-z]+$',
  phone: (_, { cast }) => cast.phone,
  'country-code': (_, { cast }) => cast.country,
  currency: (_, { cast }) => cast.currency,
};

const others: Readonly<Record<string, string>> = {
  'idn-email': 'email',
  'idn-hostname': 'hostname',
  'iri-reference': 'uri',
  base64: 'byte',
  'phone-number': 'phone',
  e164: 'phone',
  'iso-4217': 'currency',
  'iso-3166': 'country-code',
};

/** Returns the text of a field by its format; null for an unknown format. */
export function textOfFormat(format: unknown, field: FieldContext, world: SampleWorld): string | null {
  if (typeof format !== 'string') return null;
  const name = format.toLowerCase();
  const key = others[name] ?? name;
  return Object.hasOwn(formats, key) ? formats[key]!(field, world) : null;
}
