import type { Readable, Writable } from 'node:stream';
import type { World } from '../../core/world.js';
import type { WaitNotice } from './waitNotice.js';

/** A key that a person pressed in a prompt. */
export interface Key {
  readonly name?: string | undefined;
  readonly ctrl?: boolean | undefined;
}

/** The form in which an error is printed: by the flags, and by the config once that is read. */
export interface ErrorStyle {
  /** As a line of JSON on stdout. */
  json: boolean;
  /** With JSON, not on stderr as well. */
  quiet: boolean;
}

/** All of the world that the command line touches; tests give their own. */
export interface Io extends World {
  readonly stdinIsTTY: boolean;
  /** Standard input and output as they are, for a protocol that another program speaks over them; absent where there are none. */
  readonly standardStreams?: () => { readonly input: Readable; readonly output: Writable };
  readonly errorStyle: ErrorStyle;
  /** Prepares the engine for a short run: a fast start matters more than a fast end. */
  readonly disableWasmTierUp: () => void;
  /** Opens a text in the user's editor and resolves with the edited text. Throws a UsageError where there is no editor. */
  readonly edit: (text: string) => Promise<string>;
  /** Shows on a terminal what the program is waiting for. */
  readonly waitNotice?: WaitNotice;
  /** Calls back for each key that is pressed in a prompt; returns a function that ends that. */
  readonly onKey: (listener: (key: Key) => void) => () => void;
}
