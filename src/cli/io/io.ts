import type { Readable, Writable } from 'node:stream';
import type { World } from '../../core/world.js';
import type { WaitNotice } from './waitNotice.js';

/** A key that a person pressed in a prompt. */
export interface Key {
  readonly name?: string | undefined;
  readonly ctrl?: boolean | undefined;
}

/** How an error is reported: it follows the flags that are typed, and the config once that is read. */
export interface ErrorStyle {
  /** As a line of JSON on stdout. */
  json: boolean;
  /** Where it is reported in JSON, not on stderr as well. */
  quiet: boolean;
}

/** All of the world that the command line touches; tests give their own. */
export interface Io extends World {
  readonly stdinIsTTY: boolean;
  /** Standard input and output as they are, for a protocol that another program speaks over them; absent where there are none. */
  readonly standardStreams?: () => { readonly input: Readable; readonly output: Writable };
  readonly errorStyle: ErrorStyle;
  /** Tells the engine that the run is short: better to start fast than to get faster. */
  readonly disableWasmTierUp: () => void;
  /** Opens a text in the user's editor and resolves with what became of it. Throws a UsageError where there is no editor. */
  readonly edit: (text: string) => Promise<string>;
  /** What shows on a terminal what is waited for. */
  readonly waitNotice?: WaitNotice;
  /** Calls back for each key that is pressed in a prompt; returns what ends that. */
  readonly onKey: (listener: (key: Key) => void) => () => void;
}
