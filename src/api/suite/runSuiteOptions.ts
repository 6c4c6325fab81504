import type { ResultEnded, SuiteEnded } from '../../core/suite.js';
import type {
  BesideOptions,
  CallResult,
  ConnectionOptions,
  ProjectOptions,
  WaitingOptions,
} from '../project/callOptions.js';

/** Which suites are run, and what must hold for all of it. The environment counts as on the command line: suites name variables. */
export interface RunSuiteOptions extends WaitingOptions, ConnectionOptions, BesideOptions, ProjectOptions {
  /** Files, folders, or names of suites of the config; by default those of the config and all below the working folder. */
  readonly suites?: readonly string[];
  /** Only cases whose name matches. */
  readonly grep?: string | RegExp;
  /** One part of several, such as `1/3`. */
  readonly shard?: string;
  /** Where to: the target of the cases that name none of their own. */
  readonly to?: string | URL;
  /** A program that is started to be the receiver, with its arguments, and stopped at the end. */
  readonly command?: readonly string[];
  /** Waits so long (`30s`) until the target accepts connections. */
  readonly wait?: string | number;
  /** Waits until this path of the target answers. */
  readonly waitFor?: string;
  /** concurrent Cases; by default as the suite says. */
  readonly concurrency?: number;
  /** Stops at the first failed case (`true`), or at the n-th. */
  readonly bail?: boolean | number;
  /** Tries a failed case again, up to so many times; what passes then is flaky. */
  readonly rerunFailed?: number;
  /** Limits of the latency, such as `p95=500ms`. */
  readonly maxLatency?: string | readonly string[];
  /** The share of genuine deliveries that must be accepted, such as `100%`. */
  readonly minAccepted?: string;
  /** The share of the providers' events that must be exercised. */
  readonly minCoverage?: string;
  /** Tells which events of the providers were exercised. */
  readonly coverage?: boolean;
}

/** What a run of suites came to. */
export interface SuiteResult extends CallResult {
  /** Each case, in the order in which they ended. */
  readonly results: readonly ResultEnded[];
  readonly summary: SuiteEnded;
}
