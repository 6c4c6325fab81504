import type { NameOf } from '../core/errors.js';
import { shownKey } from '../core/logEntry.js';
import type { Provider } from '../core/provider.js';
import type { DeliveryEnded } from '../core/run.js';
import { type Secret, secretTexts } from '../core/secret.js';
import type { SecretMask } from '../core/secretMask.js';
import { findSecretParameters } from '../core/secretParameters.js';
import type { World } from '../core/world.js';
import { carriesSecret } from '../delivery/header.js';
import type { Arrival } from '../receiver/receiver.js';
import { arrivalLines } from '../report/run/arrival.js';
import { hintFor } from '../report/run/hintFor.js';
import type { JobMeans, NewJobStep } from './jobs.js';
import { mediaTypeOf, showAttempt, showBody, showHeaders } from './shownParts.js';

interface DeliveryContext {
  readonly key: string | null;
  readonly provider: Provider;
  readonly secrets: readonly Secret[];
  readonly nameOf: NameOf;
}

/** Returns a delivery that has ended as a step of a job, without its secrets. */
export function showDelivery(
  ended: DeliveryEnded,
  { key, provider, secrets, nameOf }: DeliveryContext,
  mask: SecretMask,
): Omit<Extract<NewJobStep, { type: 'delivery' }>, 'place'> {
  const { delivery, attempts, outcome, ok } = ended;
  const { id, event, variant, forge, url, method, headers, secretHeaders, body } = delivery;
  const next = key === null ? '' : `To see why: webhook-sim verify ${key.slice(0, shownKey)}`;
  const hint = ok ? null : hintFor(ended, provider, secrets, { next, nameOf });
  return {
    type: 'delivery',
    delivery: { id, provider: delivery.provider, event, variant, forge, url, key },
    request: {
      method,
      headers: showHeaders(headers, secretHeaders),
      body: showBody(body, { mediaType: mediaTypeOf(headers) }, mask),
    },
    attempts: attempts.map((attempt) => showAttempt(attempt, mask)),
    outcome,
    ok,
    hints: hint === null ? [] : [hint],
  };
}

/** Returns a callback that reports requests to the built-in receiver. */
export function createArrivalReporter(
  means: JobMeans,
  { secrets }: Pick<World, 'secrets'>,
): (arrival: Arrival) => void {
  return (arrival) => {
    const { headers, url } = arrival.request;
    const secretHeaders = headers.map(([name]) => name.toLowerCase()).filter(carriesSecret);
    secrets.add(
      secretTexts({ headers, secretHeaders, url, secretParameters: findSecretParameters(url, carriesSecret) }),
    );
    means.report({ type: 'arrival', text: secrets.inText(arrivalLines(arrival).join('\n')) });
  };
}
