import type { DeliveryEnded } from '../core/run.js';
import type { Failure } from '../core/suite.js';
import { bodyJson, bodyText, finder, headerText, readJson } from './answerBody.js';
import { findMatch, tooSlow } from './findMatch.js';
import { readPattern } from './matchText.js';
import { textOf } from './matchValue.js';
import type { Capture, SuiteCase } from './suite.js';
import { checkVariableName, type Variables } from './variables.js';

/** Takes values out of a delivery that has ended, and says which ones are not there. */
export type Taker = (ended: DeliveryEnded) => { readonly taken: Variables; readonly failures: readonly Failure[] };

type Find = (ended: DeliveryEnded) => string | undefined;

/** Makes what takes the captures of a case. Throws a UsageError for a bad one; `what` says where they stand. */
export function taker(captures: NonNullable<SuiteCase['capture']>, what: string): Taker {
  const finds = Object.entries(captures).map(([name, capture]) => {
    checkVariableName(name, what);
    return { name, source: sourceOf(capture), find: finding(capture, `${what}.${name}`) };
  });
  return (ended) => {
    const taken: Record<string, string> = {};
    const failures: Failure[] = [];
    for (const { name, source, find } of finds) {
      const value = find(ended);
      if (value !== undefined) taken[name] = value;
      else failures.push({ expectation: 'capture', message: `nothing to capture as ${name}: ${source} is missing` });
    }
    return { taken, failures };
  };
}

function sourceOf(capture: Capture): string {
  if (typeof capture === 'string') return `${capture} in the answer's JSON`;
  if ('json' in capture) return `${capture.json} in the answer's JSON`;
  if ('header' in capture) return `the header ${capture.header}`;
  if ('sent' in capture) return `${capture.sent} in what was sent`;
  return `a match of ${capture.matches} in the answer`;
}

function finding(capture: Capture, what: string): Find {
  if (typeof capture === 'string') return finding({ json: capture }, what);
  if ('header' in capture)
    return ({ attempts }) => fromAnswer(attempts, (answer) => headerText(answer, capture.header));
  if ('matches' in capture) {
    const pattern = readPattern(capture.matches, what);
    return ({ attempts }) =>
      fromAnswer(attempts, (answer) => {
        const match = findMatch(pattern, bodyText(answer));
        return match === tooSlow ? undefined : (match?.[1] ?? match?.[0]);
      });
  }
  const find = finder('sent' in capture ? capture.sent : capture.json);
  const inJson = (root: ReturnType<typeof readJson>) => {
    const value = root === undefined ? undefined : find(root);
    return value === undefined ? undefined : textOf(value);
  };
  if ('sent' in capture) return ({ delivery }) => inJson(readJson(delivery.body));
  return ({ attempts }) => fromAnswer(attempts, (answer) => inJson(bodyJson(answer)));
}

type Attempts = DeliveryEnded['attempts'];

function fromAnswer(
  attempts: Attempts,
  find: (answer: NonNullable<Attempts[number]['response']>) => string | undefined,
): string | undefined {
  const answer = attempts.at(-1)?.response;
  return answer ? find(answer) : undefined;
}
