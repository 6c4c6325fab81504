import { withoutPadding } from '../../core/withoutPadding.js';
import type { Hypothesis, Variant } from '../hypothesis.js';

/** The value received in place of the secret, and the secret; basic auth has it encoded, behind a word. */
export interface CredentialFacts {
  /** The text of the header, without white space around it. */
  readonly received: string;
  /** The provider's text before the secret, such as `Basic `. */
  readonly before: string;
  readonly secret: string;
  readonly isEncoded: boolean;
  /** Returns a text that distinguishes two texts and reveals neither. */
  readonly fingerprint: (text: string) => string;
}

/** A hypothesis on a wrong secret: it gives a detail where it is right, else nothing. */
export type CredentialHypothesis = Hypothesis<CredentialFacts, true>;

const is = (holds: boolean, detail = ''): Variant<true>[] => (holds ? [{ value: true, detail }] : []);
const decoded = (text: string) => Buffer.from(text, 'base64').toString('utf8');
const encoded = (text: string) => Buffer.from(text).toString('base64');

/** Returns the received text without the one before it, decoded; undefined where it has another form. */
function decodePair({ received, before, isEncoded }: CredentialFacts): string | undefined {
  if (!isEncoded || !received.startsWith(before)) return undefined;
  const text = received.slice(before.length);
  return withoutPadding(encoded(decoded(text))) === withoutPadding(text) ? decoded(text) : undefined;
}

const userOf = (pair: string) => pair.slice(0, Math.max(0, pair.indexOf(':')));
const passwordOf = (pair: string) => (pair.includes(':') ? pair.slice(pair.indexOf(':') + 1) : '');
const asPair = (
  facts: CredentialFacts,
  holds: (pair: string, secret: string) => boolean,
  detail?: (pair: string) => string,
) => {
  const pair = decodePair(facts);
  return pair === undefined ? [] : is(holds(pair, facts.secret), detail?.(pair));
};
const same = 'Give sender and receiver the same: webhook-sim takes user:password as its secret.';

/** Mistakes in a secret that is sent as it is, or as basic auth. */
export const credentialMistakes: readonly CredentialHypothesis[] = [
  {
    name: 'credentials-scheme',
    title: 'behind {detail}, where {provider} has {form}',
    change: { signature: 'The secret is right, what stands before it is not: write {form}.', computed: '' },
    variants: ({ received, before, secret, isEncoded }) => {
      const right = isEncoded ? encoded(secret) : secret;
      const word = received.endsWith(right) ? received.slice(0, -right.length) : undefined;
      if (word === undefined || word === before || !/^([A-Za-z-]+[ :]+)?$/.test(word)) return [];
      return is(true, word === '' ? 'nothing' : `"${word.trim()}"`);
    },
  },
  {
    name: 'credentials-not-encoded',
    title: 'as it is, and not in Base64',
    change: { signature: 'Basic auth has user:password in Base64: {form}.', computed: '' },
    variants: ({ received, before, secret, isEncoded }) => is(isEncoded && received === before + secret),
  },
  {
    name: 'credentials-latin1',
    title: 'in Base64 of Latin-1, where {provider} has UTF-8',
    change: { signature: 'Encode letters beyond ASCII as UTF-8: btoa() and latin1 do not.', computed: '' },
    variants: ({ received, before, secret, isEncoded }) =>
      is(isEncoded && received === before + Buffer.from(secret, 'latin1').toString('base64')),
  },
  {
    name: 'credentials-percent-encoded',
    title: 'percent-encoded',
    change: {
      signature: 'In a URL they are percent-encoded, in the header they are not: decode them first.',
      computed: '',
    },
    variants: (facts) =>
      asPair(
        facts,
        (pair, secret) =>
          pair !== secret && pair === [userOf(secret), passwordOf(secret)].map(encodeURIComponent).join(':'),
      ),
  },
  {
    name: 'credentials-swapped',
    title: 'with user and password the other way round',
    change: { signature: 'The user comes first: user:password.', computed: '' },
    variants: (facts) =>
      asPair(facts, (pair, secret) => pair !== secret && pair === `${passwordOf(secret)}:${userOf(secret)}`),
  },
  {
    name: 'credentials-part',
    title: 'as {detail} alone',
    change: { signature: `Basic auth takes both, with a colon between. ${same}`, computed: '' },
    variants: (facts) => {
      const { secret } = facts;
      const pair = decodePair(facts)?.replace(/^:|:$/, '');
      if (pair === undefined || !secret.includes(':')) return [];
      return [...is(pair === passwordOf(secret), 'the password'), ...is(pair === userOf(secret), 'the user')];
    },
  },
  {
    name: 'credentials-password',
    title: 'with the right user and another password (fingerprint {detail})',
    change: { signature: same, computed: '' },
    variants: (facts) =>
      asPair(
        facts,
        (pair, secret) => userOf(secret) !== '' && userOf(pair) === userOf(secret) && pair !== secret,
        (pair) => facts.fingerprint(passwordOf(pair)),
      ),
  },
  {
    name: 'credentials-user',
    title: 'with the right password and another user (fingerprint {detail})',
    change: { signature: same, computed: '' },
    variants: (facts) =>
      asPair(
        facts,
        (pair, secret) => passwordOf(secret) !== '' && passwordOf(pair) === passwordOf(secret) && pair !== secret,
        (pair) => facts.fingerprint(userOf(pair)),
      ),
  },
  {
    name: 'credentials-malformed',
    title: 'in a text that is no Base64 of user:password',
    change: { signature: 'Basic auth is {form}, with user:password in Base64.', computed: '' },
    variants: (facts) => {
      const { received, before, isEncoded } = facts;
      return is(isEncoded && received.startsWith(before) && !decodePair(facts)?.includes(':'));
    },
  },
];
