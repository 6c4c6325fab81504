import * as z from 'zod/mini';
import { suggest } from '../core/nearest.js';
import type { Plain } from '../core/plain.js';
import type { SecretReference } from '../core/secret.js';

// A file is checked once: to compile its schema takes longer than to walk it.
z.config({ jitless: true });

/** An object of known keys; the message about others has a line of advice for each. */
export function strictKeys<T extends z.core.$ZodLooseShape>(shape: T) {
  return z.strictObject(shape, { error: (issue) => adviseOnKeys(issue, Object.keys(shape)) });
}

/** Returns a schema with a description for editors. */
export function described<T extends z.ZodMiniType>(schema: T, text: string): T {
  return schema.check(z.describe(text)) as T;
}

/** Returns an optional member, with a description for editors. */
export function optional<T extends z.ZodMiniType>(schema: T, text?: string): z.ZodMiniExactOptional<T> {
  const member = z.exactOptional(schema);
  return text === undefined ? member : described(member, text);
}

/** Advice for each of the keys that are not known; undefined for any other complaint. */
export function adviseOnKeys(issue: { readonly code?: string; readonly keys?: unknown }, known: readonly string[]) {
  if (issue.code !== 'unrecognized_keys') return undefined;
  return (issue.keys as string[]).map((key) => suggest(key, known)).join('\n');
}

/** Returns a schema of texts that pass a check; `hint` is the message for other values. */
export function checkedText(check: (value: string) => string | null, hint = '') {
  return z.string({ error: hint || undefined }).check(z.superRefine((value, context) => refuse(context, check(value))));
}

/** Adds an issue for a problem, if any. */
export function refuse(context: z.core.$RefinementCtx, message: string | null, path: string[] = []): void {
  if (message !== null) context.addIssue({ code: 'custom', path, message });
}

/** A reference to a secret. */
export const secretReference = z.string().check(
  z.regex(/^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/, {
    error: 'a secret does not belong in a file that is shared. Write where it is found: env:NAME or file:PATH.',
  }),
) as unknown as z.ZodMiniType<SecretReference>;

/** Names of environment variables. */
export const variableNames = z.array(
  z.string().check(z.regex(/^[A-Z][A-Z0-9_]*$/, 'is not the name of an environment variable, such as ACME_SECRET.')),
);

/** A text that is not empty. */
export const some = z.string().check(z.minLength(1, 'is empty.'));
/** A value of JSON. */
export const jsonValue = z.json() as unknown as z.ZodMiniType<Plain>;
/** One text or several. */
export const textOrList = z.union([some, z.array(some).check(z.minLength(1, 'is an empty list.'))], {
  error: 'text or a list of texts',
});
/** One of some words. */
export const oneOf = <T extends string>(words: readonly T[]) =>
  z.enum(words, { error: `must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}.` });
/** A whole number within bounds. */
export const whole = (least: number, most: number) =>
  z
    .number()
    .check(
      z.int('must be a whole number.'),
      z.gte(least, `is less than ${least}.`),
      z.lte(most, `is more than ${most}.`),
    );
