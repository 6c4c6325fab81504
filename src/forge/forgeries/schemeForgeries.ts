import type { Forgery } from '../../core/forgery.js';

/** Forgeries signed in another way, or with the signature in another place. */
export const schemeForgeries = [
  {
    name: 'unkeyed-hash',
    requires: 'nothing',
    title: 'a plain hash in place of the keyed one',
    change: { stage: 'scheme', unkeyed: true },
  },
  { name: 'sha1', requires: 'the secret', title: 'signed with HMAC-SHA1', change: { stage: 'scheme', hash: 'sha1' } },
  { name: 'md5', requires: 'the secret', title: 'signed with HMAC-MD5', change: { stage: 'scheme', hash: 'md5' } },
  {
    name: 'named-sha1',
    requires: 'the secret',
    title: 'signed with HMAC-SHA1, and the request names that algorithm',
    change: { stage: 'named algorithm', algorithm: 'sha1' },
  },
  {
    name: 'named-none',
    requires: 'nothing',
    title: 'without a signature, and the request says that it needs none',
    change: { stage: 'named algorithm', algorithm: 'none' },
  },
  {
    name: 'public-key-secret',
    requires: 'nothing',
    title: 'keyed with the public key, as if it were a shared secret',
    change: { stage: 'scheme', publicKey: true },
  },
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
    name: 'uncovered-body',
    requires: 'a delivery',
    title: 'a signature that does not cover the body',
    change: { stage: 'coverage', without: 'body' },
  },
  {
    name: 'uncovered-request',
    requires: 'a delivery',
    title: 'a signature that covers nothing of the request',
    change: { stage: 'coverage', without: 'everything' },
  },
  {
    name: 'stripped-digest',
    requires: 'a delivery',
    title: 'without the digest that is signed, the body changed',
    change: { stage: 'digest', is: 'missing' },
  },
  {
    name: 'only-weaker',
    requires: 'the secret',
    title: 'the stronger of two signatures left out',
    change: { stage: 'one of several headers', keep: 'weaker', falsify: null },
  },
  {
    name: 'only-weaker-false',
    requires: 'nothing',
    title: 'the stronger of two signatures left out, the weaker one false',
    change: { stage: 'one of several headers', keep: 'weaker', falsify: 'weaker' },
  },
  {
    name: 'only-stronger-false',
    requires: 'nothing',
    title: 'the weaker of two signatures left out, the stronger one false',
    change: { stage: 'one of several headers', keep: 'stronger', falsify: 'stronger' },
  },
  {
    name: 'stronger-false',
    requires: 'the secret',
    title: 'the stronger of two signatures false, the weaker one true',
    change: { stage: 'one of several headers', keep: 'both', falsify: 'stronger' },
  },
] as const satisfies readonly Forgery[];
