import { type AdviceFacts, joinAdvice, languageNote } from '../adviceText.js';
import { proofKindOf, wholeSignature } from '../schemeAdvice.js';
import type { FindingRule } from './findingRule.js';
import { otherLengths, unsigned } from './proofGroups.js';

const anybody = 'Anybody who knows the address can send events that the provider never sent.';

const isHashed = (note: (facts: AdviceFacts) => string) => (facts: AdviceFacts) =>
  proofKindOf(facts.provider) === 'key pair' ? '' : note(facts);

/** Rules for accepted forgeries that show how signatures are compared. A rule precedes those that it takes the evidence from. */
export const comparisonRules: readonly FindingRule[] = [
  {
    name: 'rejection-answered-2xx',
    title: 'Forgeries are answered with 2xx, but not as what is genuine is',
    why: 'Whether that is a rejection cannot be seen from outside. A provider takes 2xx as success: with a wrong secret all events are lost without a trace.',
    fix: 'Answer 401 where the signature is wrong; or describe a rejection to the check: body:TEXT as what to expect, with a text that only rejections hold.',
    any: { ambiguous: ['must-reject'] },
    explains: { ambiguous: ['must-reject'] },
  },
  {
    name: 'no-verification',
    title: 'Everything is accepted: nothing is verified',
    why: anybody,
    fix: joinAdvice(
      'Verify {header} before anything else, and answer 401 where it is missing or wrong. Look for a check that is off in development, or an answer that is sent before the check.',
      languageNote({ javascript: 'A promise that is not awaited is always true; so may be !a === b.' }),
    ),
    all: { accepted: ['no-signature', 'random-signature', 'tampered-body'] },
    explains: { accepted: ['must-reject'] },
  },
  {
    name: 'header-presence-only',
    title: 'The signature has to be there, but any text will do',
    why: anybody,
    fix: joinAdvice('It is asked for and never verified.', wholeSignature),
    all: { accepted: ['random-signature', 'tampered-signature', 'truncated-to-1', 'tampered-body'] },
    explains: { accepted: ['must-reject'] },
  },
  {
    name: 'length-only-comparison',
    title: 'Any signature of the right length is accepted',
    why: anybody,
    fix: joinAdvice('Only the length is compared, or the result of the comparison is not used.', wholeSignature),
    all: { accepted: ['random-signature', 'tampered-signature'] },
    explains: { accepted: ['must-reject'] },
  },
  {
    name: 'errors-accepted',
    title: 'An error while verifying counts as verified',
    why: `${anybody} A signature of another length is enough.`,
    fix: joinAdvice(
      'What verifying throws is caught where the request may pass: answer 401 there.',
      isHashed(languageNote({ javascript: 'crypto.timingSafeEqual throws for another length.' })),
    ),
    all: { accepted: ['truncated-to-8', 'longer-signature', 'wrong-encoding'] },
    none: { accepted: ['random-signature'] },
    explains: { accepted: otherLengths },
  },
  {
    name: 'shorter-length-comparison',
    title: 'Only as many characters are compared as the shorter text has',
    why: `${anybody} A signature of one character is soon found by trying.`,
    fix: joinAdvice('A comparison that ends with the shorter of both is none.', wholeSignature),
    all: { accepted: ['truncated-to-1', 'truncated-to-8', 'suffixed-signature'] },
    explains: { accepted: [...otherLengths.filter((name) => name !== 'false-header-*'), 'false-header-last'] },
  },
  {
    name: 'first-characters-only',
    title: 'Only the first characters of the signature are compared',
    why: 'The fewer characters count, the sooner one finds them by trying.',
    fix: wholeSignature,
    all: { accepted: ['tampered-signature-end'] },
    any: { accepted: ['truncated-to-8', 'truncated-signature', 'longer-signature'] },
    explains: {
      accepted: [
        'tampered-signature-*',
        'permuted-signature',
        'truncated-*',
        'longer-signature',
        'suffixed-signature',
        'false-header-*',
        'known-id',
        'coming-id',
      ],
    },
  },
  {
    name: 'part-of-signature-accepted',
    title: 'Any part of the right signature is accepted',
    why: `${anybody} One character out of it is soon found, and the empty text is in every one.`,
    fix: joinAdvice(
      'A search for the received value in the expected one finds every part of it.',
      languageNote({
        javascript: 'No expected.includes(received).',
        python: 'No "received in expected".',
        ruby: 'No expected.include?(received).',
        go: 'No strings.Contains.',
        php: 'No str_contains or strpos.',
      }),
      wholeSignature,
    ),
    all: { accepted: ['truncated-to-8', 'signature-tail'] },
    explains: {
      accepted: [...unsigned, 'truncated-*', 'signature-tail', 'empty-signature', 'wrong-header', 'wildcard-*'],
    },
  },
  {
    name: 'prefix-comparison',
    title: 'The beginning of the right signature is enough',
    why: `${anybody} One character is soon found by trying.`,
    fix: joinAdvice('A comparison of only as many characters as came takes every beginning.', wholeSignature),
    any: { accepted: ['truncated-to-1', 'truncated-to-8', 'truncated-signature'] },
    explains: { accepted: [...unsigned, 'truncated-*', 'empty-signature', 'wrong-header'] },
  },
  {
    name: 'contains-comparison',
    title: 'The right signature may stand anywhere in the header',
    why: 'By itself no hole, but a check that looks for a text in another is a step from one.',
    fix: joinAdvice(
      'A search for the expected value in the received one accepts everything around it.',
      wholeSignature,
    ),
    all: { accepted: ['suffixed-signature', 'false-header-first', 'false-header-last'] },
    explains: { accepted: ['longer-signature', 'suffixed-signature', 'false-header-*'] },
  },
  {
    name: 'trailing-characters-accepted',
    title: 'Text after the signature is not looked at',
    why: 'By itself no hole, but what is not compared is not verified.',
    fix: joinAdvice('A comparison of the beginning of the received value accepts everything after it.', wholeSignature),
    any: { accepted: ['suffixed-signature', 'longer-signature'] },
    explains: { accepted: ['longer-signature', 'suffixed-signature', 'false-header-last'] },
  },
  {
    name: 'case-insensitive-comparison',
    title: 'The letter case of the signature is not looked at',
    why: 'Where both cases have a meaning, each letter that counts twice makes a false signature likelier.',
    fix: joinAdvice('Change the letter case of neither side.', wholeSignature),
    all: { accepted: ['wrong-case-signature'] },
    explains: { accepted: ['wrong-case-signature'] },
  },
];
