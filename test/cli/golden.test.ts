import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findProvider } from '../../src/providers/findProvider.js';
import { type Captured, captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { sampleNames, sendSamples } from '../support/sendSamples.js';
import exact from './golden/requests.json' with { type: 'json' };
import seeded from './golden/seeded.json' with { type: 'json' };

/** Headers that are not the provider's but the HTTP client's. */
const ofTheClient = ['host', 'connection', 'content-length'];
/** Headers whose values are random. */
const random = ['covveridempotencykey', 'x-webconnex-delivery'];

/** The SHA-256 of a request as it came over the socket, without some of its headers. */
function requestHash({ requestLine, headers, body }: Captured, without: readonly string[]): string {
  const lines = headers
    .filter(([name]) => !without.includes(name.toLowerCase()))
    .map(([name, value]) => `${name}: ${value}\r\n`);
  return createHash('sha256')
    .update(`${requestLine}\r\n${lines.join('')}\r\n`, 'latin1')
    .update(body)
    .digest('hex');
}

describe('the bytes of every sample sent --exact, as a Python script makes them (golden/make.py),', () => {
  it.each(Object.entries(exact))('are those of %s', async (name, expected) => {
    const provider = findProvider(name);
    const server = await captureServer();
    await sendSamples(provider, `${server.url}/`, ['--exact']);
    const hashes = server.requests.map((request) => requestHash(request, [...ofTheClient, ...random]));
    const samples = sampleNames(provider);
    expect(Object.fromEntries(samples.map((sample, i) => [sample, hashes[i]]))).toEqual(expected);
    expect(hashes).toHaveLength(samples.length);
  });
});

// These were recorded from this program once. They say nothing about what is right, but that --seed and --now make the
// same bytes in every version: where one changes, recorded runs of users change, which the changelog has to tell.
describe('with --seed 1 --now 2026-06-01T12:00:00Z, as in all versions,', () => {
  const fixed = ['--seed', '1', '--now', '2026-06-01T12:00:00Z'];

  it.each(seeded)('$command sends the same bytes', async ({ command, sha256 }) => {
    const server = await captureServer();
    const { exitCode } = await cli(['send', ...command.split(' '), ...fixed, '--to', `${server.url}/`]);
    expect(exitCode).toBe(0);
    expect(server.requests.map((request) => requestHash(request, ofTheClient))).toEqual(sha256);
  });
});
