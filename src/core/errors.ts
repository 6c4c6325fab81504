import { fileURLToPath } from 'node:url';
import type { Plain } from './plain.js';

/** A place in a file of code. */
interface CodePlace {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  readonly column: number | null;
}

/**
 * Finds the place in a file where an error was thrown, by its stack, or where the syntax of a module is wrong; null where the stack names no file.
 */
export function thrownAt(error: Error): CodePlace | null {
  const lines = (error.stack ?? '').slice(0, maxStack).split('\n');
  // Node puts the place of a wrong syntax before the words.
  const frames = [lines[0] ?? '', ...lines.filter((line) => /^\s+at (?!.*\b(?:data|node):)/.test(line))];
  for (const frame of frames) {
    if (frame.length > maxFrame) continue;
    const [, shown, line, column] = /((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?):(\d+)(?::(\d+))?\)?$/.exec(frame) ?? [];
    if (shown === undefined) continue;
    return { file: toPath(shown), line: Number(line), column: column === undefined ? null : Number(column) };
  }
  return null;
}

/** Characters of a stack, and of one line in it, that are looked at: a message is in it, and may be long. */
const maxStack = 65_536;
const maxFrame = 4096;

function toPath(shown: string): string {
  return shown.startsWith('file://') ? fileURLToPath(shown.replace(/\?.*$/, '')) : shown;
}

/** The subject of an error as data: an option, a value, the nearest names, a file and the place in it. */
export type ErrorFacts = Readonly<Record<string, Plain>>;

export interface ErrorDetails extends ErrorOptions {
  /** The next step for the user; it ends the message. */
  readonly hint?: string;
  readonly facts?: ErrorFacts;
}

/** Base of all errors that this program throws deliberately: a stable code, and a message that names the next step. */
export class WebhookSimError extends Error {
  /** The part of the message that names the next step; null where it is no sentence by itself. */
  readonly hint: string | null;
  /** The subject of the error, as data. */
  readonly facts: ErrorFacts;

  constructor(
    readonly code: string,
    problem: string,
    { hint = '', facts = {}, ...options }: ErrorDetails = {},
  ) {
    super(hint === '' ? problem : `${problem} ${hint}`, options);
    this.name = new.target.name;
    this.hint = hint === '' ? null : hint;
    this.facts = facts;
  }

  /** The message without its hint. */
  get problem(): string {
    return this.hint === null ? this.message : this.message.slice(0, -this.hint.length - 1);
  }
}

/** Something in the command, the library call or a file is wrong; nothing was sent. Exit code 2. */
export class UsageError extends WebhookSimError {}

interface BadValue {
  readonly value: string;
  /** A sentence that follows the name and a colon. */
  readonly reason: string;
  readonly hint?: string;
}

/** The error for a value of an option, or at a place in a file; `what` names that. */
export function badValue(code: string, what: string, { value, reason, hint = '' }: BadValue): UsageError {
  const facts = { [/^-{1,2}[a-z]/i.test(what) ? 'option' : 'place']: what, value };
  return new UsageError(code, `${what}: ${reason}`, { hint, facts });
}

/** Spells an option as its user does: `--public-url` on a command line, `publicUrl` in a file, `options.publicUrl` in a call. */
export type NameOf = (key: string) => string;

/** Spells the way to switch an option off as its user does: `--no-keep-alive` on a command line, `keepAlive: false` elsewhere. */
export function nameWhenOff(nameOf: NameOf, key: string): string {
  const name = nameOf(key);
  return name.startsWith('--') ? `--no-${name.slice(2)}` : `${name}: false`;
}
