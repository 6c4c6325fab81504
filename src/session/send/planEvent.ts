import type { Header } from '../../core/delivery.js';
import type { Forgery } from '../../core/forgery.js';
import type { Provider } from '../../core/provider.js';
import type { Secret } from '../../core/secret.js';
import { compileDelivery } from '../../delivery/compile.js';
import type { DeliverySource } from '../../delivery/source.js';
import { expectedAnswer } from '../../forge/expectedAnswer.js';
import { assertApplicable } from '../../forge/forgeries.js';
import type { Json } from '../../json/value.js';
import { findIdentityGroup } from '../../payloads/identityRenewal.js';
import { bodyOfAnother, type OwnBody, type PreparedPayload, preparePayload } from '../../payloads/prepare.js';
import { eventRules } from '../../policy/rules.js';
import type { PlannedEvent } from '../../simulate/plan.js';
import { validateByBuilding } from '../../verify/tryOut.js';
import type { SendSettings } from './sendSettings.js';

/** What an event's deliveries are made of beside their payload. */
export interface EventSource extends Omit<DeliverySource, 'event' | 'otherBody'> {
  /** The event's name as it was asked for. */
  readonly name: string;
  readonly forgery: Forgery | null;
}

/** An event with any payload, at once. */
export type EventPlanner = (prepared: PreparedPayload) => { planned: PlannedEvent; source: DeliverySource };

/** Makes what plans an event with one payload or another. */
export async function eventPlanner({ name, ...given }: EventSource): Promise<EventPlanner> {
  const { provider, secrets, forgery } = given;
  const identityGroup = findIdentityGroup(provider.identities, name);
  const otherBody = forgery ? await bodyOfAnother(provider, name) : new Uint8Array();
  const rules = eventRules(provider, provider.events[name], expectedAnswer(forgery, provider));
  return ({ payload, rebuild, event }) => {
    if (forgery) {
      assertApplicable(forgery, provider, { body: payload.bytes, secrets: secrets.map(({ value }) => value) });
    }
    const source = { ...given, event, otherBody };
    return { source, planned: { payload, rebuild, identityGroup, make: compileDelivery(source), rules } };
  };
}

/** Plans an event: all that can go wrong before the first byte is sent goes wrong here. */
export async function planEvent(source: EventSource, prepared: PreparedPayload): Promise<PlannedEvent> {
  return tried(await eventPlanner(source), prepared);
}

/** Plans an event with a payload, and tries it out. Rejects with a UsageError. */
export async function tried(plan: EventPlanner, prepared: PreparedPayload): Promise<PlannedEvent> {
  const { planned, source } = plan(prepared);
  await validateByBuilding(planned, source);
  return planned;
}

interface PlanRequest {
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
