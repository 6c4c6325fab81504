import { unknownName } from '../core/nearest.js';
import { textOfJson } from '../json/dialect.js';
import { readJson } from '../json/parse.js';
import { getPath, parsePath } from '../json/path.js';
import { type Json, JsonNumber } from '../json/value.js';
import { literalFinder } from '../payloads/placeholders.js';
import type { FlowInstance } from './instantiateFlow.js';
import type { PreparedFlow, PreparedStep } from './prepareFlow.js';

/** A flow as a probe sees it, to ask for the things that it was about. */
export interface FlowView {
  /** The flow's fresh identities by name: the path of the first place that holds one, preceded by its event where the path alone is ambiguous. */
  readonly identities: ReadonlyMap<string, string>;
  /** Returns the text at a place of the sent payloads: `data.orderId`, or `order.paid:data.orderId` for that of one event. */
  valueAt(place: string): string;
}

/** Looks at a flow that was given. */
export function probeVariables(instance: FlowInstance): FlowView {
  const documents = new Map<PreparedStep, Json>();
  const documentOf = (step: PreparedStep) => {
    const body = instance.bodies[step.number - 1];
    const document = documents.get(step) ?? (body ? readJson(body) : undefined);
    if (document !== undefined) documents.set(step, document);
    return document;
  };
  return {
    identities: nameIdentities(instance),
    valueAt(place) {
      const { step, path } = findStep(instance.flow, place, 'the probe');
      const document = documentOf(step);
      const value = document === undefined ? undefined : getPath(document, parsePath(path));
      return value === undefined ? '' : value instanceof JsonNumber ? value.text : textOfJson(value);
    },
  };
}

/** Returns the first step that has a place. Throws a UsageError where none has it; `what` names the source of the place. */
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

function nameIdentities({ flow, identities }: FlowInstance): Map<string, string> {
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

/** The state of a receiver at one moment, or why there is none. */
export type Snapshot =
  | { readonly ok: true; readonly state: Json }
  | {
      readonly ok: false;
      readonly outcome: 'rejected' | 'timed_out' | 'broken' | 'unreachable';
      /** One sentence; it may quote the receiver, so its text is hostile. */
      readonly message: string;
    };

/** Takes a snapshot of the receiver. */
export type TakeSnapshot = (view: FlowView) => Promise<Snapshot>;

/** Returns a state with a flow's own identities replaced by their names, so that it is comparable with that of another instance of the flow. */
export function withNames(state: Json, { identities }: FlowView): Json {
  const names = new Map([...identities].map(([name, text]) => [text, `{${name}}`]));
  if (names.size === 0) return state;
  const finder = literalFinder([...names.keys()]);
  const named = (text: string) => text.replace(finder, (found) => names.get(found)!);
  const walk = (value: Json): Json => {
    if (typeof value === 'string') return named(value);
    if (value instanceof JsonNumber) return names.get(value.text) ?? value;
    if (Array.isArray(value)) return value.map(walk);
    return value instanceof Map ? new Map([...value].map(([key, member]) => [named(key), walk(member)])) : value;
  };
  return walk(state);
}
