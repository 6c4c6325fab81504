import type { RejectionRule } from '../check/answer.js';
import type { Fault } from '../core/attempt.js';
import type { Header } from '../core/delivery.js';
import type { NameOf } from '../core/errors.js';
import type { FaultShare, LatencyLimit, LoadStage } from '../core/load.js';
import type { JsonDialect } from '../core/provider.js';
import type { StatusRule } from '../core/status.js';
import type { Edit } from '../payloads/edit.js';

export type { NameOf };

/** The type of an option's value once it is read, by the option's type. */
export interface ValueTypes {
  readonly switch: boolean;
  readonly text: string;
  readonly texts: readonly string[];
  readonly choice: string;
  readonly whole: number;
  /** Milliseconds, from 1 ms to 24 h. */
  readonly timeLimit: number;
  /** Milliseconds, up to the option's `max`. */
  readonly duration: number;
  /** Milliseconds since 1970. */
  readonly moment: number;
  /** Milliseconds between attempts. */
  readonly schedule: readonly number[];
  /** A factor relative to real time. */
  readonly speed: number;
  readonly edits: readonly Edit[];
  /** Edits that take fields away. */
  readonly removals: readonly Edit[];
  readonly headers: readonly Header[];
  readonly dialect: JsonDialect;
  readonly status: StatusRule;
  readonly rejection: RejectionRule;
  readonly fault: Fault;
  readonly pattern: RegExp;
  /** After how many failures to stop. */
  readonly bail: number;
  /** Arrivals per second, from one to another. */
  readonly rates: Pick<LoadStage, 'fromRate' | 'toRate'>;
  /** Arrivals per second. */
  readonly rate: number;
  readonly stages: readonly LoadStage[];
  /** From 0 to 1. */
  readonly share: number;
  readonly latencyLimits: readonly LatencyLimit[];
  readonly faultShares: readonly FaultShare[];
  /** IP addresses by `host` or `host:port`. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Texts by name. */
  readonly pairs: Readonly<Record<string, string>>;
}

/** Under what heading the help lists an option. */
export type OptionGroup =
  | 'Load'
  | 'Payload'
  | 'Selection'
  | 'Fault injection'
  | 'State verification'
  | 'Target and execution'
  | 'Retries and fault injection'
  | 'Connection'
  | 'Verification'
  | 'Answers'
  | 'End'
  | 'Thresholds'
  | 'Output';

/** One option of a command, of a case of a suite, of a call: everything about it except its spelling on a command line. */
export interface OptionSpec<T extends keyof ValueTypes = keyof ValueTypes> {
  readonly type: T;
  readonly help: string;
  readonly group?: OptionGroup;
  /** Another flag that means the same; files and calls do not know it. */
  readonly alias?: string;
  /** The name of its value in help, such as `file`; by default that of its type. A switch has none. */
  readonly value?: string;
  /** The letter of its short flag. */
  readonly short?: string;
  /** True for a switch that is on unless it is switched off. */
  readonly isOn?: true;
  /** True for a switch that a config may have on, and that is switched off by `--no-…`. */
  readonly canBeOff?: true;
  /** True where the value may be left out. */
  readonly isValueOptional?: true;
  /** The words that a choice accepts. */
  readonly choices?: readonly string[];
  /** The least and the most, of a number or a duration in milliseconds. */
  readonly min?: number;
  readonly max?: number;
}

/** Options by their keys: the flag's name in camel case. */
export type OptionSet = Readonly<Record<string, OptionSpec>>;

type ValueOf<S extends OptionSpec> = S extends { readonly choices: readonly (infer C)[] } ? C : ValueTypes[S['type']];

/** The values of a set of options, read and checked, and how the user wrote each; an option that was not given is absent. */
export type OptionValues<S extends OptionSet> = { readonly [K in keyof S]?: ValueOf<S[K]> } & {
  readonly nameOf: NameOf;
};
