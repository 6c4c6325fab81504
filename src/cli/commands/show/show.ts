import type { Delivery } from '../../../core/delivery.js';
import type { Provider } from '../../../core/provider.js';
import { seededRandom } from '../../../core/random.js';
import { wireParts } from '../../../core/wireName.js';
import { compileDelivery } from '../../../delivery/compile.js';
import { writeJson } from '../../../json/dialect.js';
import { showOptions } from '../../../options/project.js';
import { loadSample } from '../../../payloads/load.js';
import { preparePayload } from '../../../payloads/prepare.js';
import { findProvider } from '../../../providers/findProvider.js';
import { secretVariables } from '../../../providers/secrets.js';
import { eventDetails } from '../../../report/provider/eventDetails.js';
import { maskDelivery } from '../../../report/shared/maskSent.js';
import { requestFacts } from '../../../report/shared/requestFacts.js';
import { selectEvent } from '../../../session/project/events.js';
import { projectSecrets } from '../../../session/project/readSecret.js';
import { wantsColour } from '../../io/colour.js';
import type { Io } from '../../io/io.js';
import { plainOptions, type RawFlags } from '../../options/flags.js';
import { describeSecret, loadProject } from '../../project/project.js';

/** Runs `show`: the sample as it ships, signed as it would be sent. */
export async function runShow(providerName: string, eventName: string, flags: RawFlags, io: Io): Promise<void> {
  const options = plainOptions(showOptions, flags);
  const project = await loadProject(options, io);
  const provider = findProvider(providerName, project);
  const event = selectEvent(provider, eventName);
  const variant = options.variant ?? null;
  const sample = await loadSample({ provider, event, variant });
  const { payload } = await preparePayload({ provider, event, variant, edits: [], fresh: 'nothing' });
  const secrets = await projectSecrets({ project, provider, options: {} }, io);
  const make = compileDelivery({ provider, event, variant, url: 'http://localhost/', secrets, headers: [] });
  const made = await make({ now: io.clock.now(), random: seededRandom(1), body: payload.bytes });
  const delivery = maskDelivery(made, io.secrets);
  if (options.json) {
    io.stdout.write(`${JSON.stringify(showDocument(provider, delivery), null, 2)}\n`);
    return;
  }
  const text = eventDetails(
    {
      provider,
      event: provider.events[event]!,
      delivery,
      payload: typeof sample === 'string' ? sample : writeJson(sample, 'pretty'),
      variables: secretVariables(provider),
      secretWords: describeSecret(secrets[0]!, provider),
    },
    wantsColour(io.env, io.stdout),
  );
  io.stdout.write(text);
}

/** Returns what `show --json` prints: the event's own description, the provider's scheme and policy, and one signed request. */
function showDocument(provider: Provider, delivery: Delivery): object {
  const { headers, bytes, sha256 } = requestFacts(delivery);
  const { title, trigger, certainty, source, note = null } = provider.events[delivery.event]!;
  return {
    schemaVersion: 1,
    type: 'show',
    provider: provider.name,
    event: delivery.event,
    variant: delivery.variant,
    title,
    trigger,
    certainty,
    source: source ?? provider.everyEvent?.source ?? null,
    note,
    wire: provider.wire === undefined ? null : wireParts(provider, delivery.event),
    headerTemplates: provider.headers,
    signatures: provider.signatures,
    dialect: provider.dialect,
    verifiesOver: provider.verifiesOver,
    proof: provider.proof ?? [],
    policy: { ...provider.policy, ...provider.events[delivery.event]!.policy },
    request: {
      method: delivery.method,
      ...(delivery.url.includes('?') && { query: new URL(delivery.url).search }),
      headers,
      bytes,
      sha256,
      body: Buffer.from(delivery.body).toString('utf8'),
    },
  };
}
