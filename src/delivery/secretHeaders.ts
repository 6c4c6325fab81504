import type { Header } from '../core/delivery.js';
import { revealingNames } from '../signing/templates.js';
import { mentions } from './fillFields.js';
import { type FunctionTexts, holdsSecret } from './functions.js';
import { carriesSecret } from './header.js';
import type { TextSource } from './texts.js';

/** Lower-case names of the headers that carry a secret by their template, by their name, or by the user's choice. */
export function secretHeaderNames({ provider, headers, own }: TextSource, secretNames: readonly string[]): string[] {
  const fromTemplates = headers.filter(mentions(revealingNames(provider))).map(({ name }) => name);
  const fromUser = own.map(([name]) => name).filter(carriesSecret);
  return [...[...fromTemplates, ...fromUser].map((name) => name.toLowerCase()), ...secretNames];
}

/** The headers in which a function puts the secret. */
export function holdingSecret(headers: readonly Header[], functions: FunctionTexts, { secrets }: TextSource): string[] {
  const revealing = [...functions.values()].flat().filter((text) => holdsSecret(text, secrets));
  return headers
    .filter(([, value]) => revealing.some((text) => value.includes(text)))
    .map(([name]) => name.toLowerCase());
}

/** Names of secret headers, with those that a forgery gives to one of them. */
export function withRenamed(
  marked: readonly string[],
  honest: readonly Header[],
  headers: readonly Header[],
): string[] {
  const isMarked = ([name]: Header) => marked.includes(name.toLowerCase());
  const values = honest.filter((header) => isMarked(header) && header[1] !== '').map(([, value]) => value);
  const revealing = headers.filter((header) => !isMarked(header) && values.includes(header[1]));
  return [...marked, ...revealing.map(([name]) => name.toLowerCase())];
}
