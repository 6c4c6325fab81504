import type { ProviderName } from './facts.js';
import { programs } from './programs.js';
import type { Receiver } from './zoo.js';

type Row = readonly [form: string, provider: ProviderName, finding: string, why: string, more?: Partial<Receiver>];

const from = (file: string, rows: readonly Row[], common: Partial<Receiver> = {}): Receiver[] =>
  rows.map(([form, provider, finding, why, more]) => ({
    file,
    form,
    provider,
    why,
    correct: false,
    finding,
    ...common,
    ...more,
  }));

/** Receivers that verify the usual delivery well, and have one hole beside it. */
export const holes: readonly Receiver[] = [
  ...from('./faulty/holes.mjs', [
    ['tells-expected', 'scalev', 'secret-in-answer', 'the right signature is in the rejection'],
    ['tells-expected-hex', 'covver', 'secret-in-answer', 'in other characters than on the wire'],
    ['tells-expected-header', 'webconnex', 'secret-in-answer', 'in a header of the rejection'],
    ['tells-secret', 'scalev', 'secret-in-answer', 'the secret itself, in base64'],
    ['only-default-event', 'scalev', 'events-unverified', 'all others are let through'],
    ['only-known-events', 'scalev', 'unknown-events-unverified', 'what has no handler is not verified'],
    ['skips-ping', 'scalev', 'test-events-unverified', 'a ping is let through, on purpose'],
    ['ids-first', 'scalev', 'id-before-signature', 'what is known is answered before it is verified'],
    ['remembers-first', 'scalev', 'id-before-signature', 'a forger uses up the id of a genuine event'],
    ['shared-verdict', 'bharatcart', 'verdict-shared', 'one variable for all requests'],
    ['only-patch-unverified', 'scalev', 'unverified-method', 'PATCH is let through'],
    ['query-unverified', 'webconnex', 'unverified-method', 'GET takes the event from the query'],
    ['untyped-unverified', 'scalev', 'unverified-content-type', 'without Content-Type nothing is verified'],
    ['gzip-unverified', 'bharatcart', 'unverified-content-type', 'what is compressed is not verified'],
    ['large-unverified', 'scalev', 'size-decides', 'what is large is streamed past the check'],
    ['both-ends', 'bharatcart', 'signature-compared-in-part', 'the middle is not compared'],
    ['exclusive-or', 'webconnex', 'signature-compared-in-part', 'differences cancel each other out'],
    ['object-secret', 'scalev', 'object-secret-accepted', 'an object in a template'],
    ['blank-secret', 'scalev', 'blank-secret-accepted', 'a line of .env with a space'],
    ['algorithm-header', 'webconnex', 'algorithm-chosen-by-request', 'none is an algorithm, too'],
  ]),
  ...from(
    './faulty/holes.py',
    [
      ['none-secret', 'bharatcart', 'none-secret-accepted', 'a missing variable is the text "None"'],
      ['fnmatch', 'webconnex', 'wildcard-accepted', 'the header is a pattern of the shell'],
      ['sorted', 'scalev', 'signature-compared-in-part', 'the order of the characters does not count'],
      ['skips-test', 'scalev', 'test-events-unverified', 'a test event is let through'],
      ['skips-foreign', 'scalev', 'foreign-events-accepted', 'what is not of this provider is let through'],
      ['chunked-unverified', 'scalev', 'size-decides', 'without Content-Length nothing is verified'],
    ],
    // http.server tells the first of two headers.
    { run: programs.python, also: ['first-of-two-headers'] },
  ),
  ...from(
    './faulty/holes.php',
    [
      ['fnmatch', 'bharatcart', 'wildcard-accepted', 'the header is a pattern of the shell'],
      ['like', 'webconnex', 'wildcard-accepted', 'the header is a pattern of SQL'],
      ['chosen-algorithm', 'bharatcart', 'algorithm-chosen-by-request', 'an unknown algorithm lets all pass'],
    ],
    { run: programs.phpScript },
  ),
  ...from(
    './faulty/holes.go',
    [
      ['nil-secret', 'scalev', 'nil-secret-accepted', 'nil is the text "<nil>"'],
      ['skips-chunked', 'webconnex', 'size-decides', 'a length of -1 is not more than 0'],
    ],
    { run: programs.go },
  ),
];
