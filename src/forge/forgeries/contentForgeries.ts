import type { Forgery } from '../../core/forgery.js';

/** Forgeries whose body or signature was changed, so that one does not fit the other. */
export const contentForgeries = [
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
    title: 'the body reserialised after signing: equal JSON, other bytes',
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
    name: 'tampered-signature-early',
    requires: 'nothing',
    title: 'a character in the second quarter of the signature changed',
    change: { stage: 'signature', by: { changedAt: 0.3 } },
  },
  {
    name: 'tampered-signature-middle',
    requires: 'nothing',
    title: 'a character in the middle of the signature changed',
    change: { stage: 'signature', by: { changedAt: 0.5 } },
  },
  {
    name: 'tampered-signature-late',
    requires: 'nothing',
    title: 'a character in the last quarter of the signature changed',
    change: { stage: 'signature', by: { changedAt: 0.8 } },
  },
  {
    name: 'permuted-signature',
    requires: 'nothing',
    title: 'two characters of the signature have changed places',
    change: { stage: 'signature', by: 'permuted' },
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
    name: 'wildcard-star',
    requires: 'nothing',
    title: 'a * in place of the signature',
    change: { stage: 'signature', by: { text: '*' } },
  },
  {
    name: 'wildcard-percent',
    requires: 'nothing',
    title: 'a % in place of the signature',
    change: { stage: 'signature', by: { text: '%' } },
  },
  {
    name: 'wildcard-underscore',
    requires: 'nothing',
    title: 'a _ in place of each character of the signature',
    change: { stage: 'signature', by: { repeated: '_' } },
  },
  {
    name: 'wildcard-pattern',
    requires: 'nothing',
    title: 'the pattern .* in place of the signature',
    change: { stage: 'signature', by: { text: '.*' } },
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
] as const satisfies readonly Forgery[];
