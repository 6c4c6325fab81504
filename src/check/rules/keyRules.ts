import { joinAdvice, type LanguageNotes, languageNote } from '../adviceText.js';
import { proofKindOf } from '../schemeAdvice.js';
import type { FindingRule } from './findingRule.js';

const anybody = 'Anybody who knows the address can send events that the provider never sent.';
const required =
  'Read the secret once at start-up and stop there where it is missing or empty; verify with secrets that are set, never with a default.';
const equivalents = (text: string, notes: LanguageNotes) =>
  joinAdvice(`A secret that is not set became ${text}.`, languageNote(notes), required);

/** Rules for accepted forgeries that show which keys, and which times, are accepted. */
export const keyRules: readonly FindingRule[] = [
  {
    name: 'sample-secret-accepted',
    title: 'What is signed with the public sample secret is accepted',
    why: `${anybody} The sample secret is printed in the documents of webhook-sim.`,
    fix: 'Remove the sample secret from what is deployed.',
    all: { accepted: ['sample-secret'] },
    explains: { accepted: ['sample-secret'] },
  },
  {
    name: 'empty-secret-accepted',
    title: 'What is signed with the empty secret is accepted',
    why: `${anybody} They sign with ''.`,
    fix: equivalents('the empty text', {
      javascript: "A default such as ?? '' makes that of it.",
      python: "os.environ.get(name, '') makes that of it.",
      go: 'os.Getenv makes that of it.',
    }),
    all: { accepted: ['empty-secret'] },
    explains: { accepted: ['empty-secret'] },
  },
  {
    name: 'undefined-secret-accepted',
    title: 'What is signed with the text "undefined" is accepted',
    why: `${anybody} They sign with "undefined".`,
    fix: equivalents('the text "undefined"', { javascript: 'String(value) and templates make that of it.' }),
    all: { accepted: ['undefined-secret'] },
    explains: { accepted: ['undefined-secret'] },
  },
  {
    name: 'null-secret-accepted',
    title: 'What is signed with the text "null" is accepted',
    why: `${anybody} They sign with "null".`,
    fix: equivalents('the text "null"', {
      javascript: 'String(value) and templates make that of null.',
      java: 'String.valueOf and + make that of null.',
    }),
    all: { accepted: ['null-secret'] },
    explains: { accepted: ['null-secret'] },
  },
  {
    name: 'wrong-secret-accepted',
    title: 'What is signed with another secret is accepted',
    why: anybody,
    fix: ({ provider }) =>
      proofKindOf(provider) === 'key pair'
        ? `Verify with the public key of ${provider.title} that you keep, and with no key that a request brings or names.`
        : 'What is verified does not come from the secret: verify with the secret of this provider and with no other.',
    all: { accepted: ['wrong-secret'] },
    explains: { accepted: ['wrong-secret', 'foreign-certificate'] },
  },
  {
    name: 'foreign-key-fetched',
    title: 'The key is fetched from wherever a request says',
    why: `${anybody} They sign with a key of their own and name its address; and the receiver sends requests for them, also into your own network.`,
    fix: "Parse the URL before anything is fetched: https, the provider's own host (the whole name, or its end behind a dot), no user name. Answer 401 to all others.",
    any: { accepted: ['foreign-certificate'], fetched: ['foreign-certificate'] },
    explains: { accepted: ['foreign-certificate'], fetched: ['foreign-certificate'] },
  },
  {
    name: 'unkeyed-hash-accepted',
    title: 'A plain hash of the body is accepted',
    why: `${anybody} A hash without a secret is made by everybody.`,
    fix: 'Accept only what the provider documents ({scheme}), and nothing else.',
    all: { accepted: ['unkeyed-hash'] },
    explains: { accepted: ['unkeyed-hash'] },
  },
  {
    name: 'weak-hash-accepted',
    title: 'Weaker algorithms than the documented one are accepted',
    why: 'What a sender can choose, a forger chooses.',
    fix: 'Name the algorithm of the provider ({scheme}) in your code, and take none from a header or a list.',
    any: { accepted: ['sha1', 'md5'] },
    explains: { accepted: ['sha1', 'md5', 'named-sha1'] },
  },
  {
    name: 'wrong-encoding-accepted',
    title: 'The signature is accepted in another encoding, too',
    why: 'No hole by itself, but each way more is one more to keep right.',
    fix: 'Accept the encoding that the provider documents ({scheme}), and no other.',
    all: { accepted: ['wrong-encoding'] },
    explains: { accepted: ['wrong-encoding'] },
  },
  {
    name: 'unsigned-timestamp-accepted',
    title: 'The time that counts is not the one that was signed',
    why: 'An old delivery can be sent again with a new time.',
    fix: 'Put the time from the header into what is verified.',
    all: { accepted: ['unsigned-timestamp'] },
    explains: { accepted: ['unsigned-timestamp'] },
  },
  {
    name: 'stale-timestamp-accepted',
    title: 'Deliveries from long ago are accepted',
    why: 'Whoever saw a delivery can send it again, whenever they like.',
    fix: 'Reject a signed time that is more than five minutes ago.',
    all: { accepted: ['stale-timestamp'] },
    explains: { accepted: ['stale-timestamp'], excused: ['freshness-window'] },
  },
  {
    name: 'future-timestamp-accepted',
    title: 'Deliveries from the future are accepted',
    why: 'A time far ahead makes a delivery valid for as long.',
    fix: 'Reject a signed time that is more than five minutes ahead, as one that is long ago.',
    all: { accepted: ['future-timestamp'] },
    explains: { accepted: ['future-timestamp', 'timestamp-in-*'] },
  },
];
