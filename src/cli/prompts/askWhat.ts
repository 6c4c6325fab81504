import type { Provider } from '../../core/provider.js';
import type { Io } from '../io/io.js';
import { back, Left } from './ask.js';
import { askEvent } from './askEvent.js';
import { askProvider } from './askProvider.js';

/** What `send` lacks. */
interface Lack {
  readonly providers: readonly Provider[];
  /** Null where it is asked for. */
  readonly given: Provider | null;
  readonly lacksEvent: boolean;
  readonly variant: string | undefined;
}

/** Asks for what `send` lacks: provider, event or both; null where the person leaves. */
export async function askWhat(
  { providers, given, lacksEvent, variant }: Lack,
  io: Io,
): Promise<{ provider: Provider; event: string | null } | null> {
  try {
    for (;;) {
      const provider = given ?? (await askProvider(providers, undefined, io));
      if (provider === back) return null;
      if (!lacksEvent) return { provider, event: null };
      const hasVariant = Object.values(provider.events).some(({ variants = {} }) => variant! in variants);
      const event = await askEvent(provider, undefined, hasVariant ? variant : undefined, io);
      if (event !== back) return { provider, event };
      if (given) return null;
    }
  } catch (error) {
    if (error instanceof Left) return null;
    throw error;
  }
}
