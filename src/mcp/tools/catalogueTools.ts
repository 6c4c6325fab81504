import * as z from 'zod';
import { rankRows } from '../../core/rankRows.js';
import { writeJson } from '../../json/dialect.js';
import { loadSample } from '../../payloads/load.js';
import { allProviders, findProvider } from '../../providers/findProvider.js';
import { secretVariables } from '../../providers/secrets.js';
import { showDocument } from '../../report/provider/showDocument.js';
import { maskDelivery } from '../../report/shared/maskSent.js';
import { selectEvent } from '../../session/project/events.js';
import { signSample } from '../../session/project/signSample.js';
import { mcpTool, toolFields } from '../mcpTool.js';

/** The most events that a search returns. */
const maxFound = 40;

/** Tools that list providers and events. */
export const catalogueTools = [
  mcpTool({
    name: 'list_providers',
    title: 'List providers and events',
    description:
      'List the webhook providers. With provider: all its events, with what triggers each. With search: the events of all providers that fit it best, such as "refund".',
    input: z.strictObject({
      provider: toolFields.provider.optional(),
      search: z.string().optional().describe('Words that the event, its title or its provider has.'),
    }),
    does: 'look',
    run: async ({ provider: name, search }, { project }) => {
      const providers = name === undefined ? allProviders(project) : [findProvider(name, project)];
      if (search !== undefined) {
        const rows = providers.flatMap((provider) =>
          Object.entries(provider.events).map(([event, { title, trigger }]) => ({
            name: `${provider.name} ${event}`,
            text: `${provider.title} ${title} ${trigger}`,
            found: { provider: provider.name, event, title },
          })),
        );
        const found = rankRows(rows)(search).map((row) => row.found);
        return { events: found.slice(0, maxFound), total: found.length };
      }
      if (name !== undefined) {
        const [provider] = providers;
        const { title, docs, defaultEvent, events, handshakes = [] } = provider!;
        return {
          provider: provider!.name,
          title,
          docs,
          defaultEvent,
          secretVariables: secretVariables(provider!),
          handshakes: handshakes.map((each) => each.name),
          events: Object.entries(events).map(([event, { title: words, trigger, variants = {} }]) => ({
            event,
            title: words,
            trigger,
            ...(Object.keys(variants).length > 0 && { variants: Object.keys(variants) }),
          })),
        };
      }
      return {
        providers: providers.map(({ name: key, title, group = null, events }) => ({
          name: key,
          title,
          group,
          events: Object.keys(events).length,
        })),
        broken: project.broken.map(({ name: key, error }) => ({ name: key, problem: error.message })),
      };
    },
  }),
  mcpTool({
    name: 'show_event',
    title: 'Show an event',
    description:
      'Show the request of an event as its provider sends it: headers, body, how it is signed, and what the provider does afterwards (time limit, what counts as accepted, retries). Sends nothing.',
    input: z.strictObject({ provider: toolFields.provider, event: toolFields.event, variant: toolFields.variant }),
    does: 'look',
    run: async ({ provider: name, event: eventName, variant = null }, { project, io }) => {
      const provider = findProvider(name, project);
      const event = selectEvent(provider, eventName);
      const sample = await loadSample({ provider, event, variant });
      const { delivery } = await signSample({ project, provider, event, variant }, io);
      const payload = typeof sample === 'string' ? sample : writeJson(sample, 'pretty');
      return { ...showDocument(provider, maskDelivery(delivery, io.secrets)), payload };
    },
  }),
];
