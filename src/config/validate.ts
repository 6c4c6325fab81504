import { type ErrorFacts, UsageError } from '../core/errors.js';
import { suggest } from '../core/nearest.js';
import { printable } from '../core/printable.js';
import type { Path, PlacedDocument } from '../documents/document.js';

/** An issue of zod; those of unions hold the issues of each branch. */
interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly expected?: string;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
  /** Of a key: its faults. */
  readonly issues?: readonly Issue[];
  /** The allowed values. */
  readonly values?: readonly unknown[];
  readonly options?: readonly unknown[];
}

interface Complaint {
  readonly path: Path;
  readonly message: string;
}

/** Complaints that one error lists. */
const listed = 5;

/** The part of a schema that is used here. */
interface Schema<T> {
  safeParse(data: unknown): { readonly data?: T; readonly error?: { readonly issues: readonly Issue[] } | undefined };
}

/** A complaint about a file with its place: `4:3`, or null where the file has none. */
export interface PlacedComplaint {
  readonly place: string | null;
  readonly message: string;
}

/** Checks the content of a file by a schema. Throws a UsageError with file, place, path and fix, for all faults. */
export async function validate<T>(schema: Schema<T>, document: PlacedDocument, shown: string): Promise<T> {
  const result = await judgeDocument(schema, document);
  if ('data' in result) return result.data;
  const lines = result.complaints
    .slice(0, listed)
    .map(({ place, message }) => printable(`${shown}${place === null ? '' : `:${place}`}: ${message}`));
  if (result.complaints.length > listed) lines.push(`and ${result.complaints.length - listed} more.`);
  throw new UsageError('BAD_CONFIG', lines.join('\n'), { facts: buildFacts(shown, result.complaints[0]!.place) });
}

/** The file of an error with the place in it, if known. */
function buildFacts(file: string, place: string | null): ErrorFacts {
  const [line, column] = (place ?? '').split(':').map(Number);
  return { file, ...(line && column && { line, column }) };
}

/** Returns the content of a file where it fits a schema; else all complaints. */
export async function judgeDocument<T>(
  schema: Schema<T>,
  { data, locate }: PlacedDocument,
): Promise<{ readonly data: T } | { readonly complaints: readonly PlacedComplaint[] }> {
  const { data: checked, error } = schema.safeParse(data);
  if (checked !== undefined) return { data: checked };
  const complaints = error!.issues.flatMap((issue) => collectProblems(issue, data, []));
  return {
    complaints: await Promise.all(
      complaints.map(async ({ path, message }) => ({
        place: await locate(path),
        message: path.length > 0 ? `${written(path)}: ${message}` : message,
      })),
    ),
  };
}

function collectProblems(issue: Issue, data: unknown, above: Path): Complaint[] {
  const path = [...above, ...(issue.path as Path)];
  const unquoted = isMeantAsObject(issue) ? null : unquotedIn(valueAt(data, path));
  if (unquoted !== null) return [{ path, message: unquoted }];
  if (issue.code === 'invalid_key') return issue.issues!.map(({ message }) => ({ path, message }));
  const choices = issue.values ?? issue.options;
  if (choices && issue.message.startsWith('Invalid'))
    return [{ path, message: describeWrongChoice(choices.map(String), data, path) }];
  if (issue.errors) {
    const [meant] = issue.errors
      .filter((issues) => !issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0))
      .sort((a, b) => weight(a) - weight(b));
    if (meant) return meant.flatMap((inner) => collectProblems(inner, data, path));
    const wanted = issue.message.startsWith('Invalid input')
      ? issue.errors.map(([first]) => kinds[first!.expected!]).join(' or ')
      : issue.message;
    return [{ path, message: `is ${kindOf(data, path)}, but must be ${wanted}.` }];
  }
  if (issue.keys) {
    const advice = issue.message.split('\n');
    return issue.keys.map((key, at) => ({ path: [...path, key], message: `unknown key. ${advice[at]}`.trim() }));
  }
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input')) {
    const kind = kindOf(data, path);
    return [
      { path, message: kind === 'missing' ? 'is missing.' : `is ${kind}, but must be ${kinds[issue.expected!]}.` },
    ];
  }
  return [{ path, message: issue.message }];
}

/** Returns the fault of `{name}` without quotes, which YAML takes for an object; null for anything else. */
function unquotedIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const [[key, inner] = ['', undefined], more] = Object.entries(value);
  return inner === null && more === undefined ? `needs quotes, or YAML takes it for an object: '{${key}}'.` : null;
}

/** Returns whether a branch of a union knows the keys of an object, and complains about their values. */
function isMeantAsObject({ errors = [] }: Issue): boolean {
  return errors.some((issues) => issues.some(({ path }) => path.length > 0));
}

/** Complaints that a branch of a union has. */
function weight(issues: readonly Issue[]): number {
  return issues.reduce((sum, { keys = [''] }) => sum + keys.length, 0);
}

function describeWrongChoice(choices: readonly string[], data: unknown, path: Path): string {
  const found = valueAt(data, path);
  if (found === undefined) return `is missing. It is one of ${choices.join(', ')}.`;
  if (typeof found !== 'string') return `is ${kindOf(data, path)}, but must be one of ${choices.join(', ')}.`;
  return `${JSON.stringify(found)} is not known. ${suggest(found, choices)}`;
}

const kinds: Record<string, string> = {
  string: 'text',
  boolean: 'true or false',
  number: 'a number',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  tuple: 'a list',
  function: 'a function',
};

function kindOf(data: unknown, path: Path): string {
  const value = valueAt(data, path);
  if (value === undefined) return 'missing';
  if (value === null) return 'empty';
  return kinds[Array.isArray(value) ? 'array' : typeof value] ?? typeof value;
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((node, step) => (node as Record<string, unknown> | null | undefined)?.[step], data);
}

/** `targets.staging.secrets.scalev[1]`. */
function written(path: Path): string {
  return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : `${at > 0 ? '.' : ''}${step}`)).join('');
}
