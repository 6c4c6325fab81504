import type { Provider } from '../core/provider.js';
import { secretVariables } from '../providers/secrets.js';

/** What `list --json` prints. */
export function listDocument(providers: readonly Provider[]): object {
  return {
    schemaVersion: 1,
    type: 'list',
    providers: providers.map((provider) => ({
      name: provider.name,
      title: provider.title,
      docs: provider.docs,
      flagship: provider.flagship,
      secretVariables: secretVariables(provider),
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
  };
}
