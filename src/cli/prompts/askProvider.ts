import type { Provider } from '../../core/provider.js';
import type { Io } from '../io/io.js';
import { type Back, back } from './ask.js';
import { deliveryRows } from './askDelivery.js';
import { chooseRow } from './chooseRow.js';

/** Asks for a provider. */
export async function askProvider(providers: readonly Provider[], io: Io): Promise<Provider | Back> {
  const rows = deliveryRows({ providers }).flatMap((row) =>
    'event' in row.value ? [] : [{ ...row, value: row.value.name, completion: row.name }],
  );
  const name = await chooseRow({ message: 'Provider', rows }, io);
  return name === back ? back : providers.find((provider) => provider.name === name)!;
}
