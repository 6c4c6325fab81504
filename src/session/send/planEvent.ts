import type { Header } from '../../core/delivery.js';
import type { Forgery } from '../../core/forgery.js';
import { excerpt } from '../../core/printable.js';
import type { Provider } from '../../core/provider.js';
import type { Secret } from '../../core/secret.js';
import { compileDelivery } from '../../delivery/compile.js';
import type { DeliverySource } from '../../delivery/source.js';
import { expectedAnswer } from '../../forge/expectedAnswer.js';
import { assertApplicable } from '../../forge/forgeries.js';
import { findRepeatedKeyIn } from '../../json/repeatedKey.js';
import type { Json } from '../../json/value.js';
import { findIdentityGroup } from '../../payloads/identityRenewal.js';
import { bodyOfAnother, type OwnBody, type PreparedPayload, preparePayload } from '../../payloads/prepare.js';
import { eventRules } from '../../policy/rules.js';
import type { PlannedEvent } from '../../simulate/plan.js';
import { validateByBuilding } from '../../verify/validateByBuilding.js';
import type { SendSettings } from './sendSettings.js';

/** The inputs of an event's deliveries except their payload. */
export interface EventSource extends Omit<DeliverySource, 'event' | 'otherBody'> {
  /** The event's name as the user wrote it. */
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

/** Plans an event: everything that can fail before the first byte is sent fails here. */
export async function planEvent(source: EventSource, prepared: PreparedPayload): Promise<PlannedEvent> {
  return planTriedEvent(await eventPlanner(source), prepared);
}

/** Plans an event with a payload, and tries it out. Rejects with a UsageError. */
export async function planTriedEvent(plan: EventPlanner, prepared: PreparedPayload): Promise<PlannedEvent> {
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
  /** In place of the sample that ships. */
  readonly sample?: Json | undefined;
  /** The sample of the only event as a person edited it. */
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

/** Planned events, and warnings about them. */
export interface PlannedEvents {
  readonly events: readonly PlannedEvent[];
  readonly notes: readonly string[];
}

/** Plans all events: everything that can fail before the first byte is sent fails here, since all samples, edits, templates and secrets are read. */
export async function planEvents(request: PlanRequest): Promise<PlannedEvents> {
  const planned = await Promise.all(request.events.map((event) => planOne(request, event)));
  return { events: planned.map(({ event }) => event), notes: planned.flatMap(({ notes }) => notes) };
}

async function planOne(request: PlanRequest, name: string) {
  const { provider, variant, settings, own, sample, edited, secrets, headers, secretNames, forgery } = request;
  const { edits, fresh, dialect } = settings;
  const prepared = await preparePayload({ provider, event: name, variant, edits, fresh, own, sample, edited, dialect });
  const url = request.urlFor(prepared.event);
  const publicUrl = request.publicUrlFor(prepared.event);
  const source = { provider, name, variant, url, publicUrl, secrets, headers, secretNames, forgery };
  const notes = [renamedNote(provider, name, prepared.event), repeatedNote(request)].filter((note) => note !== null);
  return { event: await planEvent(source, prepared), notes };
}

/** Returns a note about edits of a body that has a key twice; null where they leave it alone. */
function repeatedNote({ provider, own, settings }: PlanRequest): string | null {
  if (!own?.checked || settings.edits.length === 0) return null;
  const path = findRepeatedKeyIn(own.bytes, provider.dialect);
  if (path === null) return null;
  return `${own.source} has the key ${excerpt(path, 80)} twice. As a field is changed, it is written again with the last one only.`;
}

/** Returns a note that a body belongs to another event than the one asked for; null where it does not. */
function renamedNote({ title, events }: Provider, requested: string, used: string): string | null {
  if (used === requested) return null;
  const name = excerpt(used, 80);
  const unknown = Object.hasOwn(events, used) ? '' : ` No event of ${title} that is known has this name.`;
  return `Sent as ${name}, which the body says, not as ${requested}.${unknown}`;
}
