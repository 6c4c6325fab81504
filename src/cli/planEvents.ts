import type { Provider } from '../core/provider.js';
import type { Secret } from '../core/secret.js';
import { compileDelivery } from '../delivery/compile.js';
import { type OwnBody, preparePayload } from '../payloads/prepare.js';
import { storyOf } from '../payloads/renewal.js';
import { eventRules } from '../policy/rules.js';
import type { PlannedEvent } from '../simulate/plan.js';
import type { SendSettings } from './sendSettings.js';

export interface PlanRequest {
  readonly provider: Provider;
  readonly events: readonly string[];
  readonly variant: string | null;
  readonly settings: SendSettings;
  readonly own: OwnBody | undefined;
  readonly secrets: readonly Secret[];
  readonly url: string;
}

/** Everything that can go wrong before the first byte is sent goes wrong here: all samples, edits, templates and secrets are read. */
export function planEvents({
  provider,
  events,
  variant,
  settings,
  own,
  secrets,
  url,
}: PlanRequest): Promise<PlannedEvent[]> {
  return Promise.all(
    events.map(async (name) => {
      const { payload, event } = await preparePayload({
        provider,
        event: name,
        variant,
        edits: settings.edits,
        fresh: settings.fresh,
        own,
      });
      const make = compileDelivery({ provider, event, variant, url, secrets, headers: settings.headers });
      return {
        payload,
        story: storyOf(provider.stories, name),
        make,
        rules: eventRules(provider, provider.events[name]),
      };
    }),
  );
}
