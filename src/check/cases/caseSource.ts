import type { Header } from '../../core/delivery.js';
import type { Provider } from '../../core/provider.js';
import type { Random } from '../../core/random.js';
import type { Secret } from '../../core/secret.js';

/** What all cases of a check have in common. */
export interface CaseSource {
  readonly provider: Provider;
  readonly event: string;
  readonly variant: string | null;
  /** The URL for an event. */
  readonly urlFor: (event: string) => string;
  /** The address by which the provider knows the receiver, where that is another. */
  readonly publicUrlFor?: (event: string) => string | undefined;
  readonly secrets: readonly Secret[];
  /** The user's own headers, with the lower-case names of those that are secret whatever their name. */
  readonly headers: readonly Header[];
  readonly secretNames: readonly string[];
  readonly random: Random;
  /** Milliseconds since 1970 that deliveries tell. */
  readonly now: () => number;
}
