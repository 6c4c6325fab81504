import { unknownName } from '../core/unknownName.js';
import { textOfJson } from '../json/dialect.js';
import { getPath, parsePath } from '../json/path.js';
import { readJson } from '../json/readJson.js';
import { type Json, JsonNumber } from '../json/value.js';
import type { Telling } from './instantiateFlow.js';
import type { PreparedFlow, PreparedStep } from './prepareFlow.js';

/** What a probe is reported of a flow, to ask for the things that it was about. */
export interface FlowView {
  /** The flow's fresh identities by name: the path of the first place that holds one, with its event before it where that is not enough. */
  readonly identities: ReadonlyMap<string, string>;
  /** The text at a place of what was sent: `data.orderId`, or `order.paid:data.orderId` for that of one event. */
  valueAt(place: string): string;
}

/** Looks at a flow that was given. */
export function probeVariables(telling: Telling): FlowView {
  const documents = new Map<PreparedStep, Json>();
  const documentOf = (step: PreparedStep) => {
    const body = telling.bodies[step.number - 1];
    const document = documents.get(step) ?? (body ? readJson(body) : undefined);
    if (document !== undefined) documents.set(step, document);
    return document;
  };
  return {
    identities: namesOf(telling),
    valueAt(place) {
      const { step, path } = findStep(telling.flow, place, 'the probe');
      const document = documentOf(step);
      const value = document === undefined ? undefined : getPath(document, parsePath(path));
      return value === undefined ? '' : value instanceof JsonNumber ? value.text : textOfJson(value);
    },
  };
}

/** The first step that has a place. Throws a UsageError where none has it; `what` says who asks. */
export function findStep(flow: PreparedFlow, place: string, what: string): { step: PreparedStep; path: string } {
  const known = flow.steps.filter(({ needs }) => needs.length === 0);
  const event = known.find(({ script }) => place.startsWith(`${script.event}:`))?.script.event;
  const path = event === undefined ? place : place.slice(event.length + 1);
  const candidates = event === undefined ? known : known.filter(({ script }) => script.event === event);
  const step = candidates.find(({ paths }) => paths.includes(path));
  if (step) return { step, path };
  const holder = event === undefined ? `No event of ${flow.name}` : `No ${event} of ${flow.name}`;
  const identities = candidates.flatMap(({ identities: found }) => found.map((identity) => identity.path));
  throw unknownName('UNKNOWN_PATH', `${what}: ${holder} has ${place}.`, {
    name: path,
    known: [...new Set(identities)].slice(0, 8),
  });
}

function namesOf({ flow, identities }: Telling): Map<string, string> {
  const names = new Map<string, string>();
  const named = new Set<string>();
  flow.steps.forEach(({ script: { event }, occurrence }, at) => {
    for (const [path, text] of identities[at]!) {
      if (named.has(text)) continue;
      const name = [path, `${event}:${path}`, `${event}:${path}#${occurrence}`].find((each) => !names.has(each));
      names.set(name ?? `${event}:${path}#${at}`, text);
      named.add(text);
    }
  });
  return names;
}
