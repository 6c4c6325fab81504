import { longForm } from './expectation.js';
import type { Expectations, Expected } from './suite.js';

/**
 * What a case expects, with what the suite's defaults add: key by key, headers and JSON paths one by one. What the case says wins; a status or
 * outcome of its own takes the place of both, as the two say one thing.
 */
export function mergeExpected(defaults: Expected | undefined, own: Expected | undefined): Expected | undefined {
  if (defaults === undefined || own === undefined) return own ?? defaults;
  const [base, over] = [longForm(defaults), longForm(own)];
  const { status, outcome, ...rest } = base;
  const ends = over.status === undefined && over.outcome === undefined ? { status, outcome } : {};
  const header = merged(base.header, over.header);
  const body = mergedBody(base.body, over.body);
  const all = { ...ends, ...rest, ...over, header, body };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Expectations;
}

function merged<T>(base: Readonly<Record<string, T>> | undefined, over: Readonly<Record<string, T>> | undefined) {
  if (!base || !over) return over ?? base;
  const own = Object.keys(over).map((name) => name.toLowerCase());
  const kept = Object.entries(base).filter(([name]) => !own.includes(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...over };
}

type Body = Expectations['body'];

function mergedBody(base: Body, over: Body): Body {
  if (typeof base !== 'object' || typeof over !== 'object') return over ?? base;
  const json = base.json && over.json ? { ...base.json, ...over.json } : (over.json ?? base.json);
  return { ...base, ...over, ...(json && { json }) };
}
