import { UsageError } from '../core/errors.js';
import type { Forgery } from '../core/forgery.js';
import { suggest } from '../core/nearest.js';
import type { Provider } from '../core/provider.js';
import { forgeries } from './forgeries.js';

/** The forgery of a name, for a provider. Throws a UsageError for an unknown name, and for one that the provider's scheme can't tell from a true delivery. */
export function findForgery(name: string, provider: Provider): Forgery {
  const forgery = forgeries.find((candidate) => candidate.name === name);
  if (!forgery) {
    const names = forgeries.map((candidate) => candidate.name);
    throw new UsageError('UNKNOWN_FORGERY', `There is no forgery ${name}. ${suggest(name, names)}`);
  }
  const reason = whyMeaningless(forgery, provider);
  if (reason) throw new UsageError('MEANINGLESS_FORGERY', `${name} can't be made for ${provider.title}: ${reason}.`);
  return forgery;
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
      return change.stage === 'body' && change.by === 'reserialised' && provider.verifiesOver === 'restringified'
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
