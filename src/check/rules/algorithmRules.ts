import { joinAdvice, type LanguageNotes, languageNote } from '../adviceText.js';
import { wholeSignature } from '../schemeAdvice.js';
import type { FindingRule } from './findingRule.js';

const anybody = 'Anybody who knows the address can send events that the provider never sent.';
const fixed =
  'Name the algorithm of the provider ({scheme}) in your code, and take none from a header, a prefix or a token.';
const missing = (name: string, text: string, notes: LanguageNotes = {}): FindingRule => ({
  name: `${name}-accepted`,
  title: `What is signed with ${text} is accepted`,
  why: `${anybody} A secret that is not set becomes ${text}.`,
  fix: joinAdvice(
    languageNote(notes),
    'Read the secret once at start-up, and stop there where it is missing or empty.',
  ),
  all: { accepted: [name] },
  explains: { accepted: [name] },
});
const wildcards = ['wildcard-*'];

/** Rules for accepted forgeries that show that the request chooses the algorithm, or that the secret is missing. */
export const algorithmRules: readonly FindingRule[] = [
  missing('none-secret', 'the text "None"', { python: 'str(os.environ.get(…)) makes that of a missing variable.' }),
  missing('nil-secret', 'the text "<nil>"', { go: 'fmt.Sprint and %v make that of nil.' }),
  missing('object-secret', 'an object turned into text', {
    javascript: 'A template makes that of an object: take the member that holds the secret.',
  }),
  missing('blank-secret', 'a space'),
  missing('zero-secret', '32 zero bytes'),
  {
    name: 'wildcard-accepted',
    title: 'The signature that came is taken for a pattern',
    why: `${anybody} A pattern that fits everything fits the right signature.`,
    fix: joinAdvice(
      'Do not use the received value as a pattern, in SQL (LIKE), for files or as a regular expression.',
      wholeSignature,
    ),
    any: { accepted: wildcards },
    none: { accepted: ['random-signature'] },
    explains: { accepted: wildcards },
  },
  {
    name: 'algorithm-chosen-by-request',
    title: 'The request chooses how it is verified',
    why: `${anybody} They choose no algorithm at all.`,
    fix: fixed,
    any: { accepted: ['named-none', 'public-key-secret'] },
    explains: { accepted: ['named-none', 'named-sha1', 'public-key-secret', 'sha1', 'md5'] },
  },
  {
    name: 'weaker-algorithm-chosen',
    title: 'The request chooses a weaker algorithm',
    why: 'What a sender can choose, a forger chooses.',
    fix: fixed,
    all: { accepted: ['named-sha1'] },
    none: { accepted: ['sha1'] },
    explains: { accepted: ['named-sha1'] },
  },
  {
    name: 'coverage-chosen-by-request',
    title: 'The request chooses what its signature covers',
    why: 'A signature by the same key over something else, which covers less, makes any body genuine.',
    fix: 'Demand in your code what has to be covered (content-digest, method, address), and answer 401 where Signature-Input leaves any of it out.',
    any: { accepted: ['uncovered-body', 'uncovered-request'] },
    none: { accepted: ['random-signature', 'tampered-body'] },
    explains: { accepted: ['uncovered-body', 'uncovered-request'] },
  },
  {
    name: 'missing-digest-accepted',
    title: 'Without Content-Digest the body is not verified',
    why: 'Whoever saw a delivery leaves the digest out, and sends any body with its signature.',
    fix: 'Answer 401 where a header that Signature-Input names is missing, and compare Content-Digest with the body, always.',
    all: { accepted: ['stripped-digest'] },
    none: { accepted: ['random-signature', 'tampered-body'] },
    explains: { accepted: ['stripped-digest'] },
  },
  {
    name: 'one-signature-unverified',
    title: 'One of two signatures is enough, and it is not verified',
    why: `${anybody} They leave the other one out.`,
    fix: 'Verify the stronger of the signatures, always, and answer 401 where it is missing.',
    any: { accepted: ['only-weaker-false', 'only-stronger-false'] },
    none: { accepted: ['no-signature', 'random-signature'] },
    explains: {
      accepted: ['only-weaker*', 'only-stronger-false', 'stronger-false'],
    },
  },
  {
    name: 'weaker-signature-decides',
    title: 'The weaker of two signatures is enough',
    why: 'No hole as long as its algorithm holds; the provider sends the stronger one for the day on which it does not.',
    fix: 'Verify the stronger of the signatures, and that one always.',
    any: { accepted: ['only-weaker', 'stronger-false'] },
    explains: { accepted: ['only-weaker', 'stronger-false'] },
  },
  {
    name: 'missing-timestamp-accepted',
    title: 'Without a timestamp a delivery is accepted, however old',
    why: 'Whoever saw a delivery can send it again, whenever they like.',
    fix: 'Answer 401 where the time is missing, or is no number.',
    all: { accepted: ['missing-timestamp'] },
    explains: { accepted: ['missing-timestamp'] },
  },
  {
    name: 'other-unit-of-time-accepted',
    title: 'A timestamp in another unit than the documented one is accepted',
    why: 'Read in the documented unit, such a time is far away: what holds it never expires. Only the holder of the secret can sign it.',
    fix: 'Reject a time that is far ahead as well as one that is old: look at the distance from now in both directions.',
    any: { accepted: ['timestamp-in-*'] },
    none: { accepted: ['future-timestamp'] },
    explains: { accepted: ['timestamp-in-*'] },
  },
  {
    name: 'wide-freshness-window',
    title: 'A signed time may be older than it should',
    why: 'As long as it is accepted, a delivery that somebody saw can be sent again.',
    fix: 'Reject a signed time that is older than the provider advises, 5 minutes where it says nothing.',
    all: { excused: ['freshness-window'] },
    none: { accepted: ['stale-timestamp'] },
    explains: { excused: ['freshness-window'] },
  },
];
