import { seededRandom } from '../../../core/random.js';
import { compileDelivery } from '../../../delivery/compile.js';
import { writeJson } from '../../../json/dialect.js';
import { showOptions } from '../../../options/project.js';
import { loadSample } from '../../../payloads/load.js';
import { preparePayload } from '../../../payloads/prepare.js';
import { findProvider } from '../../../providers/findProvider.js';
import { secretVariables } from '../../../providers/secrets.js';
import { eventDetails } from '../../../report/provider/anatomy.js';
import { selectEvent } from '../../../session/project/events.js';
import { projectSecrets } from '../../../session/project/projectSecrets.js';
import { wantsColour } from '../../io/colour.js';
import type { Io } from '../../io/io.js';
import { plainOptions, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';
import { describeSecret } from '../../project/secretWords.js';
import { showDocument } from './showDocument.js';

/** Runs `show`: the sample as it ships, signed as it would be sent. */
export async function show(providerName: string, eventName: string, flags: RawFlags, io: Io): Promise<void> {
  const options = plainOptions(showOptions, flags);
  const project = await loadProject(options, io);
  const provider = findProvider(providerName, project);
  const event = selectEvent(provider, eventName);
  const variant = options.variant ?? null;
  const sample = await loadSample({ provider, event, variant });
  const { payload } = await preparePayload({ provider, event, variant, edits: [], fresh: 'nothing' });
  const secrets = await projectSecrets({ project, provider, options: {} }, io);
  const make = compileDelivery({ provider, event, variant, url: 'http://localhost/', secrets, headers: [] });
  const delivery = await make({ now: io.clock.now(), random: seededRandom(1), body: payload.bytes });
  if (options.json) {
    io.stdout.write(`${JSON.stringify(showDocument(provider, delivery), null, 2)}\n`);
    return;
  }
  const text = eventDetails(
    {
      provider,
      event: provider.events[event]!,
      delivery,
      payload: writeJson(sample, 'pretty'),
      variables: secretVariables(provider),
      secretWords: describeSecret(secrets[0]!, provider),
    },
    wantsColour(io.env, io.stdout),
  );
  io.stdout.write(text);
}
