import { writeJson } from '../../../json/dialect.js';
import { showOptions } from '../../../options/project.js';
import { loadSample } from '../../../payloads/load.js';
import { findProvider } from '../../../providers/findProvider.js';
import { secretVariables } from '../../../providers/secrets.js';
import { eventDetails } from '../../../report/provider/eventDetails.js';
import { showDocument } from '../../../report/provider/showDocument.js';
import { maskDelivery } from '../../../report/shared/maskSent.js';
import { selectEvent } from '../../../session/project/events.js';
import { signSample } from '../../../session/project/signSample.js';
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
  const { delivery: signed, secrets } = await signSample({ project, provider, event, variant }, io);
  const delivery = maskDelivery(signed, io.secrets);
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
