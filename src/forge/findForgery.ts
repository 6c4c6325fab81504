import { UsageError } from '../core/errors.js';
import type { Forgery } from '../core/forgery.js';
import { suggest } from '../core/nearest.js';
import type { Provider } from '../core/provider.js';
import { forgeries } from './forgeries.js';

/** The forgery of a name. Throws a UsageError that names near ones. */
export function findForgery(name: string): Forgery {
  const forgery = forgeries.find((candidate) => candidate.name === name);
  if (forgery) return forgery;
  const names = forgeries.map((candidate) => candidate.name);
  throw new UsageError('UNKNOWN_FORGERY', `There is no forgery ${name}. ${suggest(name, names)}`);
}

/** What a forgery is made of in one case. */
export interface ForgedCase {
  readonly body: Uint8Array;
  readonly secrets: readonly string[];
}

/** Throws a UsageError for a forgery that could not be told from a true delivery. */
export function refuseMeaningless(forgery: Forgery, provider: Provider, forged: ForgedCase): void {
  const reason = whyMeaningless(forgery, provider) ?? whyTrue(forgery, provider, forged);
  if (reason)
    throw new UsageError('MEANINGLESS_FORGERY', `${forgery.name} can't be made for ${provider.title}: ${reason}.`);
}

/** Why a forgery would be a true delivery in one case; null where it is false. */
export function whyTrue({ change }: Forgery, provider: Provider, { body, secrets }: ForgedCase): string | null {
  if (change.stage === 'signedBytes' && change.of === 'first KiB' && body.length <= 1024)
    return 'the body is not longer than 1 KiB';
  if (change.stage === 'signedBytes' && change.of === 'empty body' && body.length === 0) return 'the body is empty';
  if (change.stage !== 'secret' || change.with === 'another') return null;
  const text = change.with === 'sample' ? provider.secret.sample : change.with.text;
  return secrets.includes(text) ? 'that is the secret that deliveries are signed with' : null;
}

/** Why a forgery would be no forgery under a provider's scheme; null where it is one. */
export function whyMeaningless({ change }: Forgery, provider: Provider): string | null {
  const signatures = Object.values(provider.signatures);
  const signs = (name: string) => signatures.some(({ content }) => content.includes(`{${name}}`));
  if (signatures.length === 0) return 'it signs nothing';
  switch (change.stage) {
    case 'time': {
      const times = Object.keys(provider.values).filter((name) => provider.values[name]!.kind === 'time');
      return times.some(signs) ? null : 'it signs no timestamp';
    }
    case 'body':
    case 'signedBytes':
      if (!signs('body')) return 'its signature does not cover the body';
      return change.stage === 'body' && change.by !== 'changed byte' && provider.verifiesOver === 'restringified'
        ? 'its documented verifier hashes the body written anew'
        : null;
    case 'signature':
      return change.by === 'changed case' &&
        signatures.every(({ encoding }) => encoding === 'hex' || encoding === 'HEX')
        ? 'the letter case of hex says nothing'
        : null;
    case 'scheme':
      return change.hash && signatures.every(({ hash }) => hash === change.hash)
        ? `it signs with ${change.hash} itself`
        : null;
    default:
      return null;
  }
}
