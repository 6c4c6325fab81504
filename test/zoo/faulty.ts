import { someForgeries } from './correct.js';
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

/** Flags that make a slow receiver miss the time limit, whatever the provider's is. */
const impatient = { flags: ['--timeout', '2s'] };
const alone = { run: programs.alone };
/** Faults worth only a remark: exploiting them takes the secret, or genuine events get in despite them. */
const mild = { isRemark: true } as const;

/** Receivers with one known finding each. */
export const faulty: readonly Receiver[] = [
  ...from('./faulty/comparisons.mjs', [
    ['no-verification', 'scalev', 'no-verification', 'the signature is not looked at'],
    ['header-present-only', 'bharatcart', 'header-presence-only', 'any text in the header will do'],
    ['header-defined-only', 'webconnex', 'header-presence-only', 'any header will do, an empty one too'],
    ['verifies-if-present', 'covver', 'missing-header-accepted', 'a forger leaves the header out'],
    ['verifies-unless-empty', 'commercelayer', 'empty-signature-accepted', 'a forger leaves the header empty'],
    ['promise-not-awaited', 'scalev', 'no-verification', 'a promise is always true'],
    ['negation-first', 'webconnex', 'no-verification', 'the comparison is of a boolean and a text'],
    [
      'trusts-seen-signature',
      'scalev',
      'seen-signature-trusted',
      'a signature that was good once is good for every body',
    ],
    ['starts-with', 'bharatcart', 'prefix-comparison', 'an empty or short signature is a beginning of the right one'],
    ['starts-with-some', 'scalev', 'prefix-comparison', 'one character in 64 tries is a beginning of the right one'],
    [
      'received-starts-with',
      'webconnex',
      'trailing-characters-accepted',
      'what follows the signature is not looked at',
      mild,
    ],
    [
      'shorter-length',
      'covver',
      'shorter-length-comparison',
      'compares as far as the shorter one goes, which is nowhere for none',
    ],
    ['first-8-characters', 'commercelayer', 'first-characters-only', '48 bits in place of 256'],
    ['length-only', 'scalev', 'length-only-comparison', 'any text of that length will do'],
    ['lower-cases', 'scalev', 'case-insensitive-comparison', 'base64 without its letter case is another value', mild],
    [
      'expected-includes',
      'bharatcart',
      'part-of-signature-accepted',
      'any part of the right signature will do, the empty one first of all',
    ],
    ['received-includes', 'commercelayer', 'contains-comparison', 'the right signature may stand among others', mild],
    ['no-length-check', 'scalev', 'crash-on-bad-length', 'timingSafeEqual throws a RangeError for another length'],
    ['throws-on-missing-header', 'webconnex', 'crash-on-missing-header', 'undefined has no trim()'],
  ]),
  ...from('./faulty/schemes.mjs', [
    [
      'secret-undefined',
      'bharatcart',
      'undefined-secret-accepted',
      'a missing variable in a template is the text "undefined"',
    ],
    ['secret-null', 'scalev', 'null-secret-accepted', 'a null from the database is the text "null"'],
    ['secret-empty', 'webconnex', 'empty-secret-accepted', 'a missing variable with a default is the empty secret'],
    ['secret-sample-scalev', 'scalev', 'sample-secret-accepted', 'a secret that everyone can read was left in'],
    ['secret-sample-webconnex', 'webconnex', 'sample-secret-accepted', 'a secret that everyone can read was left in'],
    ['other-secret', 'covver', 'never-accepted', 'the line feed of a file came along with the secret'],
    ['sha1-too', 'bharatcart', 'weak-hash-accepted', 'an older algorithm is still accepted', mild],
    ['md5-too', 'scalev', 'weak-hash-accepted', 'a broken algorithm is still accepted', mild],
    ['unkeyed-too', 'webconnex', 'unkeyed-hash-accepted', 'a hash that everyone can compute'],
    ['both-encodings', 'scalev', 'wrong-encoding-accepted', 'no danger, but not what the provider sends', mild],
    ['hashes-first-kib', 'bharatcart', 'first-bytes-only', 'all after the first KiB is open to change'],
    ['hashes-data', 'scalev', 'never-accepted', 'no delivery of the provider ever fits'],
    ['hashes-nothing-too', 'covver', 'empty-body-signature-accepted', 'the signature of nothing is good for all'],
    ['hashes-latin1', 'bharatcart', 'wrong-charset-decoding', 'names beyond ASCII do not fit'],
    ['hashes-ascii', 'webconnex', 'wrong-charset-decoding', 'names beyond ASCII do not fit'],
    ['hashes-trimmed', 'scalev', 'trimmed-body', 'white space around the body is not signed', mild],
  ]),
  ...from('./faulty/headers.mjs', [
    ['any-header', 'scalev', 'any-header-accepted', 'the signature may stand anywhere', mild],
    [
      'any-signature-header',
      'commercelayer',
      'any-header-accepted',
      'headers whose names begin alike are taken too',
      mild,
    ],
    ['first-of-two', 'bharatcart', 'first-of-two-headers', 'the first of two signatures counts', mild],
    ['last-of-two', 'scalev', 'last-of-two-headers', 'the last of two signatures counts', mild],
    ['any-of-two', 'webconnex', 'any-of-two-headers', 'one of two signatures is enough', mild],
    [
      'case-sensitive-name',
      'covver',
      'case-sensitive-header-lookup',
      'a proxy that lower-cases header names breaks it',
    ],
  ]),
  ...from('./faulty/answers.mjs', [
    ['error-answers-200', 'scalev', 'rejection-answered-2xx', 'the error of a forgery is caught and told as success'],
    [
      'answers-before-verifying',
      'bharatcart',
      'no-verification',
      'what verification says comes too late for the answer',
    ],
    ['forgery-200-with-error', 'webconnex', 'rejection-answered-2xx', 'only the body of the answer tells of the error'],
    ['forgery-302', 'covver', 'forgeries-redirected', 'a log-in page is no rejection'],
    [
      'forgery-500',
      'commercelayer',
      'forgeries-answered-5xx',
      'each forgery is a fault of the server, and tried again',
    ],
    ['forgery-dropped', 'scalev', 'forgeries-dropped', 'each forgery is a network error, and tried again'],
  ]),
  ...from('./faulty/bodies.mjs', [
    [
      'restringifies',
      'bharatcart',
      'reserialised-body',
      'JSON.stringify writes other bytes than those that were signed',
      { also: ['crash-on-deep-nesting'] },
    ],
    ['hashes-data-of-parsed', 'scalev', 'never-accepted', 'no delivery of the provider ever fits'],
    ['limit-100-kib', 'scalev', 'body-limit', "Express's default limit", mild],
    ['limit-32-kib', 'webconnex', 'body-limit', 'an order with many lines does not fit'],
    ['needs-content-length', 'covver', 'no-chunked', 'a proxy that streams breaks it'],
    ['needs-exact-type', 'bharatcart', 'strict-content-type', 'a charset breaks it'],
    ['only-json-verified', 'scalev', 'unverified-content-type', 'what says that it is no JSON is not verified'],
    ['only-post-verified', 'webconnex', 'unverified-method', 'what is put and not posted is not verified'],
    ['text-of-chunks', 'scalev', 'chunks-decoded-apart', 'a character that two chunks share is lost'],
    ['first-chunk-only', 'webconnex', 'first-chunk-only', 'a body that comes in several parts is cut'],
    ['hangs-on-empty', 'commercelayer', 'hangs-on-empty-body', 'an empty body is never answered', impatient],
  ]),
  ...from('./faulty/events.mjs', [
    [
      'throws-on-malformed',
      'scalev',
      'crash-on-bad-json',
      'JSON.parse without a catch',
      { also: ['crash-on-empty-body'] },
    ],
    ['throws-on-null', 'bharatcart', 'crash-on-unknown-shape', 'null has no members'],
    ['throws-without-name', 'scalev', 'crash-on-unknown-shape', 'an event without a name is not expected'],
    ['throws-on-array', 'webconnex', 'crash-on-unknown-shape', 'an array is not expected'],
    ['throws-on-unknown-event', 'scalev', 'crash-on-unknown-event', 'there is no handler for it', mild],
    ['strict-schema', 'scalev', 'unknown-fields-rejected', 'a provider that adds a member breaks it'],
    ['unique-constraint', 'scalev', 'duplicate-crash', 'a delivery that comes again is an error of the database'],
    [
      'global-lock',
      'bharatcart',
      'falls-over-under-load',
      'deliveries that come together wait for each other',
      { flags: ['--timeout', '4s'] },
    ],
    ['few-at-once', 'commercelayer', 'falls-over-under-load', 'nine deliveries at once are too many'],
    ['few-at-once-429', 'commercelayer', 'rate-limited', 'nine deliveries at once meet a limit', mild],
    ['slow', 'webconnex', 'never-accepted', 'slower than the time limit', impatient],
    ['recursion-500', 'scalev', 'crash-on-deep-nesting', 'what is parsed can be too deep to be written'],
    ['dies-of-depth', 'bharatcart', 'receiver-died', 'an error after the answer takes the process down', alone],
    ['broken-by-depth', 'webconnex', 'broken-after-battery', 'one bad event, and none is handled any more'],
    ['prototype-pollution', 'scalev', 'prototype-pollution', 'merging __proto__ changes every object', alone],
  ]),
  ...from(
    './faulty/receiver.py',
    [
      ['first-header-only', 'scalev', 'first-of-two-headers', 'http.server tells the first of two headers', mild],
      ['in-operator', 'bharatcart', 'part-of-signature-accepted', 'any part of the right signature will do'],
      ['zip', 'webconnex', 'shorter-length-comparison', 'zip ends with the shorter one'],
      ['assert', 'scalev', 'no-verification', 'python -O leaves assertions out', { run: programs.optimisedPython }],
      ['json-dumps', 'bharatcart', 'reserialised-body', 'json.dumps writes other bytes than those that were signed'],
      ['empty-old-secret', 'covver', 'empty-secret-accepted', 'a missing variable with a default is the empty secret'],
      [
        'none-compared',
        'webconnex',
        'crash-on-missing-header',
        'a missing header is None, and comparing it a TypeError',
      ],
      ['no-chunked', 'scalev', 'no-chunked', 'a body without Content-Length is a TypeError'],
      [
        'decode-error',
        'commercelayer',
        'crash-on-invalid-utf8',
        'bytes that are not UTF-8 are an error that nobody catches',
      ],
      ['recursion', 'bharatcart', 'crash-on-deep-nesting', 'deep nesting is a RecursionError that nobody catches'],
    ],
    { run: programs.python },
  ),
  ...from(
    './faulty/receiver.rb',
    [
      ['start-with', 'webconnex', 'prefix-comparison', 'an empty or short signature is a beginning of the right one'],
      ['casecmp', 'scalev', 'case-insensitive-comparison', 'base64 without its letter case is another value', mild],
      ['rescues-all', 'bharatcart', 'errors-accepted', 'the error of verification is taken for success'],
      ['regexp', 'webconnex', 'part-of-signature-accepted', 'the header is a pattern that the forger writes'],
      ['nil-secret', 'scalev', 'empty-secret-accepted', 'a missing variable is the empty secret'],
      [
        'json-generate',
        'bharatcart',
        'reserialised-body',
        'JSON.generate writes other bytes than those that were signed',
      ],
      [
        'exact-header-name',
        'covver',
        'case-sensitive-header-lookup',
        'a proxy that lower-cases header names breaks it',
      ],
      [
        'one-at-a-time',
        'scalev',
        'falls-over-under-load',
        'deliveries that come together wait for each other',
        impatient,
      ],
    ],
    { run: programs.ruby },
  ),
  ...from('./correct/pace.mjs', [
    [
      'bans-and-accepts',
      'scalev',
      'undefined-secret-accepted',
      'bans for wrong signatures, and has a second secret that is not set',
      { also: ['locks-senders-out'], flags: someForgeries },
    ],
  ]),
  // The documented verifiers, as they are.
  ...from(
    '../recipes/bharatcart.mjs',
    [['as-documented', 'bharatcart', 'crash-on-bad-length', 'throws for a signature of another length and for none']],
    {
      run: programs.node,
      variable: 'WEBHOOK_SECRET',
      path: '/webhooks/bharatcart',
      also: ['crash-on-bad-json', 'crash-on-empty-body', 'crash-on-content-type', 'body-limit'],
    },
  ),
  ...from(
    '../recipes/covver.mjs',
    [['as-documented', 'covver', 'never-accepted', 'looks for a header name that Node.js lower-cased']],
    { run: programs.node, variable: 'CLIENT_SECRET' },
  ),
  ...from(
    '../recipes/commercelayer.mjs',
    [
      ['as-documented', 'commercelayer', 'reserialised-body', 'JSON.stringify writes 73.0 as 73'],
      [
        'as-documented',
        'commercelayer',
        'reserialised-body',
        'the same where it shows only in other encodings',
        { event: 'customers.create', also: ['crash-on-deep-nesting'] },
      ],
    ],
    { run: programs.node, variable: 'SHARED_SECRET' },
  ),
];
