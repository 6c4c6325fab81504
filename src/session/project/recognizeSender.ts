import type { ReceivedRequest } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import type { Provider } from '../../core/provider.js';
import { recognizeProviders } from '../../delivery/recognizeProviders.js';
import { mayHoldProof } from '../../providers/catalogue.js';
import { allProviders, type KnownProviders } from '../../providers/findProvider.js';

/**
 * Returns the provider of a request. Throws a UsageError that lists the candidates where several match, and says what to do where none does;
 * `sayProvider` formats how the user names one.
 */
export function recognizeSender(
  request: ReceivedRequest,
  known: KnownProviders,
  sayProvider: (name: string) => string,
): Provider {
  const [found, ...more] = findSenders(request, known);
  if (found && more.length === 0) return found;
  if (found) {
    const names = [found, ...more].map(({ name }) => name);
    throw new UsageError(
      'SEVERAL_PROVIDERS',
      `This may be a request of ${names.join(' or ')}. Say whose it is: ${sayProvider(names[0]!)}`,
    );
  }
  throw new UsageError(
    'UNKNOWN_SENDER',
    `The request carries no signature of a known provider. Name the provider: ${sayProvider('<provider>')}. See: webhook-sim list`,
  );
}

/** Returns the providers whose signature headers a request has; empty where none matches. */
export function findSenders(request: ReceivedRequest, known: KnownProviders): Provider[] {
  return recognizeProviders(request, possibleSenders(request, known));
}

/** The providers whose request this may be: a project's own, and those that ship with a signature where it has one. */
function possibleSenders({ headers }: ReceivedRequest, known: KnownProviders): readonly Provider[] {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  return allProviders(known).filter((provider) => mayHoldProof(provider, names));
}
