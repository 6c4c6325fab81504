import type { SharedRunFlags } from '../../session/suite/suiteContext.js';

/** What `run` was told, as typed; nothing is filled in here. */
export interface RunFlags extends SharedRunFlags {
  readonly grep?: string;
  readonly shard?: string;
  readonly list?: true;
  readonly wait?: string;
  readonly waitFor?: string;
  readonly concurrency?: string;
  readonly bail?: string | true;
  readonly rerunFailed?: string;
  readonly serveKeys?: string;
  readonly config?: string;
  readonly maxLatency?: string[];
  readonly minAccepted?: string;
  readonly minCoverage?: string;
  readonly report?: string[];
  /** False for `--no-github`; commander fills in true. */
  readonly github?: boolean;
  /** False for `--no-log`. */
  readonly log?: boolean;
  readonly coverage?: true;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}
