import { formatDuration } from '../core/duration.js';
import { templateNames } from '../core/template.js';
import { readClaims } from '../signing/jwt.js';
import type { NamedTemplate, SignatureTemplate } from '../signing/templates.js';
import { tokenMistakes } from './hypotheses/tokenMistakes.js';
import type { Cause, Mistake } from './hypothesis.js';
import type { SpaceSource } from './otherRecipes.js';
import { search } from './search.js';
import { createSpace } from './searchSpace.js';
import { judgeOf, Targets } from './targets.js';

type Facts = Readonly<Record<string, string>>;

/** Characters of what came that are reported. */
const told = 80;

/** What is wrong with what a token claims of the request. */
export function wrongClaims(text: string, { claims }: SignatureTemplate, source: SpaceSource): Cause[] {
  const claimed = readClaims(text)!;
  const { facts } = source;
  const wrong = (mistake: Mistake, detail: string): Cause => ({
    mistake,
    dimension: 'token',
    facts: { ...facts, detail: detail.slice(0, told) },
  });
  return claims.flatMap((claim): readonly Cause[] => {
    const { name, isNumber } = claim;
    if (!Object.hasOwn(claimed, name)) return [wrong(tokenMistakes.claimMissing, name)];
    const value = claimed[name];
    if (typeof value !== (isNumber ? 'number' : 'string')) {
      return [wrong(tokenMistakes.claimType, `${name} as a ${typeof value}, not a ${isNumber ? 'number' : 'string'}`)];
    }
    return ofHash(claim, String(value), source, wrong(tokenMistakes.claim, name));
  });
}

/** Why a hash that a token claims is not that of the request; empty where it is, or the claim is no hash. */
function ofHash({ template }: NamedTemplate, text: string, source: SpaceSource, wrong: Cause): readonly Cause[] {
  const [name, ...more] = templateNames(template);
  const signature = name === undefined || more.length > 0 ? undefined : source.reading.signatures.get(name);
  if (!signature || name === undefined || template.length > 1 || !('hash' in signature.options)) return [];
  const facts = { ...source.facts, own: String(wrong.facts.detail), form: '', algorithm: algorithmName(signature) };
  const targets = new Targets([{ text, because: [], form: 'whole' }], signature.options.encoding, facts);
  const { found } = search(createSpace({ ...source, proof: name, facts }), judgeOf(targets));
  if (found?.because.length === 0) return [];
  return [wrong, ...(found?.because ?? [])];
}

function algorithmName({ options }: SignatureTemplate): string {
  return 'hash' in options ? `a plain ${options.hash.toUpperCase()}` : '';
}

/** What a token itself says of when it is valid. */
export function validity(text: string, facts: Facts, now: number): Cause[] {
  const { exp, nbf } = readClaims(text)!;
  const because = (mistake: Mistake, ms: number): Cause[] => [
    { mistake, dimension: 'token', facts: { ...facts, detail: formatDuration(Math.abs(ms)) } },
  ];
  if (typeof exp === 'number' && exp * 1000 < now) return because(tokenMistakes.expired, now - exp * 1000);
  return typeof nbf === 'number' && nbf * 1000 > now ? because(tokenMistakes.notYet, nbf * 1000 - now) : [];
}

/** What a genuine token says of when it is valid, where that is not now. */
export function expiryOf(text: string, facts: Facts, now: number): Cause | null {
  return readClaims(text) ? (validity(text, facts, now)[0] ?? null) : null;
}
