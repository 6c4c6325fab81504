import { joinAdvice, languageNote } from './adviceText.js';
import type { FindingRule } from './rules/findingRule.js';

/** The receiver accepted the plain event at first, but no longer after these cases (several where they were sent together). */
export interface Breakdown {
  readonly after: readonly string[];
  /** Whether nothing listens there any more. */
  readonly isGone: boolean;
}

const every = ['must-reject', 'must-not-break', 'must-accept'];
const all = { rejected: every, crashed: every, hung: every, redirected: every };

/** Returns the rule for the consequences of a breakdown: it explains the case itself and the plain event at the end. */
export function breakdownRule({ after, isGone }: Breakdown): FindingRule {
  const which =
    after.length === 1 ? after[0]! : `one of ${after.slice(0, 6).join(', ')}${after.length > 6 ? ', …' : ''}`;
  const cases = [...after, 'plain-again'];
  const explains = { rejected: cases, crashed: cases, hung: cases, redirected: cases };
  if (after.length === 1 && after[0] === 'proto-key') {
    return {
      name: 'prototype-pollution',
      title: 'A key of the body changes the prototype of all objects',
      why: 'What the keys __proto__ or constructor hold is in every object of the process from then on: it breaks, or does what the sender wants.',
      fix: 'Leave __proto__, constructor and prototype out where you copy or merge what was parsed: a recursive merge follows them.',
      any: all,
      explains,
    };
  }
  const why = 'One request ends the service for everybody, until somebody starts it again.';
  if (isGone) {
    return {
      name: 'receiver-died',
      title: `The receiver is gone after ${which}`,
      why,
      fix: joinAdvice(
        'An error that nobody catches may have ended the process: read the last lines of its log, and catch it within the request.',
        languageNote({ javascript: 'In JavaScript that may be a promise that nobody awaits.' }),
      ),
      any: all,
      explains,
    };
  }
  return {
    name: 'broken-after-battery',
    title: `The plain event is no longer accepted after ${which}`,
    why,
    fix: 'Read the log from that request on: it left something behind, such as a worker that is gone, a lock, a transaction or a changed global object.',
    any: all,
    explains,
  };
}
