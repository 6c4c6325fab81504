import type { Delivery } from '../../src/core/delivery.js';
import type { Provider } from '../../src/core/provider.js';
import { exampleUrl } from '../../src/core/target.js';
import { compileDelivery } from '../../src/delivery/compile.js';
import { findIdentityGroup } from '../../src/payloads/identityRenewal.js';
import { preparePayload } from '../../src/payloads/prepare.js';
import { eventRules } from '../../src/policy/rules.js';
import { roundPlanner } from '../../src/simulate/plan.js';

/** Providers whose signatures no script of k6 can make, with what it says of them. */
export const notForK6: Readonly<Record<string, string>> = {
  alipay: 'RSA-SHA256',
  'aws-sns': 'RSA-SHA256',
  discord: 'Ed25519',
  'google-pubsub': 'RS256',
  paypal: 'RSA-SHA256',
  plaid: 'ES256',
  sendgrid: 'ECDSA-SHA256',
  telnyx: 'Ed25519',
  wise: 'RSA-SHA256',
};

/** Returns the delivery by `send` of an event at a time where each draw gives the least: a script has to make the same, byte for byte. */
export async function leastDelivery(provider: Provider, event: string, now: number): Promise<Delivery> {
  const prepared = await preparePayload({ provider, event, variant: null, edits: [], fresh: 'ids' });
  const secrets = [{ value: provider.secret.sample, source: 'sample', isSample: true }];
  const source = {
    provider,
    event: prepared.event,
    variant: null,
    url: exampleUrl,
    secrets,
    headers: [],
  };
  const planned = {
    payload: prepared.payload,
    identityGroup: findIdentityGroup(provider.identities, event),
    make: compileDelivery(source),
    rules: eventRules(provider, provider.events[event]),
  };
  const plan = roundPlanner({ events: [planned], fresh: 'ids', random: { uint32: () => 0 }, now: () => now })(1);
  return (await plan(planned, now)).delivery;
}
