import type { Project } from '../../config/project.js';
import { chooseTarget, previewUrls } from '../../config/target.js';
import type { Delivery } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import { fingerprint } from '../../core/fingerprint.js';
import type { Forgery } from '../../core/forgery.js';
import type { Provider } from '../../core/provider.js';
import { isDirect } from '../../core/route.js';
import { demoTarget, exampleUrl } from '../../core/target.js';
import type { World } from '../../core/world.js';
import type { CurlScriptOptions } from '../../export/curlScript.js';
import { type ExportFormat, type ExportSet, exportFormats } from '../../export/exported.js';
import { findForgery } from '../../forge/forgeries.js';
import { inapplicableReason } from '../../forge/inapplicableReason.js';
import type { ConnectionValues } from '../../options/connection.js';
import type { ExportValues } from '../../options/export.js';
import type { SendValues } from '../../options/send.js';
import { publicKeys } from '../../signing/publicKeys.js';
import { selectEvents } from '../project/events.js';
import { withRoute } from '../project/projectRoute.js';
import { type Prepared, prepareSend, type UrlFor } from '../send/prepareSend.js';
import { sendSettings } from '../send/sendSettings.js';
import { assertNoSecrets, secretParts } from './assertNoSecrets.js';
import { curlRoute, type WrittenExport } from './exportFiles.js';
import { gather, honestContents, type LeftOut } from './gather.js';

/** The deliveries to export, and their target. */
export interface ExportRequest {
  readonly provider: Provider;
  /** By name or glob; none means all. */
  readonly events: readonly string[];
  readonly project: Project;
}

/** An export that is ready to be written. */
export interface ReadyExport extends WrittenExport, Pick<ExportSettings, 'out'> {
  readonly leftOut: readonly LeftOut[];
  /** Whether the export contains real secrets. */
  readonly holdsSecrets: boolean;
  /** Warnings, which do not stop the command. */
  readonly warnings: readonly string[];
}

/** Builds all deliveries of an export. Throws a UsageError for what is wrong, and for secrets that would be written without consent. */
export async function prepareExport(
  { provider, events: names, project }: ExportRequest,
  options: ExportValues,
  io: World,
): Promise<ReadyExport> {
  const { format, out, forgeries } = exportSettings(options, names);
  const { variant, allVariants, withSecrets, forge: _, json: __, ...shared } = options;
  const all = names.length === 0 ? { all: true as const } : {};
  const chosen = { ...all, ...(variant !== undefined && { variant }), nameOf: options.nameOf };
  const events = [...new Set(selectEvents(provider, names, chosen))];
  const target = chooseTarget(project, options);
  const now = sendSettings(shared).now ?? io.clock.now();
  const sending = withRoute<SendValues>({ ...shared, ...(variant !== undefined && { variant }), now }, project, target);
  const prepared = await prepareSend({ provider, events, project, target }, sending, io);
  const urlFor = previewUrls(target, exampleUrl);
  const content = { prepared, events, urlFor, variant: variant ?? null, allVariants: allVariants === true };
  const { deliveries, leftOut } = await gather({ ...content, forgeries });
  const own = ownNames(prepared, urlFor);
  const partsOf = secretParts({ secrets: prepared.secrets, ownNames: own, deliveries });
  if (!withSecrets && format !== 'k6')
    assertNoSecrets(deliveries, partsOf, { hasVariables: format === 'curl', nameOf: options.nameOf });
  const k6 =
    format === 'k6'
      ? await (await import('./compileK6.js')).compileK6({
          ...{ prepared, urlFor, deliveries, partsOf, now, ownNames: own, nameOf: options.nameOf },
          chosen: honestContents(content),
          withSecrets: withSecrets === true,
        })
      : null;
  const secret = prepared.secrets[0]!;
  const set: ExportSet = {
    provider,
    now,
    secret: {
      value: secret.isSample || withSecrets ? secret.value : null,
      source: secret.source,
      fingerprint: fingerprint(secret.value),
    },
    publicKeys: publicKeys(provider, secret.value).map(({ signature, kind, pem }) => ({ signature, kind, pem })),
    signsTime: inapplicableReason(findForgery('stale-timestamp'), provider) === null,
    deliveries,
  };
  const holdsSecrets =
    withSecrets === true &&
    (((format === 'vectors' || format === 'k6') && !secret.isSample) ||
      deliveries
        .map(({ delivery }) => partsOf(delivery))
        .some((parts) => parts.headers.length + parts.parameters.length > 0 || parts.elsewhere));
  const curl = curlOptions(prepared, sending, (delivery) =>
    withSecrets ? { headers: [], parameters: [] } : partsOf(delivery),
  );
  return { set, format, out, curl, k6, leftOut, holdsSecrets: holdsSecrets === true, warnings: prepared.warnings };
}

/** Returns the lower-case names of the user's own headers, with the one for a user name and password in the address. */
function ownNames({ headers, provider }: Prepared, urlFor: UrlFor): Set<string> {
  const { username, password } = new URL(urlFor({ provider: provider.name, event: provider.defaultEvent }));
  const names = headers.map(([name]) => name.toLowerCase());
  return new Set(username || password ? [...names, 'authorization'] : names);
}

/** Returns the curl options for the route, from the config and the environment. */
function curlOptions(
  { route }: Prepared,
  given: ConnectionValues,
  variablesOf: CurlScriptOptions['variablesOf'],
): CurlScriptOptions {
  const options = ({ url }: Delivery) => (isDirect(route) ? [] : curlRoute(given, route, url));
  return { variablesOf, options };
}

/** The options that only an export has. */
interface ExportSettings {
  readonly format: ExportFormat;
  /** Null for stdout. */
  readonly out: string | null;
  /** All of them, or those named. */
  readonly forgeries: 'all' | readonly Forgery[];
}

/** Fills in the defaults. Throws a UsageError for options that contradict each other. */
function exportSettings(options: ExportValues, events: readonly string[]): ExportSettings {
  const { nameOf } = options;
  const conflict = (message: string) => new UsageError('CONFLICT', message);
  if (options.format === 'k6') assertK6Options(options);
  if (options.forge && options.forgeries) {
    throw conflict(`${nameOf('forgeries')} adds all, so ${nameOf('forge')} names no others.`);
  }
  if (options.variant !== undefined && options.allVariants)
    throw conflict(
      `${nameOf('variant')} is one form of the payload, ${nameOf('allVariants')} are all of them. Give one of the two.`,
    );
  if ((options.data ?? options.raw) !== undefined) {
    const bodies = `${nameOf('data')} and ${nameOf('raw')}`;
    if (options.allVariants) throw conflict(`${bodies} replace the body, so there are no variants.`);
    if (events.length === 0) throw new UsageError('NO_EVENT', `${bodies} are the body of an event. Name it.`);
  }
  const out = options.out === undefined || options.out === '-' ? null : options.out;
  if (out === '') throw new UsageError('BAD_OUT', `${nameOf('out')} is empty. Name a file or a folder.`);
  if (out === null && options.json) {
    throw conflict(`${nameOf('json')} reports the files that were written. Add ${nameOf('out')}.`);
  }
  if (out === null && options.force) throw conflict(`${nameOf('force')} writes over files. Add ${nameOf('out')}.`);
  if (options.to?.trim() === demoTarget)
    throw new UsageError(
      'BAD_TARGET',
      `${nameOf('to')} demo: the built-in receiver has no fixed address. Give ${nameOf('to')} one.`,
    );
  return {
    format: options.format ?? exportFormats[0],
    out,
    forgeries: options.forgeries ? 'all' : findForgeries(options.forge),
  };
}

function findForgeries(names: readonly string[] = []): Forgery[] {
  return [...new Set(names)].map(findForgery);
}

/** Throws a UsageError for options that a script has no use for, as it makes its deliveries itself. */
function assertK6Options({ forge, forgeries, seed, now, nameOf }: ExportValues): void {
  const conflict = (option: string, why: string) =>
    new UsageError('CONFLICT', `${nameOf('format')} k6 ${why}. Leave out ${option}.`);
  if (forge || forgeries) {
    throw conflict(nameOf(forge ? 'forge' : 'forgeries'), 'writes honest deliveries only, which it signs itself');
  }
  if (seed !== undefined) throw conflict(nameOf('seed'), 'makes new ids in each delivery');
  if (now !== undefined) throw conflict(nameOf('now'), 'takes the time at which each delivery is sent');
}
