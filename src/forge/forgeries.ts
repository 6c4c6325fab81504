import type { Forgery } from '../core/forgery.js';

const list = [
  {
    name: 'no-signature',
    requires: 'nothing',
    title: 'without the signature header',
    change: { stage: 'header', is: 'missing' },
  },
  {
    name: 'empty-signature',
    requires: 'nothing',
    title: 'with an empty signature',
    change: { stage: 'header', is: 'empty' },
  },
  {
    name: 'wrong-secret',
    requires: 'nothing',
    title: 'signed with another secret',
    change: { stage: 'secret', with: 'another' },
  },
  {
    name: 'empty-secret',
    requires: 'nothing',
    title: 'signed with the empty secret',
    change: { stage: 'secret', with: { text: '' } },
  },
  {
    name: 'undefined-secret',
    requires: 'nothing',
    title: 'signed with the text "undefined"',
    change: { stage: 'secret', with: { text: 'undefined' } },
  },
  {
    name: 'null-secret',
    requires: 'nothing',
    title: 'signed with the text "null"',
    change: { stage: 'secret', with: { text: 'null' } },
  },
  {
    name: 'sample-secret',
    requires: 'nothing',
    title: "signed with webhook-sim's public sample secret",
    change: { stage: 'secret', with: 'sample' },
  },
  {
    name: 'tampered-body',
    requires: 'a delivery',
    title: 'one byte of the body changed after signing',
    change: { stage: 'body', by: 'changed byte' },
  },
  {
    name: 'appended-byte',
    requires: 'the secret',
    title: 'one byte appended to the body after signing',
    change: { stage: 'body', by: 'appended byte' },
  },
  {
    name: 'reserialised-body',
    requires: 'the secret',
    title: 'the body written anew after signing: equal JSON, other bytes',
    change: { stage: 'body', by: 'reserialised' },
  },
  {
    name: 'tampered-signature',
    requires: 'nothing',
    title: 'the first character of the signature changed',
    change: { stage: 'signature', by: 'changed character' },
  },
  {
    name: 'tampered-signature-end',
    requires: 'nothing',
    title: 'a character at the end of the signature changed',
    change: { stage: 'signature', by: 'changed last character' },
  },
  {
    name: 'wrong-case-signature',
    requires: 'the secret',
    title: 'letter case of the signature changed',
    change: { stage: 'signature', by: 'changed case' },
  },
  {
    name: 'truncated-signature',
    requires: 'nothing',
    title: 'the signature without its last character',
    change: { stage: 'signature', by: { keepCharacters: -1 } },
  },
  {
    name: 'truncated-to-8',
    requires: 'nothing',
    title: 'only the first 8 characters of the signature',
    change: { stage: 'signature', by: { keepCharacters: 8 } },
  },
  {
    name: 'truncated-to-1',
    requires: 'nothing',
    title: 'only the first character of the signature',
    change: { stage: 'signature', by: { keepCharacters: 1 } },
  },
  {
    name: 'signature-tail',
    requires: 'nothing',
    title: 'only the last 8 characters of the signature',
    change: { stage: 'signature', by: { keepLast: 8 } },
  },
  {
    name: 'longer-signature',
    requires: 'the secret',
    title: 'the signature with characters appended',
    change: { stage: 'signature', by: 'longer' },
  },
  {
    name: 'random-signature',
    requires: 'nothing',
    title: 'random characters in place of the signature',
    change: { stage: 'signature', by: 'random' },
  },
  {
    name: 'other-event-signature',
    requires: 'a delivery',
    title: 'the valid signature of another event',
    change: { stage: 'signedBytes', of: 'other event' },
  },
  {
    name: 'empty-body-signature',
    requires: 'a delivery',
    title: 'the valid signature of an empty body',
    change: { stage: 'signedBytes', of: 'empty body' },
  },
  {
    name: 'first-kib-signature',
    requires: 'a delivery',
    title: "the signature of the body's first KiB",
    change: { stage: 'signedBytes', of: 'first KiB' },
  },
  {
    name: 'unkeyed-hash',
    requires: 'nothing',
    title: 'a plain hash in place of the keyed one',
    change: { stage: 'scheme', unkeyed: true },
  },
  { name: 'sha1', requires: 'the secret', title: 'signed with HMAC-SHA1', change: { stage: 'scheme', hash: 'sha1' } },
  { name: 'md5', requires: 'the secret', title: 'signed with HMAC-MD5', change: { stage: 'scheme', hash: 'md5' } },
  {
    name: 'wrong-encoding',
    requires: 'the secret',
    title: 'hex in place of base64, or the reverse',
    change: { stage: 'scheme', otherEncoding: true },
  },
  {
    name: 'wrong-header',
    requires: 'the secret',
    title: 'the signature in a header of another name',
    change: { stage: 'header', is: 'renamed' },
  },
  {
    name: 'false-header-first',
    requires: 'the secret',
    title: 'two signature headers, the false one first',
    change: { stage: 'header', is: 'false one first' },
  },
  {
    name: 'false-header-last',
    requires: 'the secret',
    title: 'two signature headers, the false one last',
    change: { stage: 'header', is: 'false one last' },
  },
  {
    name: 'stale-timestamp',
    requires: 'a delivery',
    title: 'signed an hour ago',
    change: { stage: 'time', offsetSeconds: -3600, signed: true },
  },
  {
    name: 'future-timestamp',
    requires: 'the secret',
    title: 'signed an hour from now',
    change: { stage: 'time', offsetSeconds: 3600, signed: true },
  },
  {
    name: 'unsigned-timestamp',
    requires: 'a delivery',
    title: 'the timestamp changed after signing',
    change: { stage: 'time', offsetSeconds: 60, signed: false },
  },
] as const satisfies readonly Forgery[];

/** The name of a forgery. */
export type ForgeryName = (typeof list)[number]['name'];

/** All forgeries, in the order in which they are listed. A correct receiver refuses every one of them. */
export const forgeries: readonly Forgery[] = list;
