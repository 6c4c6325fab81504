import { type Json, JsonNumber } from '../json/value.js';
import { literalFinder } from '../payloads/literalFinder.js';
import type { FlowView } from './view.js';

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

/** A state in which a flow's own identities are replaced by their names, so that it is like that of another telling of the flow. */
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
