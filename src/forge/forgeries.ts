import type { Forgery } from '../core/forgery.js';

const list = [
  { name: 'no-signature', title: 'without the signature header', change: { stage: 'header', is: 'missing' } },
  { name: 'empty-signature', title: 'with an empty signature', change: { stage: 'header', is: 'empty' } },
  { name: 'wrong-secret', title: 'signed with another secret', change: { stage: 'secret', with: 'another' } },
  { name: 'empty-secret', title: 'signed with the empty secret', change: { stage: 'secret', with: { text: '' } } },
  {
    name: 'undefined-secret',
    title: 'signed with the text "undefined"',
    change: { stage: 'secret', with: { text: 'undefined' } },
  },
  { name: 'null-secret', title: 'signed with the text "null"', change: { stage: 'secret', with: { text: 'null' } } },
  {
    name: 'sample-secret',
    title: "signed with webhook-sim's public sample secret",
    change: { stage: 'secret', with: 'sample' },
  },
  {
    name: 'tampered-body',
    title: 'one byte of the body changed after signing',
    change: { stage: 'body', by: 'changed byte' },
  },
  {
    name: 'appended-byte',
    title: 'one byte appended to the body after signing',
    change: { stage: 'body', by: 'appended byte' },
  },
  {
    name: 'reserialised-body',
    title: 'the body written anew after signing: equal JSON, other bytes',
    change: { stage: 'body', by: 'reserialised' },
  },
  {
    name: 'tampered-signature',
    title: 'the first character of the signature changed',
    change: { stage: 'signature', by: 'changed character' },
  },
  {
    name: 'tampered-signature-end',
    title: 'a character at the end of the signature changed',
    change: { stage: 'signature', by: 'changed last character' },
  },
  {
    name: 'wrong-case-signature',
    title: 'letter case of the signature changed',
    change: { stage: 'signature', by: 'changed case' },
  },
  {
    name: 'truncated-signature',
    title: 'the signature without its last character',
    change: { stage: 'signature', by: { keepCharacters: -1 } },
  },
  {
    name: 'truncated-to-8',
    title: 'only the first 8 characters of the signature',
    change: { stage: 'signature', by: { keepCharacters: 8 } },
  },
  {
    name: 'truncated-to-1',
    title: 'only the first character of the signature',
    change: { stage: 'signature', by: { keepCharacters: 1 } },
  },
  {
    name: 'signature-tail',
    title: 'only the last 8 characters of the signature',
    change: { stage: 'signature', by: { keepLast: 8 } },
  },
  {
    name: 'longer-signature',
    title: 'the signature with characters appended',
    change: { stage: 'signature', by: 'longer' },
  },
  {
    name: 'random-signature',
    title: 'random characters in place of the signature',
    change: { stage: 'signature', by: 'random' },
  },
  {
    name: 'other-event-signature',
    title: 'the valid signature of another event',
    change: { stage: 'signedBytes', of: 'other event' },
  },
  {
    name: 'empty-body-signature',
    title: 'the valid signature of an empty body',
    change: { stage: 'signedBytes', of: 'empty body' },
  },
  {
    name: 'first-kib-signature',
    title: "the signature of the body's first KiB",
    change: { stage: 'signedBytes', of: 'first KiB' },
  },
  { name: 'unkeyed-hash', title: 'a plain hash in place of the keyed one', change: { stage: 'scheme', unkeyed: true } },
  { name: 'sha1', title: 'signed with HMAC-SHA1', change: { stage: 'scheme', hash: 'sha1' } },
  { name: 'md5', title: 'signed with HMAC-MD5', change: { stage: 'scheme', hash: 'md5' } },
  {
    name: 'wrong-encoding',
    title: 'hex in place of base64, or the reverse',
    change: { stage: 'scheme', otherEncoding: true },
  },
  {
    name: 'wrong-header',
    title: 'the signature in a header of another name',
    change: { stage: 'header', is: 'renamed' },
  },
  {
    name: 'false-header-first',
    title: 'two signature headers, the false one first',
    change: { stage: 'header', is: 'false one first' },
  },
  {
    name: 'false-header-last',
    title: 'two signature headers, the false one last',
    change: { stage: 'header', is: 'false one last' },
  },
  {
    name: 'stale-timestamp',
    title: 'signed an hour ago',
    change: { stage: 'time', offsetSeconds: -3600, signed: true },
  },
  {
    name: 'future-timestamp',
    title: 'signed an hour from now',
    change: { stage: 'time', offsetSeconds: 3600, signed: true },
  },
  {
    name: 'unsigned-timestamp',
    title: 'the timestamp changed after signing',
    change: { stage: 'time', offsetSeconds: 60, signed: false },
  },
] as const satisfies readonly Forgery[];

/** The name of a forgery. */
export type ForgeryName = (typeof list)[number]['name'];

/** All forgeries, in the order in which they are listed. A correct receiver refuses every one of them. */
export const forgeries: readonly Forgery[] = list;
