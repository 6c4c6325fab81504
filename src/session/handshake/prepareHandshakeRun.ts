import type { Project } from '../../config/project.js';
import type { ChosenTarget } from '../../config/target.js';
import type { Provider } from '../../core/provider.js';
import type { NamedRoute } from '../../core/route.js';
import type { World } from '../../core/world.js';
import type { HandshakeValues } from '../../options/handshake.js';
import { assertOutputOptions } from '../../options/output.js';
import { assertOneStdin } from '../../options/send.js';
import { timeLimitOf } from '../project/projectOptions.js';
import { projectRoute } from '../project/projectRoute.js';
import { projectSecrets } from '../project/readSecret.js';
import { historyWarning, publicUrlNotes, secretWarnings } from '../project/secretWarnings.js';
import { prepareHandshakes } from './prepareHandshakes.js';
import { sampleNotes } from './readGivenTexts.js';
import type { HandshakeRun } from './sendHandshakeRuns.js';

/** The provider and target of a handshake. */
export interface HandshakeRunRequest {
  readonly provider: Provider;
  /** Names of the provider's handshakes; none means all of them. */
  readonly names: readonly string[];
  readonly project: Project;
  readonly target: ChosenTarget;
}

/** Handshakes that are ready to be sent. */
export interface ReadyHandshakeRun extends HandshakeRun {
  readonly project: Project;
  readonly target: ChosenTarget;
  readonly route: NamedRoute;
  /** Warnings, which do not stop the command. */
  readonly warnings: readonly string[];
}

/** Reads all that the options and the config name. Throws a UsageError for the first thing that is wrong with them. */
export async function prepareHandshakeRun(
  request: HandshakeRunRequest,
  options: HandshakeValues,
  io: World,
): Promise<ReadyHandshakeRun> {
  assertOneStdin(options.secret ?? []);
  assertOutputOptions(options);
  const { provider, project, target } = request;
  const { header = [], seed = null, now = null } = options;
  const scope = { provider, target: target.name };
  const timeLimitMs = timeLimitOf(project, options, scope);
  const route = await projectRoute({ project, target, options }, io);
  const secrets = await projectSecrets({ ...scope, project, options }, io);
  const handshakes = await prepareHandshakes({ ...request, headers: header, seed, now, secrets, options }, io);
  const warnings = [
    ...secretWarnings(secrets, provider),
    ...publicUrlNotes([provider], options),
    ...sampleNotes({ provider, project, options }),
    historyWarning(options, target, route, io),
  ].filter((line) => line !== null);
  return { provider, handshakes, secrets, timeLimitMs, project, target, route, warnings };
}
