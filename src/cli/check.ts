import { casesFor } from '../check/cases.js';
import { prepareCase } from '../check/prepareCase.js';
import { selectCases } from '../check/selectCases.js';
import { chooseTarget, targetHeaders } from '../config/target.js';
import { randomFrom, seededRandom } from '../core/random.js';
import { builtInProviders, findProvider } from '../providers/registry.js';
import type { CheckFlags } from './checkCommand.js';
import { listCases } from './checkReport.js';
import { readCheckFlags } from './checkSettings.js';
import { refuseForeign } from './checkTarget.js';
import { selectEvent } from './events.js';
import { exitCodes } from './exitCode.js';
import type { Io } from './io.js';
import { loadProject } from './project.js';
import { ownHeaders, timeLimitOf, withReport } from './projectFlags.js';
import { projectRoute, withRoute } from './projectRoute.js';
import { projectSecrets } from './projectSecrets.js';
import { runCheck, type UnaimedSource } from './runCheck.js';
import { historyWarning, secretWarnings } from './secretWarnings.js';

/** Runs `check`; resolves with the exit code. */
export async function check(
  providerName: string,
  eventName: string | undefined,
  typed: CheckFlags,
  io: Io,
): Promise<number> {
  const provider = findProvider(providerName, builtInProviders);
  const event = eventName === undefined ? provider.flagship : selectEvent(provider, eventName);
  const project = await loadProject(typed, io);
  const settings = readCheckFlags(typed);
  const cases = selectCases(casesFor(provider, event, typed.allEvents === true), settings);
  const target = chooseTarget(project, typed);
  const flags = withRoute(withReport(typed, project), project, target);
  const scope = { provider, target: target.name };
  const secrets = await projectSecrets({ ...scope, project, flags }, io);
  const source: UnaimedSource = {
    provider,
    event,
    variant: flags.variant ?? null,
    secrets,
    ...ownHeaders(targetHeaders(target, project), settings.headers),
    random: settings.seed === null ? randomFrom(io.entropy(16)) : seededRandom(settings.seed),
    now: settings.now === null ? io.clock.now : () => settings.now!,
  };
  if (flags.list) {
    const urlFor = () => 'http://localhost/';
    listCases(await Promise.all(cases.map((each) => prepareCase(each, { ...source, urlFor }))), flags, io);
    return exitCodes.ok;
  }
  refuseForeign(target, flags);
  const route = await projectRoute({ project, target, flags }, io);
  const timeLimitMs = timeLimitOf(project, flags, scope);
  for (const line of [...secretWarnings(secrets, provider), historyWarning(flags, target)]) {
    if (line !== null && !flags.quiet) io.stderr.write(`${line}\n`);
  }
  return runCheck({ source, cases, target, route, timeLimitMs, budgetMs: settings.budgetMs }, flags, io);
}
