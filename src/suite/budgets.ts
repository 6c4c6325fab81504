import { parseDuration } from '../core/duration.js';
import { UsageError } from '../core/errors.js';
import { suggest } from '../core/nearest.js';
import type { Latency } from '../core/run.js';
import type { Budget, Coverage } from '../core/suite.js';

/** The figures that budgets are compared with: of all deliveries except those of checks. */
export interface BudgetFigures {
  readonly latencyMs: Latency | null;
  /** The number of genuine deliveries, and of those accepted. */
  readonly genuine: number;
  readonly accepted: number;
  readonly coverage: readonly Coverage[];
}

/** Compares a run with a limit. */
export type BudgetRule = (spent: BudgetFigures) => Budget;

/** The figures of latency that a limit can name. */
export const latencyFigures: readonly (keyof Latency)[] = ['min', 'mean', 'p50', 'p95', 'p99', 'max'];

/** Reads `p95=500ms`. Throws a UsageError. */
export function maxLatency(text: string, what: string): BudgetRule {
  const [, figure = '', duration] = /^(\w+)=(.*)$/.exec(text) ?? [];
  const name = latencyFigures.find((known) => known === figure);
  if (duration === undefined || name === undefined) {
    const hint = duration === undefined ? '' : ` ${suggest(figure, latencyFigures)}`;
    throw new UsageError('BAD_BUDGET', `${what}: "${text}" is not a limit. Write p95=500ms or max=2s.${hint}`);
  }
  const limit = parseDuration(duration, what);
  return ({ latencyMs }) => ({
    name: `max-latency ${text}`,
    // What was never answered has no latency that could be within a limit.
    ok: latencyMs !== null && latencyMs[name] <= limit,
    figure: latencyMs === null ? 'nothing was answered' : `${Math.ceil(latencyMs[name] * 10) / 10} ms`,
  });
}

/** Reads the share of genuine deliveries that must be accepted, `99.5%`. Throws a UsageError. */
export function minAccepted(text: string, what: string): BudgetRule {
  const limit = percent(text, what);
  return ({ genuine, accepted }) => ({
    name: `min-accepted ${text}`,
    ok: genuine > 0 && (accepted * 100) / genuine >= limit,
    figure: genuine === 0 ? 'nothing genuine was sent' : `${shown(accepted, genuine)} (${accepted} of ${genuine})`,
  });
}

/** Reads the share of events that must be exercised, `80%`. Throws a UsageError. */
export function minCoverage(text: string, what: string): BudgetRule {
  const limit = percent(text, what);
  return ({ coverage }) => {
    const exercised = coverage.reduce((sum, one) => sum + one.exercised.length, 0);
    const all = coverage.reduce((sum, one) => sum + one.exercised.length + one.missing.length, 0);
    return {
      name: `min-coverage ${text}`,
      ok: all > 0 && (exercised * 100) / all >= limit,
      figure: all === 0 ? 'no events' : `${shown(exercised, all)} (${exercised} of ${all} events)`,
    };
  };
}

function percent(text: string, what: string): number {
  const value = /^\d{1,3}(\.\d+)?%$/.test(text) ? Number(text.slice(0, -1)) : Number.NaN;
  if (value >= 0 && value <= 100) return value;
  throw new UsageError('BAD_BUDGET', `${what}: "${text}" is not a share. Write 100% or 99.5%.`);
}

/** One decimal, but never a round figure that it is not: 99.96 % is not 100 %. */
function shown(part: number, all: number): string {
  return `${Math.floor((part * 1000) / all) / 10} %`;
}
