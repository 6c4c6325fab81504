import type { Project } from '../../config/project.js';
import type { Delivery } from '../../core/delivery.js';
import type { Provider } from '../../core/provider.js';
import { seededRandom } from '../../core/random.js';
import type { Secret } from '../../core/secret.js';
import type { World } from '../../core/world.js';
import { compileDelivery } from '../../delivery/compile.js';
import { preparePayload } from '../../payloads/prepare.js';
import { projectSecrets } from './readSecret.js';

interface SampleChoice {
  readonly project: Project;
  readonly provider: Provider;
  readonly event: string;
  readonly variant: string | null;
}

/** Signs a sample as shipped, and says which secrets it used. Throws a UsageError for a secret that can't be read. */
export async function signSample(
  { project, provider, event, variant }: SampleChoice,
  io: World,
): Promise<{ readonly delivery: Delivery; readonly secrets: readonly Secret[] }> {
  const { payload } = await preparePayload({ provider, event, variant, edits: [], fresh: 'nothing' });
  const secrets = await projectSecrets({ project, provider, options: {} }, io);
  const make = compileDelivery({ provider, event, variant, url: 'http://localhost/', secrets, headers: [] });
  return { delivery: await make({ now: io.clock.now(), random: seededRandom(1), body: payload.bytes }), secrets };
}
