import { caseOptionSets } from '../options/suite.js';
import { expandExpectations } from './expectation.js';
import type { Expectations, Expected, SuiteCase } from './suite.js';

/** The command that a case runs. */
export type CaseKind = 'send' | 'check' | 'flow' | 'handshake' | 'load';

const kinds: readonly CaseKind[] = ['send', 'check', 'flow', 'handshake', 'load'];

const ownKeys: readonly (keyof SuiteCase)[] = ['name', 'disabled', 'repeat', 'expect', 'capture'];

/** Keys of `expect` that apply to one kind of case only. */
const expectKeys: Record<CaseKind, readonly string[]> = {
  send: ['status', 'outcome', 'header', 'body', 'maxMs'],
  check: ['grade', 'status'],
  flow: ['status', 'outcome', 'header', 'body', 'maxMs'],
  // What has to come is a matter of the provider.
  handshake: [],
  load: ['status'],
};

/** Returns the kind of a case; null for none, or for two at once. */
export function kindOf(written: SuiteCase): CaseKind | null {
  const found = kinds.filter((kind) => written[kind] !== undefined);
  return found.length === 1 ? found[0]! : null;
}

/** Returns the keys of a case that don't apply to its kind, each with a message. */
export function misplacedKeys(written: SuiteCase, kind: CaseKind): [key: string, message: string][] {
  const known: readonly string[] = [kind, ...ownKeys, ...Object.keys(caseOptionSets[kind])];
  const wrong = Object.keys(written).filter((key) => !known.includes(key));
  const misplaced = wrong.map((key): [string, string] => [key, `says nothing in a ${kind}. Leave it out.`]);
  if (kind !== 'send' && written.capture) {
    const hint = kind === 'flow' ? 'The steps of a flow of the config capture for each other.' : 'Leave it out.';
    misplaced.push(['capture', `says nothing in a ${kind}. ${hint}`]);
  }
  const { expect } = written;
  const demands = typeof expect === 'object' ? Object.keys(expect) : expect === undefined ? [] : ['status'];
  const odd = demands.find((key) => !expectKeys[kind].includes(key));
  if (odd !== undefined) misplaced.push(['expect', `${odd} says nothing of a ${kind}${wording(kind)}.`]);
  return misplaced;
}

function wording(kind: CaseKind): string {
  const known = expectKeys[kind];
  return known.length > 0 ? `: write ${known.join(', ')}` : ', whose answer its provider demands. Leave it out';
}

/**
 * Returns the expectations of a case merged with the suite's defaults: key by key, headers and JSON paths one by one. The case wins; its own status
 * or outcome replaces both, as the two mean the same.
 */
export function mergeExpected(defaults: Expected | undefined, own: Expected | undefined): Expected | undefined {
  if (defaults === undefined || own === undefined) return own ?? defaults;
  const [base, over] = [expandExpectations(defaults), expandExpectations(own)];
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
