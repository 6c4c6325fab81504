import type { Header } from '../core/delivery.js';
import { parseTimeLimit } from '../core/duration.js';
import { UsageError } from '../core/errors.js';
import { isMask } from '../core/fingerprint.js';
import { assertMoment, parseMoment } from '../core/limits.js';
import type { Provider } from '../core/provider.js';
import type { Secret } from '../core/secret.js';
import { parseTarget } from '../core/target.js';
import { checkHeader } from '../delivery/header.js';
import { clock } from './world.js';

/** Headers in any of the forms in which programs hold them. */
export type HeadersInput =
  | Iterable<readonly [name: string, value: string]>
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** Headers as pairs. */
export function headerPairs(input: HeadersInput = {}): Header[] {
  if (Symbol.iterator in input) return [...(input as Iterable<Header>)].map(([name, value]) => [name, value]);
  return Object.entries(input as Exclude<HeadersInput, Iterable<Header>>).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((text): Header => [name, text as string]),
  );
}

/** Headers of one's own. Throws a UsageError for what can't go on the wire. */
export function readHeaderPairs(input: HeadersInput | undefined): Header[] {
  const pairs = headerPairs(input);
  for (const [name, value] of pairs) checkHeader(name, value);
  return pairs;
}

/** Returns the secrets to sign with, the current one first; by default the provider's sample secret. Throws a UsageError for none at all. */
export function readSecrets(options: { readonly secret?: string | readonly string[] }, { secret }: Provider): Secret[] {
  if (!('secret' in options)) return [{ value: secret.sample, source: 'sample', isSample: true }];
  const values = [options.secret].flat() as string[];
  if (values.length === 0) assertNoReference('');
  for (const value of values) assertNoReference(value);
  return values.map((value) => ({ value, source: 'secret', isSample: value === secret.sample }));
}

/** Throws a UsageError for what is no secret itself. */
export function assertNoReference(value: string): void {
  if (typeof value !== 'string' || value === '') {
    throw new UsageError(
      'EMPTY_SECRET',
      'options.secret: there is nothing in it. Is the variable that it comes from set? For the sample secret leave it out.',
    );
  }
  if (isMask(value)) {
    throw new UsageError(
      'MASKED_SECRET',
      'options.secret: this is the mask that outputs show in place of a secret. Give the secret itself.',
    );
  }
  const [, kind, name] = /^(env|file):(.*)$/s.exec(value) ?? [];
  if (kind) {
    const instead = kind === 'env' ? `what the variable ${name} holds` : 'what the file holds';
    throw new UsageError('BAD_SECRET', `options.secret: the library reads no ${kind}: for you. Give ${instead}.`);
  }
}

/** Milliseconds since 1970 of a time: a Date, milliseconds, or a text: ISO 8601 or Unix seconds. Throws a UsageError for another. */
export function clockAt(now: Date | number | string | undefined): () => number {
  if (now === undefined) return clock.now;
  const ms =
    typeof now === 'string'
      ? parseMoment(now, 'options.now')
      : assertMoment(new Date(now).getTime(), 'options.now', String(now));
  return () => ms;
}

/** Milliseconds of a time limit, given as such or as a text (`5s`); null where there is none. */
export function readTimeLimit(timeout: string | number | undefined, what = 'options.timeout'): number | null {
  if (timeout === undefined) return null;
  return parseTimeLimit(typeof timeout === 'number' ? `${timeout}ms` : timeout, what);
}

/** The default address of an in-process handler. */
const nowhere = 'http://localhost';

/** An address; one without a host is good for in-process handlers only. Throws a UsageError for what is none. */
export function parseCallAddress(url: string | URL | undefined): { readonly url: string; readonly hasUrl: boolean } {
  const text = String(url ?? '/');
  if (text.startsWith('/')) return { url: new URL(nowhere + text).href, hasUrl: false };
  const target = parseTarget(text, []);
  return { url: 'url' in target ? target.url : '', hasUrl: true };
}
