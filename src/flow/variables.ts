import { UsageError } from '../core/errors.js';
import { unknownName } from '../core/unknownName.js';

/** What the `${name}` of a flow stand for. */
export type Variables = Readonly<Record<string, string>>;

const piece = /\$(\$|\{([^{}]*)\})/g;

/** Throws a UsageError for what can't be named in `${…}`; `what` says where it stands. */
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

/** Throws a UsageError for a name that is not one of `known`; `what` says where it stands. */
export function checkVariables(value: unknown, known: readonly string[], what: string): void {
  for (const name of variablesIn(value)) {
    if (known.includes(name)) continue;
    throw unknownName('UNKNOWN_VARIABLE', `${what}: there is no variable \${${name}} here.`, {
      name,
      known,
      otherwise: 'Capture it in an earlier step.',
    });
  }
}

/** A value with the `${name}` in its texts, at any depth, replaced; `$$` stands for a dollar sign before a brace. */
export function fillVariables<T>(value: T, variables: Variables): T {
  if (typeof value === 'string') {
    return value.replace(piece, (whole, _, name: string | undefined, at: number) => {
      if (name !== undefined) return variables[name] ?? whole;
      return value[at + 2] === '{' ? '$' : whole;
    }) as T;
  }
  if (Array.isArray(value)) return value.map((item) => fillVariables(item, variables)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const filled = Object.entries(value).map(([key, member]) => [key, fillVariables(member, variables)]);
  return Object.fromEntries(filled) as T;
}
