import type { Plain } from './plain.js';

/** What an error is about, as data: an option, a value, the nearest names, a file and the place in it. */
export type ErrorFacts = Readonly<Record<string, Plain>>;

export interface ErrorDetails extends ErrorOptions {
  /** What to do next; it ends the message. */
  readonly hint?: string;
  readonly facts?: ErrorFacts;
}

/** Base of all errors that this program throws deliberately: a stable code, and a message that says what to do. */
export class WebhookSimError extends Error {
  /** The part of the message that says what to do next; null where it is no sentence by itself. */
  readonly hint: string | null;
  /** What the error is about, as data. */
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
