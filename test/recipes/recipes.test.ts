import { describe, expect, it } from 'vitest';
import type { Provider } from '../../src/core/provider.js';
import { findProvider } from '../../src/providers/findProvider.js';
import { cli } from '../support/cli.js';
import { type SentSample, sampleNames, sendSamples } from '../support/sendSamples.js';
import { hasRuby, type RecipeFile, recipes, startRecipe } from './programs.js';

const files = Object.keys(recipes) as RecipeFile[];
const providerOf = (file: RecipeFile): Provider => findProvider(recipes[file].provider);
const lacking = (file: RecipeFile) => (file.endsWith('.rb') && !hasRuby ? ' (skipped: there is no ruby)' : '');

const withOutcome = (names: readonly string[], outcome: string) => names.map((sample) => ({ sample, outcome }));
const outcomes = (sent: readonly SentSample[]) => sent.map(({ sample, outcome }) => ({ sample, outcome }));

describe.each(files)('the documented verifier %s', (file) => {
  const provider = providerOf(file);
  const samples = sampleNames(provider);
  const test = it.skipIf(lacking(file) !== '');

  const accepted = async (url: string, secret: string, freshness: readonly string[]) => {
    const { sent, exitCodes } = await sendSamples(provider, url, ['--secret', secret, ...freshness]);
    expect(outcomes(sent), freshness.join(' ')).toEqual(withOutcome(samples, 'accepted'));
    expect(new Set(exitCodes)).toEqual(new Set([0]));
  };

  test(`accepts every event and variant, all of it fresh, signed with a secret beyond ASCII${lacking(file)}`, async () => {
    const secret = 'clé-秘密-🔑-ñ';
    await accepted(await startRecipe(file, secret), secret, ['--fresh', 'all']);
  });

  test(`accepts every event and variant as it is stored, and rejects what is forged${lacking(file)}`, async () => {
    const secret = provider.secret.sample;
    const url = await startRecipe(file, secret);
    for (const freshness of [[], ['--exact']]) await accepted(url, secret, freshness);
    for (const forgery of ['wrong-secret', 'tampered-body', 'no-signature']) {
      const flags = ['--to', url, '--secret', secret, '--forge', forgery, '--json', '-q'];
      const { json, exitCode } = await cli(['send', provider.name, provider.defaultEvent, ...flags]);
      // That a forgery is rejected is right.
      expect([json[0].outcome, json[0].attempts[0].status, exitCode], forgery).toEqual(['rejected', 401, 0]);
    }
  });
});

describe('the mends of documented verifiers are needed:', () => {
  const statusOf = async (url: string, provider: string, event: string, ...flags: string[]) => {
    const { json } = await cli(['send', provider, event, '--to', url, '--json', '-q', ...flags]);
    return json[0].attempts[0].status;
  };
  const startAsDocumented = (file: RecipeFile) => startRecipe(file, providerOf(file).secret.sample, 'as-documented');

  it("BharatCart's throws for a signature of another length and for none", async () => {
    const url = await startAsDocumented('bharatcart.mjs');
    for (const [status, ...flags] of [
      [200],
      [401, '--forge', 'tampered-signature'],
      [500, '--forge', 'truncated-signature'],
      [500, '-H', 'X-Webhook-Signature: test-signature'],
      [500, '--forge', 'no-signature'],
    ] as const) {
      expect(await statusOf(url, 'bharatcart', 'order.created', ...flags), flags.join(' ')).toBe(status);
    }
  });

  it("Covver's rejects every delivery in Node.js", async () => {
    const { sent } = await sendSamples(providerOf('covver.mjs'), await startAsDocumented('covver.mjs'));
    expect(outcomes(sent)).toEqual(withOutcome(sampleNames(providerOf('covver.mjs')), 'rejected'));
  });

  it("Commerce Layer's rejects bodies that JSON.stringify writes in another way", async () => {
    const url = await startAsDocumented('commercelayer.mjs');
    expect(await statusOf(url, 'commercelayer', 'customers.create')).toBe(200);
    expect(await statusOf(url, 'commercelayer', 'orders.place')).toBe(401);
  });
});
