import type { Provider } from '../../core/provider.js';
import { isExample } from '../../providers/examples.js';
import { findProvider } from '../../providers/findProvider.js';
import type { Io } from '../io/io.js';
import { type Back, back } from './ask.js';
import { searchFor } from './searchFor.js';

/** Asks for a provider. */
export async function askProvider(
  providers: readonly Provider[],
  usual: string | undefined,
  io: Io,
): Promise<Provider | Back> {
  const column = Math.max(...providers.map(({ name }) => name.length));
  const rows = providers.map((provider) => {
    const { name, title, docs, events } = provider;
    const kind = isExample(provider) ? 'an example, ' : '';
    return {
      name,
      text: `${title} ${docs ?? ''}`,
      row: `${name.padEnd(column)}  ${title}`,
      description: `${kind}${Object.keys(events).length} events${docs === null ? '' : `, ${docs}`}`,
    };
  });
  const name = await searchFor('Provider', rows, usual, io);
  return name === back ? back : findProvider(name, { providers });
}
