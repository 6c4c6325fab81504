import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/core/delivery.js';
import type { Provider } from '../../src/core/provider.js';
import { seededRandom } from '../../src/core/random.js';
import { compileDeliverySync } from '../../src/delivery/compile.js';
import { findForgery, forgeries } from '../../src/forge/forgeries.js';
import { inapplicableReason } from '../../src/forge/inapplicableReason.js';
import { writeJson } from '../../src/json/dialect.js';
import { publicKeys } from '../../src/signing/publicKeys.js';
import { Transport } from '../../src/transport/transport.js';
import { exampleProvider, exampleSample } from '../support/exampleProviders.js';
import { judgingServer } from '../support/judgingServer.js';
import { areInstalled } from './packages.js';
import { rejection, verified } from './verifiers.js';

/** The address by which the receiver is known, which is not the one that it listens at. */
const publicUrl = 'https://shop.example.com/hooks?shop=senja';

/** Forgeries that a package takes though it should not, each with the reason. */
const taken: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sendgrid: {
    'false-header-last': 'Node joins both headers, and the decoder of Base64 stops at the padding of the first',
  },
  line: { 'false-header-last': 'Node joins both headers, and the decoder of Base64 stops at the padding of the first' },
  paddle: { 'false-header-first': 'Node joins both headers, and each h1 counts, as while a secret is rotated' },
  chargebee: { 'false-header-last': 'Node keeps the first Authorization alone' },
};

const transport = new Transport();
afterAll(() => transport.close());

interface Made {
  readonly event?: string;
  readonly forge?: string;
  readonly now?: number;
}

function make(
  provider: Provider,
  { event = provider.defaultEvent, forge, now = Date.now() }: Made,
  url: string,
): Delivery {
  const bodyOf = (name: string) => Buffer.from(writeJson(exampleSample(provider, name), provider.dialect));
  const other = Object.keys(provider.events).find((name) => name !== event);
  const maker = compileDeliverySync({
    provider,
    event,
    variant: null,
    url,
    publicUrl,
    secrets: [{ value: provider.secret.sample, source: 'sample', isSample: true }],
    headers: [],
    forgery: forge === undefined ? null : findForgery(forge),
    otherBody: other === undefined ? Buffer.from('{}') : bodyOf(other),
  });
  return maker({ now, random: seededRandom(1), body: bodyOf(event) });
}

describe.skipIf(!areInstalled).each(verified)('%s, judged by its official package', (name) => {
  const provider = exampleProvider(name);
  const secret = provider.secret.sample;
  const [publicKey] = publicKeys(provider, secret);
  const send = async (made: Made) => {
    const receiver = await judgingServer((request) => rejection(name, request, { secret, publicKey, url: publicUrl }));
    const { status } = await transport.send(make(provider, made, receiver.url), 60_000);
    return { status, verdicts: receiver.verdicts };
  };

  // To load a package may take longer than the signed time stays young.
  beforeAll(async () => {
    const nothing = { text: '', header: () => '', incoming: { method: 'POST', headers: {} } } as never;
    await rejection(name, nothing, { secret, publicKey, url: publicUrl });
  }, 120_000);

  it.each(Object.keys(provider.events))('%s is accepted', async (event) => {
    expect(await send({ event })).toEqual({ status: 200, verdicts: [null] });
  });

  const meaningful = forgeries.filter((forgery) => {
    // Whether a signed time is looked at is not what a signature proves.
    const { change } = forgery;
    const isSignedTime =
      (change.stage === 'time' && change.signed) || (change.stage === 'sent time' && change.as !== 'nothing');
    const own = change.stage === 'secret' && change.with === 'sample';
    return (
      !own && !isSignedTime && inapplicableReason(forgery, provider) === null && !(forgery.name in (taken[name] ?? {}))
    );
  });
  it.each(meaningful.map((forgery) => forgery.name))('%s is rejected', async (forge) => {
    if (
      forge === 'first-kib-signature' &&
      writeJson(exampleSample(provider, provider.defaultEvent), 'js').length < 1100
    )
      return;
    expect((await send({ forge })).status).toBe(401);
  });
});
