import { type AdviceFacts, joinAdvice, languageNote } from '../adviceText.js';
import { describeFailure, failedStatuses, failureImpact, gatewayAdvice } from '../describeFailure.js';
import { proofKindOf } from '../schemeAdvice.js';
import type { FindingEvidence, FindingRule } from './findingRule.js';
import { otherLengths, unsigned } from './proofGroups.js';

const respelledOrOther = [...otherLengths, 'respelled-signature'];

const why =
  (more = '') =>
  ({ explained }: FindingEvidence) =>
    `${failureImpact(explained)} ${more}`.trimEnd();
const title =
  (subject: string, as: 'one' | 'many' = 'one') =>
  ({ explained }: FindingEvidence) =>
    describeFailure(subject, explained, as);
/** Prefers advice on a proxy's answer, which says nothing about the program. */
const unlessProxy = (fix: string | ((facts: AdviceFacts) => string)) => (evidence: FindingEvidence) =>
  gatewayAdvice(failedStatuses(evidence.explained)) ?? joinAdvice(fix)(evidence);
const caught = 'Catch errors while verifying, and answer 401 where the signature is wrong.';
/** Advice where another length fails: the receiver compares two computed texts. */
const compared = ({ provider, language }: AdviceFacts) =>
  proofKindOf(provider) === 'hash' || proofKindOf(provider) === 'secret'
    ? languageNote({
        javascript: 'crypto.timingSafeEqual throws for Buffers of different length: compare the lengths first.',
        ruby: 'OpenSSL.fixed_length_secure_compare raises for texts of different length: use OpenSSL.secure_compare.',
      })({ provider, language })
    : '';

/** Forgeries that were not accepted, but not rejected with 4xx either. */
export const rejectionRules: readonly FindingRule[] = [
  {
    name: 'forgeries-answered-5xx',
    title: title('Forgeries', 'many'),
    why: why('All of them were rejected; 401 says so.'),
    fix: unlessProxy(caught),
    most: 'crashed',
    all: { crashed: ['random-signature'] },
    explains: { crashed: ['must-reject', 'respelled-signature'] },
  },
  {
    name: 'forgeries-dropped',
    title: 'Forgeries get no answer: the connection is closed',
    why: why(),
    fix: joinAdvice(`${caught} Do not close the connection instead.`, languageNote({ python: 'assert raises, too.' })),
    most: 'dropped',
    all: { dropped: ['random-signature'] },
    explains: { dropped: ['must-reject', 'respelled-signature'] },
  },
  {
    name: 'forgeries-hang',
    title: 'Forgeries are never answered',
    why: why('Each forgery keeps a connection open, until there are none left.'),
    fix: joinAdvice(
      languageNote({ javascript: 'A handler that only returns (if (!valid) return;) never ends the response.' }),
      'Answer 401 where the signature is wrong.',
    ),
    most: 'hung',
    explains: { hung: ['must-reject', 'respelled-signature'] },
  },
  {
    name: 'forgeries-redirected',
    title: 'Forgeries are redirected, not rejected',
    why: 'A redirect rejects nothing: some senders follow it, others count it as a failure.',
    fix: 'Answer 401 on this route; where a login redirects it, take it out of that.',
    any: { redirected: ['must-reject'] },
    explains: { redirected: ['must-reject'] },
  },
  {
    name: 'crash-on-bad-length',
    title: title('A signature of another length'),
    why: why('Anybody can cause it.'),
    fix: unlessProxy(joinAdvice(compared, 'Answer 401 to a signature of any other length.')),
    all: { crashed: ['truncated-to-8'] },
    any: { crashed: ['longer-signature', 'truncated-to-1', 'truncated-signature'] },
    explains: { crashed: respelledOrOther, hung: respelledOrOther },
  },
  {
    name: 'crash-on-missing-header',
    title: title('A request without a signature'),
    why: why('Every scanner sends requests without one.'),
    fix: unlessProxy('Look whether {header} is there before it is used, and answer 401 where it is not.'),
    any: { crashed: ['no-signature'], hung: ['no-signature'] },
    explains: {
      crashed: [...unsigned, 'wrong-header', 'empty-signature'],
      hung: [...unsigned, 'wrong-header', 'empty-signature'],
    },
  },
  {
    name: 'crash-on-empty-signature',
    title: title('An empty signature'),
    why: why('Anybody can cause it.'),
    fix: unlessProxy('Treat an empty signature like a missing one: answer 401.'),
    any: { crashed: ['empty-signature'], hung: ['empty-signature'] },
    explains: { crashed: ['empty-signature'], hung: ['empty-signature'] },
  },
  {
    name: 'crash-on-two-headers',
    title: title('A request with two signature headers'),
    why: why('Anybody can cause it.'),
    fix: unlessProxy('Expect that {header} comes twice, as a list or with a comma between; answer 401.'),
    any: { crashed: ['false-header-*'], hung: ['false-header-*'] },
    explains: { crashed: ['false-header-*'], hung: ['false-header-*'] },
  },
];

/** The rule for the remaining forgeries that brought the receiver down. */
export const crashOnForgery: FindingRule = {
  name: 'crash-on-forgery',
  title: title('A forgery'),
  why: why('Anybody can cause it.'),
  fix: unlessProxy(`Verify before anything else. ${caught}`),
  any: { crashed: ['must-reject', 'respelled-signature'], hung: ['must-reject', 'respelled-signature'] },
  explains: { crashed: ['must-reject', 'respelled-signature'], hung: ['must-reject', 'respelled-signature'] },
};
