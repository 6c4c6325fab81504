import { UsageError } from '../core/errors.js';
import type { Forgery } from '../core/forgery.js';
import { unknownName } from '../core/nearest.js';
import type { Provider } from '../core/provider.js';
import { contentForgeries } from './forgeries/contentForgeries.js';
import { keyForgeries } from './forgeries/keyForgeries.js';
import { schemeForgeries } from './forgeries/schemeForgeries.js';
import { timeForgeries } from './forgeries/timeForgeries.js';
import { inapplicableReason } from './inapplicableReason.js';

const list = [...keyForgeries, ...contentForgeries, ...schemeForgeries, ...timeForgeries] as const;

/** The name of a forgery. */
export type ForgeryName = (typeof list)[number]['name'];

/** All forgeries, in the order in which they are listed. A correct receiver rejects every one that is not advisory. */
export const forgeries: readonly Forgery[] = list;

/** The forgery of a name. Throws a UsageError that names near ones. */
export function findForgery(name: string): Forgery {
  const forgery = forgeries.find((candidate) => candidate.name === name);
  if (forgery) return forgery;
  const names = forgeries.map((candidate) => candidate.name);
  throw unknownName('UNKNOWN_FORGERY', `There is no forgery ${name}.`, { name, known: names });
}

/** The body and secrets of a forgery in one case. */
interface ForgedCase {
  readonly body: Uint8Array;
  readonly secrets: readonly string[];
}

/** Throws a UsageError for a forgery that could not be distinguished from a true delivery. */
export function assertApplicable(forgery: Forgery, provider: Provider, forged: ForgedCase): void {
  const reason = inapplicableReason(forgery, provider) ?? equivalenceReason(forgery, provider, forged);
  if (reason) assertNotGenuine(forgery, provider, reason);
}

/** Throws the UsageError for a forgery that can't be made. */
export function assertNotGenuine({ name }: Forgery, { title }: Provider, reason: string): never {
  throw new UsageError('MEANINGLESS_FORGERY', `${name} can't be made for ${title}: ${reason}.`);
}

/** Returns the reason why a forgery would be a true delivery in one case; null where it is false. */
export function equivalenceReason(
  { change }: Forgery,
  provider: Provider,
  { body, secrets }: ForgedCase,
): string | null {
  if (change.stage === 'signedBytes' && change.of === 'first KiB' && body.length <= 1024)
    return 'the body is not longer than 1 KiB';
  if (change.stage === 'signedBytes' && change.of === 'empty body' && body.length === 0) return 'the body is empty';
  if (change.stage !== 'secret' || change.with === 'another') return null;
  const text = change.with === 'sample' ? provider.secret.sample : change.with.text;
  return secrets.includes(text) ? 'that is the secret that deliveries are signed with' : null;
}
