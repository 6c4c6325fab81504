import type { ReceivedResponse } from '../core/attempt.js';
import type { Capture } from '../core/flow.js';
import type { DeliveryEnded } from '../core/run.js';
import { writeJson } from '../json/dialect.js';
import { getPath, parsePath } from '../json/path.js';
import type { Json } from '../json/value.js';
import { readJson } from './readJson.js';
import { within } from './script.js';
import { checkVariableName, type Variables } from './variables.js';

/** Takes values out of the answer to a delivery; `missing` says of the first that is not there what it would have been. */
export type Taker = (ended: DeliveryEnded) => { readonly taken: Variables; readonly missing: string | null };

/** Makes what takes the captures of a step. Throws a UsageError for a bad one; `what` says where they stand. */
export function taker(captures: Readonly<Record<string, Capture>>, what: string): Taker {
  const finds = Object.entries(captures).map(([name, capture]) => {
    checkVariableName(name, what);
    return { name, source: sourceOf(capture), find: within(`${what}.${name}`, () => finding(capture)) };
  });
  return ({ attempts }) => {
    const answer = attempts.at(-1)?.response ?? null;
    const taken: Record<string, string> = {};
    for (const { name, source, find } of finds) {
      const value = answer === null ? undefined : find(answer);
      if (value === undefined) return { taken, missing: `nothing to capture as ${name}: ${source} is missing` };
      taken[name] = value;
    }
    return { taken, missing: null };
  };
}

function sourceOf(capture: Capture): string {
  if (typeof capture !== 'string' && 'header' in capture) return `the header ${capture.header}`;
  return `${typeof capture === 'string' ? capture : capture.json} in the answer's JSON`;
}

function finding(capture: Capture): (answer: ReceivedResponse) => string | undefined {
  if (typeof capture !== 'string' && 'header' in capture) {
    const wanted = capture.header.toLowerCase();
    return ({ headers }) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  }
  const path = parsePath(typeof capture === 'string' ? capture : capture.json);
  return ({ body }) => {
    const root = readJson(body);
    const value = root === undefined ? undefined : getPath(root, path);
    return value === undefined ? undefined : textOf(value);
  };
}

/** A text as it is, all else as JSON. */
export function textOf(value: Json): string {
  return typeof value === 'string' ? value : writeJson(value, 'js');
}
