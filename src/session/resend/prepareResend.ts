import type { Project } from '../../config/project.js';
import { type ChosenTarget, targetHeaders } from '../../config/target.js';
import { UsageError } from '../../core/errors.js';
import type { LogEntry } from '../../core/logEntry.js';
import type { Provider } from '../../core/provider.js';
import { randomFrom } from '../../core/random.js';
import type { NamedRoute } from '../../core/route.js';
import type { Secret } from '../../core/secret.js';
import type { StatusRule } from '../../core/status.js';
import type { World } from '../../core/world.js';
import { splitCredentials } from '../../delivery/source.js';
import { expectedOfNamed } from '../../forge/expectedAnswer.js';
import { assertOutputOptions } from '../../options/output.js';
import type { ResendValues } from '../../options/resend.js';
import { assertOneStdin } from '../../options/send.js';
import { eventRules } from '../../policy/rules.js';
import type { PlannedDelivery } from '../../simulate/plan.js';
import { timeLimitOf } from '../project/projectOptions.js';
import { projectRoute } from '../project/projectRoute.js';
import { projectSecrets } from '../project/readSecret.js';
import { historyWarning, publicUrlNotes } from '../project/secretWarnings.js';
import type { EditSample } from '../send/prepareSend.js';
import { resentRequest } from './keptRequest.js';
import { providerOfKept } from './providerOfKept.js';
import { openKept, originalUrl } from './rebuildDelivery.js';
import { assertNotForged, type Resend, resendDelivery } from './resendDelivery.js';
import type { ResendTarget } from './resendTarget.js';

export interface ResendRequest {
  readonly project: Project;
  readonly deliveries: readonly LogEntry[];
  readonly to: ResendTarget;
  /** Lets a person edit the payload, where the options ask for it. */
  readonly edit?: EditSample;
}

/** A kept delivery that is planned to be sent again. */
export interface PlannedResend extends PlannedDelivery, Resend {
  readonly entry: LogEntry;
}

/** A resend that is ready but for the address of the built-in receiver. */
export interface ReadyResend {
  readonly project: Project;
  readonly expect: StatusRule | null;
  readonly target: ChosenTarget;
  readonly route: NamedRoute;
  /** Of each provider that the deliveries are of. */
  readonly secrets: ReadonlyMap<Provider, readonly Secret[]>;
  /** Warnings, which do not stop the command. */
  readonly warnings: readonly string[];
  /** Returns the deliveries. Throws a UsageError for what is missing. */
  readonly deliveriesTo: (open: ChosenTarget['urlFor'], warn: (line: string) => void) => Promise<PlannedResend[]>;
}

/** Reads all that options and config name. Throws a UsageError for the first thing that is wrong with them. */
export async function prepareResend(
  { project, deliveries, to, edit }: ResendRequest,
  options: ResendValues,
  io: World,
): Promise<ReadyResend> {
  const { nameOf } = options;
  const change = options.secret ? 'secret signs it again' : options.edit ? 'edit changes it' : null;
  if (options.exact && change) {
    const [key = '', ...does] = change.split(' ');
    throw new UsageError(
      'CONFLICT',
      `${nameOf('exact')} sends the delivery unchanged, ${nameOf(key)} ${does.join(' ')}. Give one of them.`,
    );
  }
  if (options.edit && deliveries.length > 1) {
    throw new UsageError(
      'CONFLICT',
      `${nameOf('edit')} opens one payload, and these are ${deliveries.length}. Name one.`,
    );
  }
  const { target } = to;
  assertOneStdin(options.secret ?? []);
  assertOutputOptions(options);
  const found = deliveries.map(resentRequest);
  const providers = [...new Set(deliveries.map((entry) => providerOfKept(entry, project)))];
  if (providers.length > 1 && options.secret) {
    throw new UsageError(
      'CONFLICT',
      `${nameOf('secret')} gives one secret, and these are of several providers: ${providers.map(({ name }) => name).join(', ')}.`,
    );
  }
  const own = targetHeaders(target, project);
  const route = await projectRoute({ project, target, options }, io);
  const secrets = new Map<Provider, readonly Secret[]>();
  for (const provider of providers) {
    secrets.set(provider, await projectSecrets({ project, provider, options, target: target.name }, io));
  }
  const isEdited = options.edit === true && edit !== undefined;
  if (isEdited) assertNotForged(deliveries[0]!);
  if (isEdited) await openKept(found[0]!, { provider: providers[0]!, secrets: secrets.get(providers[0]!)! });
  const edited = isEdited
    ? await (await import('./editKeptPayload.js')).editKeptPayload(found[0]!, providers[0]!, edit)
    : null;
  const requests = edited ? [edited.request] : found;
  const random = randomFrom(io.entropy(16));
  const deliveriesTo: ReadyResend['deliveriesTo'] = async (open, warn) => {
    const planned: PlannedResend[] = [];
    for (const request of requests) {
      const { entry } = request;
      const provider = providerOfKept(entry, project);
      // The provider adds its part of the query itself.
      const { url, credentials } = splitCredentials(to.urlFor({ ...entry, url: originalUrl(entry, provider) }, open));
      const resend = await resendDelivery(request, {
        provider,
        secrets: secrets.get(provider)!,
        url,
        publicUrl: target.publicUrlFor?.(entry),
        now: io.clock.now(),
        random,
        typed: options.header ?? [],
        ofTarget: [...credentials, ...own.headers],
        secretNames: own.secretNames,
        exact: options.exact === true,
        signsAnew: isEdited || options.secret !== undefined,
        warn,
        nameOf,
      });
      const rules = eventRules(provider, provider.events[entry.event], expectedOfNamed(entry.forge, provider));
      const timeLimitMs = timeLimitOf(project, options, { provider, target: target.name }) ?? rules.timeLimitMs;
      planned.push({ ...resend, entry, rules: { ...rules, timeLimitMs } });
    }
    return planned;
  };
  const warnings = [
    ...publicUrlNotes(providers, options),
    historyWarning(options, target, route, io),
    ...(edited?.notes ?? []).map((note) => `note: ${note}`),
  ].filter((line) => line !== null);
  return { project, expect: options.expect ?? null, target, route, secrets, warnings, deliveriesTo };
}
