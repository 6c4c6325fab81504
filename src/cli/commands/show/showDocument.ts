import type { Delivery } from '../../../core/delivery.js';
import type { Provider } from '../../../core/provider.js';
import { requestFacts } from '../../../report/shared/requestFacts.js';

/** What `show --json` prints: the event's own description, the provider's scheme and policy, and one signed request. */
export function showDocument(provider: Provider, delivery: Delivery): object {
  const { headers, bytes, sha256 } = requestFacts(delivery);
  const { title, trigger, certainty, note = null } = provider.events[delivery.event]!;
  return {
    schemaVersion: 1,
    type: 'show',
    provider: provider.name,
    event: delivery.event,
    variant: delivery.variant,
    title,
    trigger,
    certainty,
    note,
    headerTemplates: provider.headers,
    signatures: provider.signatures,
    dialect: provider.dialect,
    verifiesOver: provider.verifiesOver,
    proof: provider.proof ?? [],
    policy: { ...provider.policy, ...provider.events[delivery.event]!.policy },
    request: { method: delivery.method, headers, bytes, sha256, body: Buffer.from(delivery.body).toString('utf8') },
  };
}
