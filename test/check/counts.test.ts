import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, vi } from 'vitest';
import type { ProviderName } from '../../src/api/providers.js';
import { verify } from '../../src/api/verify.js';
import type { Provider } from '../../src/core/provider.js';
import { plainestStatus } from '../../src/core/status.js';
import { cli } from '../support/cli.js';
import { exampleNames, exampleProvider } from '../support/exampleProviders.js';
import { fiveProviders } from '../support/providers.js';

vi.setConfig({ maxConcurrency: 2, testTimeout: 120_000 });

const providers = [...fiveProviders, ...exampleNames.map(exampleProvider)];
const now = Date.parse('2026-06-01T12:00:00Z');
const toleranceMs = 300_000;

/** A request as it came. */
interface Came {
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** Whether the signed time that a request tells, in a header or as a field `timestamp`, is near the time of the check. */
function isFresh({ values }: Provider, { headers, body }: Came): boolean {
  if (!Object.values(values).some(({ kind }) => kind === 'time')) return true;
  const timesIn = (text: string) => text.match(/\b1[78]\d{8}(?:\d{3})?\b/g) ?? [];
  // In a token they are encoded.
  const withoutTokens = (value: string) =>
    value.replace(/\beyJ[\w-]+\.([\w-]+)\.[\w-]+/g, (_, claims) => Buffer.from(claims, 'base64url').toString());
  const inHeaders = headers.flatMap(([, value]) => timesIn(withoutTokens(value)));
  const times = inHeaders.length > 0 ? inHeaders : timesIn(/"timestamp":\s*"?\d+/.exec(body.toString())?.[0] ?? '');
  return times.every((text) => Math.abs(Number(text.padEnd(13, '0')) - now) <= toleranceMs);
}

/** The id that a receiver would know a delivery by, from a header or a field of the body; null for providers that send none there. */
function idOf({ headers: templates, values, identities }: Provider, { headers, body }: Came): string | null {
  const ids = Object.keys(values).filter((name) => !['time', 'field', 'fields', 'header'].includes(values[name]!.kind));
  const [name] = templates.find(([, template]) => ids.some((id) => template === `{${id}}`)) ?? [];
  if (name) return headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1] ?? null;
  const path = identities.flatMap(({ ids }) => ids).find(({ deduplicates }) => deduplicates)?.path;
  return path ? (new RegExp(`"${path}": ?"([^"]+)"`).exec(body.toString())?.[1] ?? null) : null;
}

/** A receiver that verifies, closed by `close`, and what came to it. */
async function openReceiver(provider: Provider) {
  const received: Came[] = [];
  const accepted = plainestStatus(provider.policy.success.value);
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method, rawHeaders: raw } = request;
    const headers = raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1]!] as const] : []));
    const body = Buffer.concat(chunks);
    received.push({ headers, body });
    const url = `http://${request.headers.host}${request.url}`;
    const { ok } = verify({
      provider: provider.name as ProviderName,
      headers,
      body,
      secret: provider.secret.sample,
      method: method!,
      url,
    });
    if (method !== 'POST') response.writeHead(405).end();
    else response.writeHead(ok && isFresh(provider, { headers, body }) ? accepted : 401).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Identical deliveries that are sent on purpose: one is repeated, and two stand beside forgeries of them. */
const meantRepetitions = 3;

it.concurrent.for(providers.map((provider) => [provider.name, provider] as const))(
  'a check of %s finds nothing wrong with who verifies, stays within its requests, and each has an id of its own',
  async ([name, provider], { expect, onTestFinished }) => {
    const { received, url, close } = await openReceiver(provider);
    onTestFinished(close);
    const flags = ['--seed', '7', '--now', new Date(now).toISOString(), '--json'];
    const { json, stderr } = await cli(['check', name, '--to', url, ...flags], { now });
    const cases = json.slice(0, -1);
    const found = cases.filter(({ verdict }) => verdict === 'finding').map(({ name: each, reason }) => [each, reason]);
    expect([found, json.at(-1).findings, json.at(-1).grade], stderr).toEqual([[], [], 'A']);
    expect(cases.filter(({ verdict }) => verdict === 'passed').length).toBeGreaterThan(25);
    const ended = (wanted: string) => json.find((each) => each.name === wanted);
    expect(ended('plain')?.verdict, stderr).toBe('passed');
    expect(ended('plain-again').verdict).toBe('passed');
    expect(received.length).toBeGreaterThan(60);
    expect(received.length).toBeLessThanOrEqual(400);
    expect(received.filter(({ body }) => body.length > 64 * 1024).length).toBeLessThanOrEqual(5);
    expect(ended('freshness-window').attempts.length).toBeLessThanOrEqual(12);
    const ids = received.map((each) => idOf(provider, each)).filter((id) => id !== null);
    expect(ids.length - new Set(ids).size).toBeLessThanOrEqual(meantRepetitions);
  },
);

it('these are all providers', () => {
  expect(providers.length).toBe(25);
});
