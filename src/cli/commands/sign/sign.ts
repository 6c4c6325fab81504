import { UsageError } from '../../../core/errors.js';
import { randomFrom, seededRandom } from '../../../core/random.js';
import { compileDelivery } from '../../../delivery/compile.js';
import { preparePayload } from '../../../payloads/prepare.js';
import { findProvider } from '../../../providers/findProvider.js';
import { requestFacts } from '../../../report/shared/requestFacts.js';
import type { Io } from '../../io/io.js';
import { readSendFlags } from '../../options/sendSettings.js';
import { knownAddress } from '../../project/knownAddress.js';
import { loadProject } from '../../project/project.js';
import { selectEvent } from '../../session/project/events.js';
import { readBody } from '../../session/project/ownBody.js';
import { projectSecrets } from '../../session/project/projectSecrets.js';
import type { SignFlags } from './flags.js';

/** Runs `sign`: one line per header, in wire order; or one JSON document. */
export async function sign(providerName: string, file: string, flags: SignFlags, io: Io): Promise<void> {
  const project = await loadProject(flags, io);
  const provider = findProvider(providerName, project);
  const settings = readSendFlags({ ...pick(flags), raw: file });
  const event = flags.event === undefined ? provider.flagship : selectEvent(provider, flags.event);
  const source = file === '-' ? 'Standard input' : file;
  const own = { bytes: await readBody(file, source, io), checked: false, source };
  const needsEvent = provider.headers.some(([, value]) =>
    (typeof value === 'string' ? value : value.each).includes('{event}'),
  );
  const prepared = await preparePayload({ provider, event, variant: null, edits: [], fresh: 'nothing', own });
  if (needsEvent && flags.event === undefined && prepared.eventIsAssumed) {
    throw new UsageError(
      'NO_EVENT',
      `The headers of ${provider.title} name the event, and the body does not tell it. Add --event, such as --event ${provider.flagship}.`,
    );
  }
  const secrets = await projectSecrets({ project, provider, flags }, io);
  const publicUrl = flags.url === undefined ? undefined : knownAddress(flags.url);
  const make = compileDelivery({
    provider,
    event: flags.event === undefined ? prepared.event : event,
    variant: null,
    url: 'http://localhost/',
    publicUrl,
    secrets,
    headers: [],
  });
  const delivery = await make({
    now: settings.now ?? io.clock.now(),
    random: settings.seed === null ? randomFrom(io.entropy(16)) : seededRandom(settings.seed),
    body: prepared.payload.bytes,
  });
  const { headers } = requestFacts(delivery);
  if (flags.json) {
    io.stdout.write(
      `${JSON.stringify({ schemaVersion: 1, type: 'sign', provider: provider.name, event: delivery.event, headers })}\n`,
    );
  } else {
    for (const [name, value] of headers) io.stdout.write(`${name}: ${value}\n`);
  }
}

function pick({ secret, seed, now }: SignFlags) {
  return { ...(secret && { secret }), ...(seed !== undefined && { seed }), ...(now !== undefined && { now }) };
}
