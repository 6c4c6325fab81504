import { formatDuration } from '../core/duration.js';
import { isHash } from '../core/schemeFacts.js';
import { type Template, templateNames } from '../core/template.js';
import type { JsonTree } from '../signing/jsonTemplate.js';
import { readClaims } from '../signing/jwt.js';
import type { SignatureTemplate } from '../signing/templates.js';
import { tokenMistakes } from './hypotheses/tokenMistakes.js';
import type { Cause, Mistake } from './hypothesis.js';
import type { SpaceSource } from './otherRecipes.js';
import { search } from './search.js';
import { createSpace } from './searchSpace.js';
import { createDigestJudge, Targets } from './targets.js';

type Facts = Readonly<Record<string, string>>;

/** The maximum length of a quoted text. */
const maxShown = 80;

/** Returns the faults of a token's claims about the request. */
export function wrongClaims(text: string, { claims }: SignatureTemplate, source: SpaceSource): Cause[] {
  const claimed = readClaims(text)!;
  const { facts } = source;
  const wrong = (mistake: Mistake, detail: string): Cause => ({
    mistake,
    dimension: 'token',
    facts: { ...facts, detail: detail.slice(0, maxShown) },
  });
  const ofTree = (tree: JsonTree, value: unknown, name: string): readonly Cause[] => {
    if (value === undefined) return [wrong(tokenMistakes.claimMissing, name)];
    if ('kind' in tree && tree.kind === 'json') return [];
    const wanted = typeOf(tree);
    if (jsonType(value) !== wanted) {
      return [wrong(tokenMistakes.claimType, `${name} as a ${jsonType(value)}, not a ${wanted}`)];
    }
    if ('fixed' in tree) return value === tree.fixed ? [] : [wrong(tokenMistakes.claim, name)];
    if ('items' in tree)
      return tree.items.flatMap((item, at) => ofTree(item, (value as unknown[])[at], `${name}[${at}]`));
    if ('members' in tree)
      return tree.members.flatMap(([key, member]) =>
        ofTree(member, (value as Record<string, unknown>)[key], name === '' ? key : `${name}.${key}`),
      );
    return compareHash(tree.template, String(value), source, wrong(tokenMistakes.claim, name));
  };
  return claims === null ? [] : [...ofTree(claims, claimed, '')];
}

function typeOf(tree: JsonTree): string {
  if ('fixed' in tree) return jsonType(tree.fixed);
  if ('items' in tree) return 'list';
  if ('members' in tree) return 'object';
  return tree.kind === 'number' ? 'number' : 'string';
}

function jsonType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

/** Compares a hash that a token claims with that of the request; empty where they are the same, or the claim is no hash. */
function compareHash(template: Template, text: string, source: SpaceSource, wrong: Cause): readonly Cause[] {
  const [name, ...more] = templateNames(template);
  const signature = name === undefined || more.length > 0 ? undefined : source.reading.signatures.get(name);
  if (!signature || name === undefined || template.length > 1 || !isHash(signature.options)) return [];
  const facts = { ...source.facts, own: String(wrong.facts.detail), form: '', algorithm: algorithmName(signature) };
  const targets = new Targets([{ text, because: [], form: 'whole' }], signature.options.encoding, facts);
  const { found } = search(createSpace({ ...source, proof: name, facts }), createDigestJudge(targets), source.onWork);
  if (found?.because.length === 0) return [];
  return [wrong, ...(found?.because ?? [])];
}

function algorithmName({ options }: SignatureTemplate): string {
  return 'hash' in options ? `a plain ${options.hash.toUpperCase()}` : '';
}

/** Returns the fault of a token's time of validity, if any. */
export function validity(text: string, facts: Facts, now: number): Cause[] {
  const { exp, nbf } = readClaims(text)!;
  const because = (mistake: Mistake, ms: number): Cause[] => [
    { mistake, dimension: 'token', facts: { ...facts, detail: formatDuration(Math.abs(ms)) } },
  ];
  if (typeof exp === 'number' && exp * 1000 < now) return because(tokenMistakes.expired, now - exp * 1000);
  return typeof nbf === 'number' && nbf * 1000 > now ? because(tokenMistakes.notYet, nbf * 1000 - now) : [];
}

/** Returns the fault of a genuine token's time of validity; null where it is valid now. */
export function findExpiry(text: string, facts: Facts, now: number): Cause | null {
  return readClaims(text) ? (validity(text, facts, now)[0] ?? null) : null;
}
