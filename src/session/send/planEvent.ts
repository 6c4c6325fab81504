import type { Forgery } from '../../core/forgery.js';
import { compileDelivery } from '../../delivery/compile.js';
import type { DeliverySource } from '../../delivery/source.js';
import { expectedAnswer } from '../../forge/expectedAnswer.js';
import { assertApplicable } from '../../forge/findForgery.js';
import { bodyOfAnother } from '../../payloads/another.js';
import type { PreparedPayload } from '../../payloads/prepare.js';
import { findIdentityGroup } from '../../payloads/renewal.js';
import { eventRules } from '../../policy/rules.js';
import type { PlannedEvent } from '../../simulate/plan.js';
import { validateByBuilding } from '../../verify/tryOut.js';

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
