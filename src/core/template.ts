import { UsageError } from './errors.js';
import type { IdentityKind } from './identity.js';
import { suggest } from './nearest.js';
import type { TimeKind } from './time.js';

/** A piece of a template: literal text, or the name of a value. */
export type TemplatePart = { readonly text: string } | { readonly name: string };
export type Template = readonly TemplatePart[];

/**
 * Reads a template such as `t={timestamp},v1={signature}`; `{{` and `}}` stand for braces.
 * `known` are the names it may hold, `what` says in an error which template it is.
 */
export function parseTemplate(source: string, known: readonly string[], what: string): Template {
  const parts: TemplatePart[] = [];
  let text = '';
  const fail = (reason: string, hint = ''): never => {
    throw new UsageError('BAD_TEMPLATE', `${what}: ${reason} in "${source}". ${hint}`.trimEnd());
  };
  for (let i = 0; i < source.length; i++) {
    const char = source[i]!;
    if ((char === '{' || char === '}') && source[i + 1] === char) {
      text += char;
      i++;
    } else if (char === '{') {
      const end = source.indexOf('}', i);
      if (end < 0) fail(`"{" at ${i} has no "}"`);
      const name = source.slice(i + 1, end);
      if (!known.includes(name)) fail(`unknown placeholder {${name}}`, suggest(name, known));
      if (text) parts.push({ text });
      text = '';
      parts.push({ name });
      i = end;
    } else if (char === '}') {
      fail(`"}" at ${i} has no "{"`);
    } else {
      text += char;
    }
  }
  if (text) parts.push({ text });
  return parts;
}

/** The names that a template holds, in order. */
export function templateNames(template: Template): string[] {
  return template.flatMap((part) => ('name' in part ? [part.name] : []));
}

/** Fills a template with the value of each name. */
export function renderTemplate(template: Template, value: (name: string) => string): string {
  let text = '';
  for (const part of template) text += 'name' in part ? value(part.name) : part.text;
  return text;
}

/** A value that is made for each delivery: a fresh id, or the time. */
export type GeneratedValueSpec = TimeValueSpec | AttemptValueSpec | IdValueSpec | GivenValueSpec;

/** A text that the receiver's owner chose and gave to the provider, such as a verify token; only in handshakes. */
export interface GivenValueSpec {
  readonly kind: 'given';
  /** Environment variables that may hold it, best first. */
  readonly env?: readonly string[];
  /** An invented one, used when no other is given. */
  readonly sample: string;
}

/** A fresh id. */
export interface IdValueSpec {
  readonly kind: Exclude<IdentityKind, 'nanoseconds'>;
  readonly length?: number;
  readonly prefix?: string;
  /** For kind `code`, as an identity has it. */
  readonly pattern?: string;
}

/** A value of an attempt, about itself or the one before it. */
export type AttemptValueSpec =
  /**
   * Its number; `from` is that of the first, 1 by default, so that 0 counts the retries. Or the text `first` in the first one, and `retries`
   * in those after it.
   */
  | {
      readonly kind: 'attempt';
      readonly from?: 0 | 1;
      readonly first?: string;
      readonly retries?: string;
    }
  /** The outcome of the previous attempt, in the provider's words; empty in the first. */
  | ({ readonly kind: 'outcome' } & Readonly<Record<FailedOutcome, string>>);

/** An outcome that a retry can follow. */
export type FailedOutcome = 'rejected' | 'timed_out' | 'broken' | 'unreachable';

/** The time of a delivery, or one relative to it. */
export interface TimeValueSpec {
  readonly kind: 'time';
  readonly format: TimeKind;
  /** The UTC offset in which it is written (`+07:00`), for formats that do not count from 1970. */
  readonly zone?: string;
  /** Another time than now: one that is ahead or behind (`now+300s`), or that of the first attempt, which retries keep (`first attempt`). */
  readonly at?: string;
}

/** A value that is read from the delivery itself. */
export type ReadValueSpec =
  /** One field of the body as text; `absent` in its place where there is none, else that is an error. */
  | { readonly kind: 'field'; readonly path: string; readonly absent?: string }
  /**
   * Several fields of the body, or all of its outermost ones, `sorted` by name or in the order in which they are sent (`all`): `each`
   * (`{name}\n{value}\n`) for every one, with `join` between. One that is absent is left out, or counts as empty. Of all fields those are left
   * out that hold a signature, those in `except`, and, where `empty` says so, those without a text.
   */
  | {
      readonly kind: 'fields';
      readonly paths: readonly string[] | 'sorted' | 'all';
      readonly except?: readonly string[];
      readonly empty?: 'left out';
      readonly each: string;
      readonly join: string;
      readonly absent: 'empty' | 'left out';
    }
  /** The value of a header, the user's own or the provider's. */
  | { readonly kind: 'header'; readonly name: string };

/** A value that templates may name. */
export type ValueSpec = GeneratedValueSpec | ReadValueSpec;
