import { type AdviceText, joinAdvice, languageNote } from '../adviceText.js';
import { describeFailure, failedStatuses, failureImpact, gatewayAdvice } from '../describeFailure.js';
import type { FindingEvidence, FindingRule } from './findingRule.js';

const trouble = (...names: string[]) => ({ crashed: names, hung: names });

const crash = (name: string, subject: string, fix: AdviceText, ...cases: string[]): FindingRule => ({
  name,
  title: ({ explained }) => describeFailure(subject, explained),
  why: ({ explained }) => failureImpact(explained),
  fix: (evidence: FindingEvidence) => gatewayAdvice(failedStatuses(evidence.explained)) ?? joinAdvice(fix)(evidence),
  any: trouble(...cases),
  explains: trouble(...cases),
});

/** Rules for signed requests that brought the receiver down. */
export const breakingRules: readonly FindingRule[] = [
  crash(
    'crash-on-bad-json',
    'A body that is not JSON',
    'Catch what the parser says of a body that it can not read, and answer 400.',
    'malformed-json',
  ),
  {
    name: 'hangs-on-empty-body',
    title: 'An empty body is never answered',
    why: ({ explained }) => `${failureImpact(explained)} Each such request keeps a connection open.`,
    fix: joinAdvice(
      'Answer at the end of the body, also where no data came.',
      languageNote({ javascript: "That is the event 'end', not 'data'." }),
    ),
    any: { hung: ['empty-body'] },
    explains: { hung: ['empty-body', 'get', 'head', 'put'] },
  },
  crash(
    'crash-on-empty-body',
    'An empty body',
    'Look whether the body is empty before it is parsed or used, and answer 400.',
    'empty-body',
  ),
  crash(
    'crash-on-unknown-shape',
    'A body of another shape than expected',
    'Look what was parsed (an object, with the members that you use) before you use it, and answer 400 or 2xx where it is something else.',
    'null-body',
    'array-body',
    'empty-object',
    'text-body',
  ),
  crash('crash-on-duplicate-keys', 'A key that is there twice', 'Answer 400.', 'duplicate-keys'),
  crash(
    'crash-on-huge-numbers',
    'A body with numbers beyond every type',
    joinAdvice(
      'Check the range of numbers before you calculate with them or store them, and answer 400.',
      languageNote({ javascript: 'Number.isSafeInteger detects it.' }),
    ),
    'huge-numbers',
  ),
  crash(
    'crash-on-null-character',
    'Text with \\u0000 or half of a letter',
    'Remove what your database does not store (PostgreSQL stores neither), or answer 400.',
    'null-character',
  ),
  crash(
    'crash-on-invalid-utf8',
    'A body with bytes that are not UTF-8',
    joinAdvice(
      'Verify the bytes first; then decode them, and answer 400 where that fails.',
      languageNote({ python: "body.decode('utf-8') raises UnicodeDecodeError." }),
    ),
    'invalid-utf8',
  ),
  crash(
    'crash-on-proto-key',
    'A body with the keys __proto__ and constructor',
    joinAdvice(
      'Leave them out where you copy or merge what was parsed.',
      languageNote({ javascript: 'Look handlers up with Object.hasOwn.' }),
    ),
    'proto-key',
  ),
  crash(
    'crash-on-deep-nesting',
    'Deeply nested JSON',
    joinAdvice(
      'Limit the depth of what is parsed, or catch what a parser or a recursion says of it, and answer 400.',
      languageNote({
        javascript: 'That is RangeError.',
        python: 'That is RecursionError.',
        ruby: 'That is JSON::NestingError.',
      }),
    ),
    'deep-nesting',
  ),
  crash(
    'crash-on-content-type',
    'A body with another Content-Type',
    'Look whether there is a parsed body before it is used; answer 415, or read the body whatever its type.',
    'wrong-content-type',
  ),
  crash(
    'crash-on-method',
    'A request with another method',
    ({ provider }) =>
      `Take ${provider.method} on this route only and answer 405 to all others, before the body is touched.`,
    'get',
    'head',
    'put',
  ),
];
