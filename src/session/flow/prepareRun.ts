import type { Project } from '../../config/project.js';
import { type ChosenTarget, targetHeaders } from '../../config/target.js';
import type { Header } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import type { Provider } from '../../core/provider.js';
import type { NamedRoute } from '../../core/route.js';
import type { Secret } from '../../core/secret.js';
import type { World } from '../../core/world.js';
import { type FlowSource, type PreparedFlow, prepareFlow } from '../../flow/prepareFlow.js';
import { checkFaults } from '../../flow/scheduleSteps.js';
import type { Script } from '../../flow/script.js';
import type { FlowValues } from '../../options/flow.js';
import type { HandshakeRun } from '../handshake/sendHandshakeRuns.js';
import { timeLimitOf, withTargetHeaders } from '../project/projectOptions.js';
import { projectRoute } from '../project/projectRoute.js';
import { projectSecrets } from '../project/readSecret.js';
import { historyWarning, publicUrlNotes, secretWarnings } from '../project/secretWarnings.js';
import type { FlowSettings } from './flowSettings.js';

/** The flows to run, and their target. */
export interface RunRequest {
  readonly scripts: readonly Script[];
  readonly settings: FlowSettings;
  readonly project: Project;
  readonly target: ChosenTarget;
  /** Headers whose values came from the environment and are secret whatever their names; they replace the target's. */
  readonly secretHeaders?: readonly Header[];
}

/** A run that is ready but for the address, which the built-in receiver only has once it is started. */
export interface ReadyRun extends RunRequest {
  readonly route: NamedRoute;
  /** The user's own. */
  readonly headers: readonly Header[];
  /** Of each provider that the flows are about. */
  readonly secrets: ReadonlyMap<Provider, readonly Secret[]>;
  /** Sent before the first delivery. */
  readonly handshakes: readonly HandshakeRun[];
  /** Warnings, which do not stop the command. */
  readonly warnings: readonly string[];
  /** Returns the flows. Throws a UsageError for what is wrong with them. */
  readonly flowsTo: (urlFor: FlowSource['urlFor']) => Promise<PreparedFlow[]>;
}

/** Reads all that the options and the config name. Throws a UsageError for the first thing that is wrong with them. */
export async function prepareRun(request: RunRequest, options: FlowValues, io: World): Promise<ReadyRun> {
  const { scripts, settings, project, target, secretHeaders = [] } = request;
  const providers = [...new Set(scripts.flatMap(({ steps }) => steps.map(({ provider }) => provider)))];
  if (providers.length > 1 && options.secret) {
    throw new UsageError(
      'CONFLICT',
      `${options.nameOf('secret')} gives one secret, and the flow has several providers: ${providers.map(({ name }) => name).join(', ')}. Name theirs in the config.`,
    );
  }
  const own = withTargetHeaders(targetHeaders(target, project), [...settings.headers, ...secretHeaders]);
  const { headers } = own;
  const secretNames = [...own.secretNames, ...secretHeaders.map(([name]) => name.toLowerCase())];
  const route = await projectRoute({ project, target, options }, io);
  const secrets = new Map<Provider, readonly Secret[]>();
  for (const provider of providers) {
    secrets.set(provider, await projectSecrets({ project, provider, options, target: target.name }, io));
  }
  const limits = new Map(
    providers.map((provider) => [provider, timeLimitOf(project, options, { provider, target: target.name })]),
  );
  const handshakes = options.handshake ? await flowHandshakes({ ...request, secrets, limits, options }, io) : [];
  const flowsTo = async (urlFor: FlowSource['urlFor']) => {
    const source: FlowSource = {
      urlFor,
      publicUrlFor: target.publicUrlFor,
      secretsOf: (provider) => secrets.get(provider)!,
      headers,
      secretNames,
      timeLimitOf: (provider) => limits.get(provider) ?? null,
    };
    const flows = await Promise.all(scripts.map((script) => prepareFlow(script, source)));
    const surroundings = { concurrency: options.orders ? 2 : settings.concurrency, nameOf: options.nameOf };
    for (const flow of flows) checkFaults(flow, settings.faults, surroundings);
    return flows;
  };
  const warnings = [
    ...providers.flatMap((provider) => secretWarnings(secrets.get(provider)!, provider)),
    ...publicUrlNotes(providers, options),
    historyWarning(options, target, route, io),
  ].filter((line) => line !== null);
  return { ...request, route, headers, secrets, handshakes, warnings, flowsTo };
}

interface Signing extends RunRequest {
  readonly secrets: ReadonlyMap<Provider, readonly Secret[]>;
  readonly limits: ReadonlyMap<Provider, number | null>;
  readonly options: FlowValues;
}

/** The handshakes of those providers of a flow that have some. Throws a UsageError where none has. */
async function flowHandshakes({ secrets, limits, settings, ...request }: Signing, io: World): Promise<HandshakeRun[]> {
  const { prepareHandshakes } = await import('../handshake/prepareHandshakes.js');
  const having = [...secrets].filter(([{ handshakes = [] }]) => handshakes.length > 0);
  const runs = (having.length > 0 ? having : [...secrets].slice(0, 1)).map(async ([provider, own]) => ({
    provider,
    secrets: own,
    timeLimitMs: limits.get(provider) ?? null,
    handshakes: await prepareHandshakes({ ...request, ...settings, provider, names: [], secrets: own }, io),
  }));
  return Promise.all(runs);
}
