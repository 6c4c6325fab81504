import { unsignedNames } from '../cases/unsignedCases.js';

/** Deliveries without any signature. */
export const unsigned: readonly string[] = [...unsignedNames, 'named-none'];

/** Deliveries whose signature has another length than the true one, or is elsewhere. */
export const otherLengths: readonly string[] = [
  ...unsigned,
  'empty-signature',
  'truncated-*',
  'signature-tail',
  'longer-signature',
  'suffixed-signature',
  'wrong-encoding',
  'sha1',
  'md5',
  'named-sha1',
  'wildcard-*',
  'wrong-header',
  'false-header-*',
];
