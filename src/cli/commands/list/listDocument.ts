import type { Provider } from '../../../core/provider.js';
import type { BrokenProvider } from '../../../providers/findProvider.js';
import { listedVariables } from '../../../providers/secrets.js';

/** What `list --json` prints. */
export function listDocument(providers: readonly Provider[], broken: readonly BrokenProvider[]): object {
  return {
    schemaVersion: 1,
    type: 'list',
    providers: providers.map((provider) => ({
      name: provider.name,
      title: provider.title,
      docs: provider.docs,
      group: provider.group ?? null,
      aliases: provider.aliases ?? [],
      proof: provider.proof ?? [],
      defaultEvent: provider.defaultEvent,
      secretVariables: listedVariables(provider),
      events: Object.entries(provider.events).map(([name, event]) => ({
        name,
        title: event.title,
        trigger: event.trigger,
        certainty: event.certainty,
        note: event.note ?? null,
        variants: Object.entries(event.variants ?? {}).map(([variant, { title, certainty, note }]) => ({
          name: variant,
          title,
          certainty,
          note: note ?? null,
        })),
      })),
    })),
    broken: broken.map(({ name, error }) => ({ name, problem: error.message })),
  };
}
