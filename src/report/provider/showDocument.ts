import type { Delivery } from '../../core/delivery.js';
import { givenValues } from '../../core/givenValues.js';
import type { Provider } from '../../core/provider.js';
import { modeOf } from '../../core/providerMode.js';
import { wireParts } from '../../core/wireName.js';
import { requestFacts } from '../shared/requestFacts.js';

/** Returns what `show --json` prints: the event's own description, the provider's scheme and policy, and one signed request. */
export function showDocument(provider: Provider, delivery: Delivery) {
  const { headers, bytes, sha256 } = requestFacts(delivery);
  const { title, trigger, certainty, source, note = null } = provider.events[delivery.event]!;
  return {
    schemaVersion: 1,
    type: 'show',
    provider: provider.name,
    event: delivery.event,
    variant: delivery.variant,
    title,
    trigger,
    certainty,
    source: source ?? provider.everyEvent?.source ?? null,
    note,
    wire: provider.wire === undefined ? null : wireParts(provider, delivery.event),
    headerTemplates: provider.headers,
    signatures: provider.signatures,
    dialect: provider.dialect,
    verifiesOver: provider.verifiesOver,
    proof: provider.proof ?? [],
    modes: Object.entries(provider.modes ?? {}).map(([name, mode]) => ({
      name,
      title: mode.title,
      isChosen: name === modeOf(provider),
    })),
    values: [...givenValues(provider)].map(([name, { env = [], sample }]) => ({ name, env, sample })),
    policy: { ...provider.policy, ...provider.events[delivery.event]!.policy },
    request: {
      method: delivery.method,
      ...(delivery.url.includes('?') && { query: new URL(delivery.url).search }),
      headers,
      bytes,
      sha256,
      body: Buffer.from(delivery.body).toString('utf8'),
    },
  } as const;
}
