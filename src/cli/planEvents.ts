import type { Forgery } from '../core/forgery.js';
import type { Provider } from '../core/provider.js';
import type { Secret } from '../core/secret.js';
import { compileDelivery } from '../delivery/compile.js';
import { refuseMeaningless } from '../forge/findForgery.js';
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
  readonly forgery: Forgery | null;
}

/** Everything that can go wrong before the first byte is sent goes wrong here: all samples, edits, templates and secrets are read. */
export function planEvents(request: PlanRequest): Promise<PlannedEvent[]> {
  return Promise.all(request.events.map((event) => planEvent(request, event)));
}

async function planEvent(request: PlanRequest, name: string): Promise<PlannedEvent> {
  const { provider, variant, settings, own, secrets, url, forgery } = request;
  const { edits, fresh, headers } = settings;
  const { payload, rebuild, event } = await preparePayload({
    provider,
    event: name,
    variant,
    edits,
    fresh,
    own,
    dialect: settings.dialect,
  });
  if (forgery) {
    refuseMeaningless(forgery, provider, { body: payload.bytes, secrets: secrets.map(({ value }) => value) });
  }
  const otherBody = forgery ? await bodyOfAnother(provider, name) : new Uint8Array();
  return {
    payload,
    rebuild,
    story: storyOf(provider.stories, name),
    make: compileDelivery({ provider, event, variant, url, secrets, headers, forgery, otherBody }),
    rules: eventRules(provider, provider.events[name]),
  };
}

async function bodyOfAnother(provider: Provider, event: string): Promise<Uint8Array> {
  const other = Object.keys(provider.events).find((name) => name !== event);
  if (other === undefined) return Buffer.from('{}');
  const { payload } = await preparePayload({ provider, event: other, variant: null, edits: [], fresh: 'nothing' });
  return payload.bytes;
}
