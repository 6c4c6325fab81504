import { UsageError } from './errors.js';
import { unknownName } from './nearest.js';

/** The values of the `${name}` in a suite or a flow. */
export type Variables = Readonly<Record<string, string>>;

const piece = /\$(\$|\{([^{}]*)\})/g;

/** Throws a UsageError for a name that `${…}` can't hold; `what` names its place. */
export function checkVariableName(name: string, what: string): void {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return;
  throw new UsageError('BAD_VARIABLE', `${what}: "${name}" is not a name: a letter, then letters, digits and _.`);
}

/** The names that the texts of a value hold, at any depth. */
export function variablesIn(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(piece)].flatMap(([, , name]) => name ?? []);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(variablesIn);
}

/** Throws a UsageError for a name that is not one of `known`; `what` names its place. */
export function checkVariables(value: unknown, known: readonly string[], what: string): void {
  for (const name of variablesIn(value)) {
    if (!known.includes(name)) throw unknownVariable(name, known, what, 'Capture it in an earlier step.');
  }
}

/**
 * Replaces the `${name}` in the texts of a value, at any depth; `$$` before a brace is a dollar sign. Throws a UsageError for an unknown name; `what`
 * names its place.
 */
export function fillVariables<T>(value: T, variables: Variables, what: string): T {
  return filled(value, variables, what) as T;
}

/** A text with those of its `${name}` replaced that are known; all others stay as they are written. */
export function fillKnownVariables(text: string, variables: Variables): string {
  return text.replace(piece, (whole, _, name?: string) =>
    name !== undefined && Object.hasOwn(variables, name) ? variables[name]! : whole,
  );
}

function filled(value: unknown, variables: Variables, what: string): unknown {
  if (typeof value === 'string') return fillText(value, variables, what);
  if (Array.isArray(value)) return value.map((item) => filled(item, variables, what));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, filled(member, variables, what)]));
}

function fillText(text: string, variables: Variables, what: string): string {
  return text.replace(piece, (whole, _, name: string | undefined, at: number) => {
    if (name === undefined) return text[at + 2] === '{' ? '$' : whole;
    if (Object.hasOwn(variables, name)) return variables[name]!;
    const none = 'The suite has none; name them in vars, or capture them.';
    throw unknownVariable(name, Object.keys(variables), what, none);
  });
}

function unknownVariable(name: string, known: readonly string[], what: string, otherwise: string): UsageError {
  return unknownName('UNKNOWN_VARIABLE', `${what}: there is no variable \${${name}} here.`, { name, known, otherwise });
}
