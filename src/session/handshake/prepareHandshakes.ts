import type { Project } from '../../config/project.js';
import { type ChosenTarget, targetHeaders } from '../../config/target.js';
import type { Header } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import { unknownName } from '../../core/nearest.js';
import type { Provider } from '../../core/provider.js';
import { randomFrom, seededRandom } from '../../core/random.js';
import type { Secret } from '../../core/secret.js';
import type { World } from '../../core/world.js';
import { buildHandshake, type PreparedHandshake } from '../../handshake/handshake.js';
import { withTargetHeaders } from '../project/projectOptions.js';
import { type GivenOptions, readGivenTexts } from './readGivenTexts.js';

/** The handshakes to build, and their inputs. */
export interface HandshakeRequest {
  readonly provider: Provider;
  /** Names of the provider's handshakes; none means all of them. */
  readonly names: readonly string[];
  readonly project: Project;
  readonly target: ChosenTarget;
  readonly secrets: readonly Secret[];
  /** The user's own, which replace the target's. */
  readonly headers: readonly Header[];
  /** Those among them whose values are secret whatever their names. */
  readonly secretHeaders?: readonly Header[];
  /** Texts of the user's own, as they were given, by the names of values. */
  readonly options: GivenOptions;
  readonly seed: number | null;
  /** Milliseconds since 1970; null means the clock. */
  readonly now: number | null;
}

/** A handshake that is made when it is sent. */
export interface ReadyHandshake {
  readonly name: string;
  /** The name of the forgery that it is; null for an honest one. */
  readonly forge: string | null;
  readonly makeFor: (urlFor: ChosenTarget['urlFor']) => Promise<PreparedHandshake>;
}

/** Stands in for the address before there is one. */
const nowhere = 'http://localhost/';

/** Prepares a provider's handshakes, in its order. Throws a UsageError for what is wrong with them. */
export async function prepareHandshakes(request: HandshakeRequest, io: World): Promise<ReadyHandshake[]> {
  const { provider, project, target, secrets, secretHeaders = [], seed, now } = request;
  const own = withTargetHeaders(targetHeaders(target, project), [...request.headers, ...secretHeaders]);
  const secretNames = [...own.secretNames, ...secretHeaders.map(([name]) => name.toLowerCase())];
  const random = seed === null ? randomFrom(io.entropy(16)) : seededRandom(seed);
  const given = await readGivenTexts(request, io);
  const ready: ReadyHandshake[] = [];
  for (const handshake of chooseHandshakes(provider, request.names)) {
    const filling = { provider: provider.name, event: handshake.name };
    const makeWith = (url: string, numbers: typeof random) =>
      buildHandshake(
        handshake,
        { provider, url, publicUrl: target.publicUrlFor?.(filling), secrets, headers: own.headers, secretNames, given },
        { now: now ?? io.clock.now(), random: numbers },
      );
    // A trial run, which finds errors in templates, headers, secrets and functions.
    const { delivery } = await makeWith(nowhere, seededRandom(0));
    const makeFor: ReadyHandshake['makeFor'] = (urlFor) => makeWith(urlFor(filling), random);
    ready.push({ name: handshake.name, forge: delivery.forge, makeFor });
  }
  return ready;
}

function chooseHandshakes({ title, name, handshakes = [] }: Provider, names: readonly string[]) {
  if (handshakes.length === 0) {
    throw new UsageError(
      'NO_HANDSHAKE',
      `${title} has no handshake: it sends events at once. Send one with: webhook-sim send ${name}`,
    );
  }
  const known = handshakes.map((handshake) => handshake.name);
  for (const each of names) {
    if (known.includes(each)) continue;
    throw unknownName('UNKNOWN_HANDSHAKE', `${title} has no handshake ${each}.`, { name: each, known });
  }
  return names.length === 0 ? handshakes : handshakes.filter((handshake) => names.includes(handshake.name));
}
