import type { Header } from '../../core/delivery.js';
import type { Forgery } from '../../core/forgery.js';
import type { Provider } from '../../core/provider.js';
import type { Secret } from '../../core/secret.js';
import { compileDelivery } from '../../delivery/compile.js';
import { expectedAnswer } from '../../forge/expectedAnswer.js';
import { refuseMeaningless } from '../../forge/findForgery.js';
import type { Json } from '../../json/value.js';
import { bodyOfAnother } from '../../payloads/another.js';
import { type OwnBody, preparePayload } from '../../payloads/prepare.js';
import { storyOf } from '../../payloads/renewal.js';
import { eventRules } from '../../policy/rules.js';
import type { PlannedEvent } from '../../simulate/plan.js';
import { tryOut } from '../../verify/tryOut.js';
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
  return Promise.all(request.events.map((event) => planEvent(request, event)));
}

async function planEvent(request: PlanRequest, name: string): Promise<PlannedEvent> {
  const { provider, variant, settings, own, secrets, headers, secretNames, forgery } = request;
  const { edits, fresh } = settings;
  const { payload, rebuild, event } = await preparePayload({
    provider,
    event: name,
    variant,
    edits,
    fresh,
    own,
    edited: request.edited,
    dialect: settings.dialect,
  });
  const url = request.urlFor(event);
  const publicUrl = request.publicUrlFor(event);
  if (forgery) {
    refuseMeaningless(forgery, provider, { body: payload.bytes, secrets: secrets.map(({ value }) => value) });
  }
  const otherBody = forgery ? await bodyOfAnother(provider, name) : new Uint8Array();
  const source = { provider, event, variant, url, publicUrl, secrets, headers, secretNames, forgery, otherBody };
  const planned: PlannedEvent = {
    payload,
    rebuild,
    story: storyOf(provider.stories, name),
    make: compileDelivery(source),
    rules: eventRules(provider, provider.events[name], expectedAnswer(forgery, provider)),
  };
  await tryOut(planned, source);
  return planned;
}
