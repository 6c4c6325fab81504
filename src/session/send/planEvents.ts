import type { Header } from '../../core/delivery.js';
import type { Forgery } from '../../core/forgery.js';
import type { Provider } from '../../core/provider.js';
import type { Secret } from '../../core/secret.js';
import type { Json } from '../../json/value.js';
import { type OwnBody, preparePayload } from '../../payloads/prepare.js';
import type { PlannedEvent } from '../../simulate/plan.js';
import { planEvent } from './planEvent.js';
import type { SendSettings } from './sendSettings.js';

export interface PlanRequest {
  readonly provider: Provider;
  readonly events: readonly string[];
  readonly variant: string | null;
  readonly settings: SendSettings;
  readonly own: OwnBody | undefined;
  /** What a person made of the sample of the only event. */
  readonly edited: Json | undefined;
  readonly secrets: readonly Secret[];
  /** The URL for an event. */
  readonly urlFor: (event: string) => string;
  /** The address by which the provider knows the receiver, where that is another. */
  readonly publicUrlFor: (event: string) => string | undefined;
  /** The user's own headers, with the lower-case names of those that are secret whatever their name. */
  readonly headers: readonly Header[];
  readonly secretNames: readonly string[];
  readonly forgery: Forgery | null;
}

/** Everything that can go wrong before the first byte is sent goes wrong here: all samples, edits, templates and secrets are read. */
export function planEvents(request: PlanRequest): Promise<PlannedEvent[]> {
  return Promise.all(request.events.map((event) => planOne(request, event)));
}

async function planOne(request: PlanRequest, name: string): Promise<PlannedEvent> {
  const { provider, variant, settings, own, edited, secrets, headers, secretNames, forgery } = request;
  const { edits, fresh, dialect } = settings;
  const prepared = await preparePayload({ provider, event: name, variant, edits, fresh, own, edited, dialect });
  const url = request.urlFor(prepared.event);
  const publicUrl = request.publicUrlFor(prepared.event);
  return planEvent({ provider, name, variant, url, publicUrl, secrets, headers, secretNames, forgery }, prepared);
}
