import type { LoadedSuite } from '../../config/loadSuite.js';
import type { Project } from '../../config/project.js';
import { type ChosenTarget, chooseTarget } from '../../config/target.js';
import { UsageError } from '../../core/errors.js';
import type { SourceLocation } from '../../core/suite.js';
import { fillVariables, type Variables } from '../../core/variables.js';
import type { World } from '../../core/world.js';
import type { DeliveryLog } from '../../history/logDeliveries.js';
import type { NameOf } from '../../options/option.js';
import type { RunValues, SharedRunValues } from '../../options/run.js';
import { type BudgetRule, maxLatency, minAccepted, minCoverage } from '../../suite/budgets.js';
import { type CaseSelection, parseShard } from '../../suite/select.js';
import type { SuiteCase } from '../../suite/suite.js';
import type { TargetPool } from './targetPool.js';

/** The target of a case as written. */
type Aim = Pick<SuiteCase, 'to' | 'publicUrl'>;

/** The common inputs of the cases of a suite. */
export interface SuiteContext {
  readonly loaded: LoadedSuite;
  readonly project: Project;
  /** Options that replace the defaults of a suite. */
  readonly options: SharedRunValues;
  /** The world as it is seen from the suite's folder. */
  readonly io: World;
  readonly ways: TargetPool;
  readonly log: DeliveryLog;
  /** The suite's own variables. */
  readonly variables: Variables;
  /** Names of those whose values came from the environment. */
  readonly secretNames: ReadonlySet<string>;
}

/** A case with everything needed to prepare it. */
export interface CaseContext extends SuiteContext {
  /** With the suite's defaults, and with its variables as they were written. */
  readonly written: SuiteCase;
  /** A name that is unique in its suite; for `event` where the case is about several. */
  readonly nameFor: (event: string | null) => string;
  readonly place: SourceLocation | null;
  /** Its place, for errors. */
  readonly what: string;
  /** Names of the variables that earlier cases capture. */
  readonly captured: ReadonlySet<string>;
}

/**
 * Returns the target of a case: its own, else that of the command line, the environment, the suite, the config. Throws a UsageError where none names
 * one: a suite that only tests the built-in receiver has to say so.
 */
export function caseTarget({ loaded, project, options, variables }: SuiteContext, aim: Aim): ChosenTarget {
  const to = aim.to ?? options.to;
  const publicUrl = aim.publicUrl ?? options.publicUrl;
  const nameOf: NameOf = (key) => (aim[key as keyof Aim] === undefined ? options.nameOf(key) : key);
  const target = fillVariables(loaded.suite.target, variables, `${loaded.file}: target`);
  const named =
    target === undefined ? project : { ...project, file: loaded.file, config: { ...project.config, target } };
  if (to === undefined && named.config.target === undefined && !project.env.WEBHOOK_SIM_TARGET) {
    throw new UsageError(
      'NO_TARGET',
      `no target. Write "target: http://localhost:3000/path" into the suite, or say ${options.nameOf('to')}; demo is the built-in receiver.`,
    );
  }
  return chooseTarget(named, { to, publicUrl, nameOf });
}

/** The options of a run of suites with their defaults. */
export interface RunSettings extends CaseSelection {
  readonly concurrency: number | null;
  readonly bail: number | null;
  readonly rerunFailed: number;
  readonly budgets: readonly BudgetRule[];
}

/** Fills in the defaults. Throws a UsageError for a budget or a shard that is none. */
export function runSettings(options: RunValues): RunSettings {
  const { grep, shard, concurrency, bail, rerunFailed, maxLatency: latencies = [], nameOf } = options;
  const { minAccepted: accepted, minCoverage: coverage } = options;
  return {
    nameOf,
    grep: grep ?? null,
    shard: shard === undefined ? null : parseShard(shard, nameOf('shard')),
    concurrency: concurrency ?? null,
    bail: bail ?? null,
    rerunFailed: rerunFailed ?? 0,
    budgets: [
      ...latencies.map((text) => maxLatency(text, nameOf('maxLatency'))),
      ...(accepted === undefined ? [] : [minAccepted(accepted, nameOf('minAccepted'))]),
      ...(coverage === undefined ? [] : [minCoverage(coverage, nameOf('minCoverage'))]),
    ],
  };
}
