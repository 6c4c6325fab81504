import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../src/core/delivery.js';
import type { Provider } from '../../../src/core/provider.js';
import { seededRandom } from '../../../src/core/random.js';
import { compileDeliverySync } from '../../../src/delivery/compile.js';
import { findScheme } from '../../../src/infer/findScheme.js';
import type { FoundScheme } from '../../../src/infer/foundScheme.js';
import { writeJson } from '../../../src/json/dialect.js';
import { parseJson } from '../../../src/json/parse.js';
import type { Json } from '../../../src/json/value.js';
import { providerSchema } from '../../../src/providers/schema.js';
import { extract } from '../../../src/signing/extract.js';
import { readHeaderTemplates } from '../../../src/signing/templates.js';
import { extractFieldValues } from '../../../src/verify/parseSignedRequest.js';
import { verifyReceived } from '../../../src/verify/verify.js';
import { exampleNames, exampleProvider, exampleSample } from '../../support/exampleProviders.js';
import { fiveProviders } from '../../support/providers.js';

const url = 'https://shop.example/hooks/a?b=c';
const providers: readonly Provider[] = [...fiveProviders, ...exampleNames.map(exampleProvider)];
const publicly = ['discord', 'sendgrid', 'aws-sns', 'plaid'];
/** Those that make another signature of the same each time. */
const randomised = ['sendgrid', 'plaid'];

function sampleOf(provider: Provider, event: string): Json {
  if (exampleNames.includes(provider.name)) return exampleSample(provider, event);
  return parseJson(
    readFileSync(join(import.meta.dirname, `../../../payloads/${provider.name}/events/${event}.json`), 'utf8'),
  );
}

interface Making {
  readonly event: string;
  readonly now: number;
  readonly seed: number;
  readonly secret?: string;
}

/** A delivery of a provider, with another body for another seed. */
function deliveryOf(provider: Provider, { event, now, seed, secret = provider.secret.sample }: Making): Delivery {
  const text = writeJson(sampleOf(provider, event), provider.dialect);
  const make = compileDeliverySync({
    provider,
    event,
    variant: null,
    url,
    secrets: [{ value: secret, source: 'test', isSample: false }],
    headers: [],
  });
  return make({ now, random: seededRandom(seed), body: Buffer.from(text) });
}

const find = (delivery: Delivery, ...secrets: string[]) => findScheme(delivery, secrets);

/** The provider as it was found, with all else that its own description says. */
function described(provider: Provider, found: FoundScheme): Provider {
  const { headers, values, signatures, fields, query, dialect, eventAt } = found;
  const { fields: _, query: __, handshakes: ___, ...rest } = provider;
  return providerSchema.parse({
    ...rest,
    ...{ headers, values, signatures, dialect },
    ...(provider.wire ? {} : { eventAt }),
    // Nothing is renewed where a test says what the values are.
    policy: { ...provider.policy, resend: { ...provider.policy.resend, value: [] } },
    ...(fields.length > 0 && { fields }),
    ...(query.length > 0 && { query }),
  });
}

/** Returns the values of a description in a delivery. */
function toldIn(provider: Provider, { headers, body }: Delivery): Map<string, string> {
  const texts = readHeaderTemplates(provider).flatMap((template) => {
    const header = headers.find(([name]) => name === template.name);
    return header ? (extract(template, header[1]) ?? []) : [];
  });
  return new Map([...texts, ...extractFieldValues(provider, body)]);
}

/** Whether proxies and tunnels send such a header, too, so that a captured one says nothing of the provider. */
const isOfProxies = (header: string) => /^(accept-encoding|cache-control)$/i.test(header);

const eventsOf = (provider: Provider) => [
  provider.defaultEvent,
  Object.keys(provider.events).find((event) => event !== provider.defaultEvent) ?? provider.defaultEvent,
];

const kindOf = ({ signatures, fields, dialect }: Provider) => {
  const kinds = Object.values(signatures).map((each) =>
    'hash' in each ? [each.scheme, each.hash, 'encoding' in each && each.encoding] : [each.scheme],
  );
  return JSON.stringify([kinds, fields !== undefined, dialect === 'form']);
};
const isFirstOfItsKind = (provider: Provider) =>
  providers.find((each) => kindOf(each) === kindOf(provider)) === provider;

describe.each(providers.map((provider) => [provider.name, provider] as const))('%s', (name, provider) => {
  const [event, another] = eventsOf(provider) as [string, string];
  const captured = deliveryOf(provider, { event, now: 1_790_000_000_123, seed: 3 });
  const found = find(captured, 'a wrong one', provider.secret.sample);

  it('is found, and proven by the secret', () => {
    expect(found.proofs.length).toBe(
      Math.max(
        1,
        Object.values(provider.signatures).filter(({ scheme }) => scheme !== 'digest').length +
          (name === 'hubspot' ? 1 : 0),
      ),
    );
    for (const proof of found.proofs) {
      expect(proof).toMatchObject({ secretAt: 1, certainty: randomised.includes(name) ? 'verified' : 'reproduced' });
    }
    expect(found.secrets).toEqual([1]);
    expect(found.leftOut.map((header) => header.name)).toEqual(
      provider.headers.map(([header]) => header).filter((header) => isOfProxies(header)),
    );
    expect(found.dialects).toContain(provider.dialect);
    expect(found.event).toBe(
      name === 'slack' || provider.headers.some(([, value]) => value === '{event}') || provider.eventAt === null
        ? found.event
        : event,
    );
  });

  it('makes the next delivery as the provider does, of another body at another time', () => {
    const real = deliveryOf(provider, { event: another, now: 1_790_100_000_000, seed: 4 });
    const own = described(provider, found);
    const make = compileDeliverySync({
      provider: own,
      event: another,
      variant: null,
      url,
      secrets: [{ value: provider.secret.sample, source: 'test', isSample: false }],
      headers: [],
    });
    const ours = make({ now: 0, random: seededRandom(9), body: real.body, sentValues: toldIn(own, real) });
    if (randomised.includes(name)) {
      expect(verifyReceived(provider, ours, [provider.secret.sample])).toEqual({ ok: true });
      expect(ours.headers.map(([header]) => header)).toEqual(
        real.headers.map(([header]) => header).filter((header) => !isOfProxies(header)),
      );
    } else {
      expect(ours.headers).toEqual(real.headers.filter(([header]) => !isOfProxies(header)));
      expect(Buffer.from(ours.body).toString()).toBe(Buffer.from(real.body).toString());
    }
    expect(verifyReceived(own, real, [provider.secret.sample])).toEqual({ ok: true });
  });

  it('makes new times and ids', () => {
    const own = described(provider, found);
    const fresh = compileDeliverySync({
      provider: own,
      event,
      variant: null,
      url,
      secrets: [{ value: provider.secret.sample, source: 'test', isSample: false }],
      headers: [],
    });
    const one = fresh({ now: 1_790_000_000_123, random: seededRandom(5), body: captured.body });
    expect(verifyReceived(provider, one, [provider.secret.sample])).toEqual({ ok: true });
  });

  // A search that finds nothing tries all that there is: once for each kind of signature.
  it.runIf(isFirstOfItsKind(provider))('is not proven by a wrong secret', () => {
    const wrong = publicly.includes(name) ? 'seed:another' : 'another secret';
    const guessed = find(captured, wrong);
    expect(guessed.proofs.filter(({ certainty, secretAt }) => certainty !== 'guessed' || secretAt !== null)).toEqual(
      [],
    );
    expect(guessed.secrets).toEqual([]);
  });

  it('tells no secret', () => {
    expect(JSON.stringify({ ...found, told: [...found.sentValues] })).not.toContain(provider.secret.sample);
  });
});
