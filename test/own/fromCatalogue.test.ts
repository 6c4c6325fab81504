import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findProofPlaces } from '../../src/delivery/recognizeProviders.js';
import { findShipped } from '../../src/providers/catalogue.js';
import { cli } from '../support/cli.js';

/** Providers whose way no search finds, and why. */
const notFound: Readonly<Record<string, string>> = {
  alipay: 'the fields are signed sorted, without two of them',
  braintree: 'the key is a hash of the secret, and a public key stands before the signature',
  moov: 'what is signed are headers alone',
  pusher: 'the secret is two texts, of which one is a header and the other signs',
  payu: 'empty fields stand between those that are signed',
  'google-pubsub': 'the token claims what is neither a text nor a number',
  livekit: 'the secret is two texts, of which one is claimed by the token and the other signs it',
  paypal: 'the key is that of a certificate, and the checksum of the body is signed with an id that no request tells',
};

/** Providers of whose way a part is found or guessed, and why not all of it. */
const inPart: Readonly<Record<string, string>> = {
  surveymonkey: 'a part of the secret is a header',
};

/** Those that sign nothing, and hold no secret, have no way. */
const names = readdirSync(join(import.meta.dirname, '../../payloads')).filter((name) => {
  const { headers, fields, query, body } = findProofPlaces(findShipped(name)!);
  return headers.length + fields.length + query.length > 0 || body;
});
const to = ['--to', 'http://localhost:3000/hooks/a?b=c'];

describe('provider new --from a delivery of the catalogue', () => {
  it.each(names)('%s: what comes out signs what the provider accepts', async (name) => {
    const cwd = mkdtempSync(join(tmpdir(), 'webhook-sim-'));
    onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
    const { defaultEvent: event, secret } = findShipped(name)!;
    const own = ['--secret', secret.sample];
    const exported = async (provider: string, file: string) => {
      const { stdout, exitCode } = await cli(
        ['export', provider, event, '--format', 'raw', '--with-secrets', ...own, ...to],
        { cwd },
      );
      expect(exitCode).toBe(0);
      writeFileSync(join(cwd, file), stdout);
    };
    await exported(name, 'capture.http');
    const begun = await cli(['provider', 'new', 'own', '--from', 'capture.http', '--event', event, ...own], { cwd });
    // One that is found is no exception any more.
    expect(begun.exitCode === 0, begun.stderr).toBe(!(name in notFound));
    if (name in notFound || name in inPart) return;
    expect(begun.stderr).not.toContain('GUESSED');
    expect((await cli(['verify', 'own', 'capture.http', ...own], { cwd })).stdout).toContain('genuine');
    await exported('own', 'again.http');
    const judged = await cli(['verify', name, 'again.http', ...own], { cwd });
    expect(judged.stdout + judged.stderr).toMatch(/^✓ genuine/);
  });
});
