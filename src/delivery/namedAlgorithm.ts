import type { Header } from '../core/delivery.js';
import type { ForgeryChange } from '../core/forgery.js';

type ChangeAt<S extends ForgeryChange['stage']> = Extract<ForgeryChange, { stage: S }>;

/** How the signatures of a forgery are made: by another scheme where it changes or names one; null for the provider's own. */
export function madeBy(change: ForgeryChange): ChangeAt<'scheme'> | null {
  if (change.stage === 'scheme') return change;
  return change.stage === 'named algorithm' && change.algorithm !== 'none'
    ? { stage: 'scheme', hash: change.algorithm }
    : null;
}

/** What an algorithm is called at the beginning of a signature: `sha256=`, `hmac-sha256 `. */
const prefix = /^(hmac[-_]?)?(sha-?\d+|md5)(?=[=:, ])/i;

/** The headers with an algorithm named wherever one may be looked for: before the signature, and in headers of their own. */
export function withNamedAlgorithm(
  { algorithm }: ChangeAt<'named algorithm'>,
  headers: readonly Header[],
  carrying: readonly string[],
): Header[] {
  const named = headers.map(([name, value]): Header => {
    if (carrying.includes(name)) return [name, value.replace(prefix, algorithm)];
    return [name, /algo(rithm)?$/i.test(name) ? algorithm : value];
  });
  const has = (name: string) => named.some(([other]) => other.toLowerCase() === name.toLowerCase());
  const added = [...carrying.map((name) => `${name}-Algorithm`), 'X-Signature-Algorithm', 'X-Signature-Method'];
  return [...named, ...added.filter((name) => !has(name)).map((name): Header => [name, algorithm])];
}
