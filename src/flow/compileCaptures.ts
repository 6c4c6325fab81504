import { joinHeader } from '../core/delivery.js';
import { findMatch, readPattern, tooSlowReason } from '../core/findMatch.js';
import type { CaptureSpec } from '../core/flow.js';
import type { DeliveryEnded } from '../core/run.js';
import { checkVariableName, type Variables } from '../core/variables.js';
import { textOfJson } from '../json/dialect.js';
import { readJson } from '../json/parse.js';
import { getPath, parsePath } from '../json/path.js';
import { withContext } from './script.js';

/** Takes values out of a delivery that has ended, and describes each one that is missing. */
export type TakeCaptures = (ended: DeliveryEnded) => { readonly taken: Variables; readonly missing: readonly string[] };

type Find = (ended: DeliveryEnded) => string | undefined;

/** Compiles the captures of a step or a case. Throws a UsageError for a bad one; `what` names their place. */
export function compileCaptures(captures: Readonly<Record<string, CaptureSpec>>, what: string): TakeCaptures {
  const finds = Object.entries(captures).map(([name, capture]) => {
    checkVariableName(name, what);
    return { name, source: describeSource(capture), find: compileFind(capture, `${what}.${name}`) };
  });
  return (ended) => {
    const taken: Record<string, string> = {};
    const missing: string[] = [];
    for (const { name, source, find } of finds) {
      const value = find(ended);
      if (value !== undefined) taken[name] = value;
      else missing.push(`nothing to capture as ${name}: ${source} is missing`);
    }
    return { taken, missing };
  };
}

function describeSource(capture: CaptureSpec): string {
  if (typeof capture === 'string') return `${capture} in the answer's JSON`;
  if ('json' in capture) return `${capture.json} in the answer's JSON`;
  if ('header' in capture) return `the header ${capture.header}`;
  if ('sent' in capture) return `${capture.sent} in what was sent`;
  return `a match of ${capture.matches} in the answer`;
}

function compileFind(capture: CaptureSpec, what: string): Find {
  if (typeof capture === 'string') return compileFind({ json: capture }, what);
  const answerOf = ({ attempts }: DeliveryEnded) => attempts.at(-1)?.response ?? null;
  if ('header' in capture) return (ended) => joinHeader(answerOf(ended)?.headers ?? [], capture.header);
  if ('matches' in capture) {
    const pattern = readPattern(capture.matches, what);
    return (ended) => {
      const answer = answerOf(ended);
      const match = answer && findMatch(pattern, new TextDecoder().decode(answer.body));
      return match === tooSlowReason ? undefined : (match?.[1] ?? match?.[0]);
    };
  }
  const path = withContext(what, () => parsePath('sent' in capture ? capture.sent : capture.json));
  return (ended) => {
    const body = 'sent' in capture ? ended.delivery.body : answerOf(ended)?.body;
    const root = body && readJson(body);
    const value = root === undefined ? undefined : getPath(root, path);
    return value === undefined ? undefined : textOfJson(value);
  };
}
