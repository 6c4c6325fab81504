import type { Dialect, HeadersInput } from '../../src/index.js';
import type { ValueTypes } from '../../src/options/option.js';

/** The values that a call may give for an option, by the option's type. */
export interface GivenTypes extends Record<keyof ValueTypes, unknown> {
  readonly switch: boolean;
  readonly text: string | number | URL;
  readonly texts: string | readonly string[];
  readonly choice: string;
  readonly whole: number;
  readonly timeLimit: string | number;
  readonly duration: string | number;
  readonly moment: Date | number | string;
  readonly schedule: readonly string[];
  readonly speed: string;
  readonly edits: Readonly<Record<string, unknown>>;
  readonly removals: string | readonly string[];
  readonly headers: HeadersInput;
  readonly dialect: Dialect;
  readonly status: string | number;
  readonly rejection: string | number;
  readonly fault: string;
  readonly hosts: Readonly<Record<string, string>>;
  readonly pattern: string | RegExp;
  readonly bail: boolean | number;
}
