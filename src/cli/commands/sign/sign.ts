import type { Delivery, Header } from '../../../core/delivery.js';
import { UsageError } from '../../../core/errors.js';
import { randomFrom, seededRandom } from '../../../core/random.js';
import { headerSources } from '../../../core/scheme.js';
import { compileDelivery } from '../../../delivery/compile.js';
import { readOptions } from '../../../options/readOptions.js';
import { assertOneStdin } from '../../../options/send.js';
import { signOptions } from '../../../options/sign.js';
import { preparePayload } from '../../../payloads/prepare.js';
import { findProvider } from '../../../providers/findProvider.js';
import { requestFacts } from '../../../report/shared/requestFacts.js';
import { selectEvent } from '../../../session/project/events.js';
import { parseSignedUrl } from '../../../session/project/parseSignedUrl.js';
import { readNamedInput } from '../../../session/project/readInput.js';
import { projectSecrets } from '../../../session/project/readSecret.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';

/** Runs `sign`: one line per header, in wire order; or one JSON document. */
export async function runSign(providerName: string, file: string, flags: RawFlags, io: Io): Promise<void> {
  const options = readOptions(signOptions, flags, flagName);
  assertOneStdin([...(options.secret ?? []), file]);
  const project = await loadProject(options, io);
  const provider = findProvider(providerName, project);
  const event = options.event === undefined ? provider.defaultEvent : selectEvent(provider, options.event);
  const source = file === '-' ? 'Standard input' : file;
  const own = { bytes: await readNamedInput(file, { source, code: 'BAD_DATA' }, io), checked: false, source };
  const needsEvent = provider.headers.some((header) => headerSources(header).join().includes('{event}'));
  const prepared = await preparePayload({ provider, event, variant: null, edits: [], fresh: 'nothing', own });
  if (needsEvent && options.event === undefined && prepared.eventIsAssumed) {
    throw new UsageError(
      'NO_EVENT',
      `The headers of ${provider.title} name the event, and the body does not contain it. Add --event, such as --event ${provider.defaultEvent}.`,
    );
  }
  const secrets = await projectSecrets({ project, provider, options }, io);
  const publicUrl = options.url === undefined ? undefined : parseSignedUrl(options.url, options.nameOf('url'));
  const make = compileDelivery({
    provider,
    event: options.event === undefined ? prepared.event : event,
    variant: null,
    url: 'http://localhost/',
    publicUrl,
    secrets,
    headers: [],
  });
  const delivery = await make({
    now: options.now ?? io.clock.now(),
    random: options.seed === undefined ? randomFrom(io.entropy(16)) : seededRandom(options.seed),
    body: prepared.payload.bytes,
  });
  const { headers } = requestFacts(delivery);
  if (options.json) {
    io.stdout.write(`${JSON.stringify(signDocument(delivery, headers))}\n`);
  } else {
    for (const [name, value] of headers) io.stdout.write(`${name}: ${value}\n`);
  }
}

/** Builds the document of `sign --json`. */
export function signDocument({ provider, event }: Pick<Delivery, 'provider' | 'event'>, headers: readonly Header[]) {
  return { schemaVersion: 1, type: 'sign', provider, event, headers } as const;
}
