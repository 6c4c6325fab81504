import { reportSetting } from '../../../config/settings.js';
import { chooseTarget } from '../../../config/target.js';
import { fingerprint } from '../../../core/fingerprint.js';
import type { ExportSet } from '../../../export/exported.js';
import { findForgery } from '../../../forge/findForgery.js';
import { whyMeaningless } from '../../../forge/whyMeaningless.js';
import { type ExportValues, exportOptions } from '../../../options/export.js';
import { readOptions } from '../../../options/readOptions.js';
import type { SendValues } from '../../../options/send.js';
import { findProvider } from '../../../providers/findProvider.js';
import { gather } from '../../../session/export/gather.js';
import { refuseSecrets, secretParts } from '../../../session/export/withheld.js';
import { selectEvents } from '../../../session/project/events.js';
import { withRoute } from '../../../session/project/projectRoute.js';
import { type Prepared, prepareSend, type UrlFor } from '../../../session/send/prepareSend.js';
import { sendSettings } from '../../../session/send/sendSettings.js';
import { publicKeys } from '../../../signing/publicKeys.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { writeFiles } from './output.js';
import { exportSettings } from './settings.js';
import { summary, talk } from './told.js';
import { curlOptions, written } from './written.js';

/** The address in the requests where none is named. */
const usualUrl = 'http://localhost:3000/webhooks';

/** Runs `export`; resolves with the exit code. */
export async function runExport(
  providerName: string,
  eventNames: readonly string[],
  flags: RawFlags,
  io: Io,
): Promise<number> {
  const options = readOptions(exportOptions, flags, flagName);
  const { format, out, forgeries } = exportSettings(options, eventNames);
  const project = await loadProject(options, io);
  const provider = findProvider(providerName, project);
  const all = eventNames.length === 0 ? { all: true as const } : {};
  const events = [...new Set(selectEvents(provider, eventNames, { ...all, ...pickVariant(options) }))];
  const target = chooseTarget(project, options);
  const quiet = reportSetting(project, options, 'quiet').value;
  const { forge: _, json: __, ...shared } = options;
  const now = sendSettings(shared).now ?? io.clock.now();
  const sending = withRoute<SendValues>({ ...shared, now }, project, target);
  const prepared = await prepareSend({ provider, events, project, target }, sending, io);
  const urlFor = target.address === null ? () => usualUrl : target.urlFor;
  const { deliveries, leftOut } = await gather({
    ...{ prepared, events, urlFor, forgeries },
    variant: options.variant ?? null,
    allVariants: options.allVariants === true,
  });
  const use = { secrets: prepared.secrets, ownNames: ownNames(prepared, urlFor), deliveries };
  const partsOf = secretParts(use);
  if (!options.withSecrets) refuseSecrets(deliveries, partsOf, format === 'curl');
  const secret = prepared.secrets[0]!;
  const set: ExportSet = {
    provider,
    now,
    secret: {
      value: secret.isSample || options.withSecrets ? secret.value : null,
      source: secret.source,
      fingerprint: fingerprint(secret.value),
    },
    publicKeys: publicKeys(provider, secret.value).map(({ signature, kind, pem }) => ({ signature, kind, pem })),
    signsTime: whyMeaningless(findForgery('stale-timestamp'), provider) === null,
    deliveries,
  };
  const holdsSecrets =
    options.withSecrets === true &&
    ((format === 'vectors' && !secret.isSample) ||
      deliveries.map(({ delivery }) => partsOf(delivery)).some((parts) => parts.headers.length > 0 || parts.elsewhere));
  const curl = curlOptions(prepared, sending, (delivery) => (options.withSecrets ? [] : partsOf(delivery).headers));
  const result = await written({ set, format, out, curl }, io);
  const told = { set, format, leftOut, holdsSecrets, warnings: prepared.warnings };
  if (typeof result === 'string') {
    if (!quiet) io.stderr.write(talk(told));
    io.stdout.write(result);
    return exitCodes.ok;
  }
  writeFiles(result, { force: options.force === true, isPrivate: holdsSecrets, isScript: format === 'curl' }, io);
  if (!quiet) io.stderr.write(talk(told));
  io.stdout.write(options.json ? summary(told, result) : result.map(({ path }) => `${path}\n`).join(''));
  return exitCodes.ok;
}

function pickVariant({ variant }: ExportValues): { variant?: string } {
  return variant === undefined ? {} : { variant };
}

/** Lower-case names of the user's own headers, with the one that stands for a user name and password in the address. */
function ownNames({ headers, provider }: Prepared, urlFor: UrlFor): Set<string> {
  const { username, password } = new URL(urlFor({ provider: provider.name, event: provider.flagship }));
  const names = headers.map(([name]) => name.toLowerCase());
  return new Set(username || password ? [...names, 'authorization'] : names);
}
