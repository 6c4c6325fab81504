import type { Provider } from '../../core/provider.js';
import type { Io } from '../io/io.js';
import { type Back, back, PromptCancelled } from './ask.js';
import { askDelivery, askEvent, deliveryRows } from './askDelivery.js';
import { chooseRow } from './chooseRow.js';

/** The arguments that `send` lacks. */
interface Lack {
  readonly providers: readonly Provider[];
  /** Null where it is asked for. */
  readonly given: Provider | null;
  readonly lacksEvent: boolean;
  readonly variant: string | undefined;
}

/** Asks for what `send` lacks: provider, event or both; null where the person leaves. */
export async function askSelection(
  { providers, given, lacksEvent, variant }: Lack,
  io: Io,
): Promise<{ provider: Provider; event: string | null } | null> {
  try {
    if (!lacksEvent) {
      const provider = await askProvider(providers, io);
      return provider === back ? null : { provider, event: null };
    }
    const chosen = given ? await askEvent(given, { variant }, io) : await askDelivery({ providers, variant }, io);
    return chosen === back ? null : { provider: chosen.provider, event: chosen.event };
  } catch (error) {
    if (error instanceof PromptCancelled) return null;
    throw error;
  }
}

/** Asks for a provider. */
async function askProvider(providers: readonly Provider[], io: Io): Promise<Provider | Back> {
  const rows = deliveryRows({ providers }).flatMap((row) =>
    'event' in row.value ? [] : [{ ...row, value: row.value.name, completion: row.name }],
  );
  const name = await chooseRow({ message: 'Provider', rows }, io);
  return name === back ? back : providers.find((provider) => provider.name === name)!;
}
