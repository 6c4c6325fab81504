import type { RejectionRule } from '../../check/answer.js';
import type { CaseSource, CheckCase } from '../../check/cases/case.js';
import { casesFor } from '../../check/cases/cases.js';
import { selectCases } from '../../check/selectCases.js';
import type { Project } from '../../config/project.js';
import { type ChosenTarget, targetHeaders } from '../../config/target.js';
import type { Header } from '../../core/delivery.js';
import type { Provider } from '../../core/provider.js';
import { randomFrom, seededRandom } from '../../core/random.js';
import type { NamedRoute, Route } from '../../core/route.js';
import type { World } from '../../core/world.js';
import type { CheckValues } from '../../options/check.js';
import { assertOneStdin } from '../../options/send.js';
import type { ReadyHandshake } from '../handshake/prepareHandshakes.js';
import { timeLimitOf, withTargetHeaders } from '../project/projectOptions.js';
import { projectRoute } from '../project/projectRoute.js';
import { projectSecrets } from '../project/readSecret.js';
import { historyWarning, publicUrlNotes, secretWarnings, variableWarning } from '../project/secretWarnings.js';
import { assertLocalTarget } from './checkTarget.js';

/** A check that is ready: everything that can be wrong with the command has been found out. */
export interface ReadyCheck {
  readonly source: UnaimedSource;
  readonly cases: readonly CheckCase[];
  /** True where only some of the cases were chosen. */
  readonly isPartial: boolean;
  readonly project: Project;
  readonly target: ChosenTarget;
  readonly route: NamedRoute;
  readonly timeLimitMs: number | null;
  /** Null for no limit. */
  readonly budgetMs: number | null;
  /** The rule for a rejection; null for the default. */
  readonly expect: RejectionRule | null;
  /** Sent before the first case. */
  readonly handshakes: readonly ReadyHandshake[];
  /** Warnings, which do not stop the command. */
  readonly warnings: readonly string[];
}

/** The receiver to check, and the provider and event to check it with. */
export interface CheckRequest {
  readonly provider: Provider;
  readonly event: string;
  readonly project: Project;
  readonly target: ChosenTarget;
  /** The route as values, in place of options, config and environment. */
  readonly route?: Partial<Route> | undefined;
  /** Headers whose values came from the environment and are secret whatever their names; they replace the target's. */
  readonly secretHeaders?: readonly Header[];
}

/** Reads all that the options name. Throws a UsageError for the first thing that is wrong with them. */
export async function prepareCheck(request: CheckRequest, options: CheckValues, io: World): Promise<ReadyCheck> {
  const { provider, event, project, target, secretHeaders = [] } = request;
  const { only = [], skip = [], header = [], seed = null, now = null, budget = null, expect = null } = options;
  assertOneStdin(options.secret ?? []);
  const cases = selectCases(casesFor(provider, event, options.allEvents === true), { only, skip });
  const scope = { provider, target: target.name };
  const secrets = await projectSecrets({ ...scope, project, options }, io);
  const own = withTargetHeaders(targetHeaders(target, project), [...header, ...secretHeaders]);
  const source: UnaimedSource = {
    provider,
    event,
    variant: options.variant ?? null,
    publicUrlFor: (each) => target.publicUrlFor?.({ provider: provider.name, event: each }),
    secrets,
    headers: own.headers,
    secretNames: [...own.secretNames, ...secretHeaders.map(([name]) => name.toLowerCase())],
    random: seed === null ? randomFrom(io.entropy(16)) : seededRandom(seed),
    now: now === null ? io.clock.now : () => now,
  };
  const route = await projectRoute({ project, target, options, route: request.route }, io);
  if (!options.list) assertLocalTarget(target, route, options);
  const timeLimitMs = timeLimitOf(project, options, scope);
  const handshakes = options.handshake
    ? await (await import('../handshake/prepareHandshakes.js')).prepareHandshakes(
        { headers: header, seed, now, provider, names: [], project, target, secrets, options },
        io,
      )
    : [];
  const warnings = [
    ...secretWarnings(secrets, provider),
    ...publicUrlNotes([provider], options),
    historyWarning(options, target, route, io),
    variableWarning(options, project.env, io),
  ].filter((line) => line !== null);
  return {
    source,
    cases,
    isPartial: only.length > 0,
    project,
    target,
    route,
    timeLimitMs,
    budgetMs: budget,
    expect,
    handshakes,
    warnings,
  };
}

/** The source of the cases without the address, which the built-in receiver only has once it has started. */
type UnaimedSource = Omit<CaseSource, 'urlFor'>;
