import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseBody, writeJson } from '../../src/json/dialect.js';
import { writeFaithfully } from '../../src/json/encodeJson.js';
import { compilePayload, withFreshness } from '../../src/payloads/compiled.js';
import { type Freshness, findIdentityGroup } from '../../src/payloads/identityRenewal.js';
import { buildStore } from '../../src/payloads/store.js';
import { openStore, sampleIn } from '../../src/payloads/stored.js';
import { cli } from '../support/cli.js';
import { exampleSample } from '../support/exampleProviders.js';
import { bundleCli, bundledCli } from '../support/process.js';
import { providers, samplesOf } from './samples.js';

let built: string;

beforeAll(async () => {
  await bundleCli();
  // Outside of the clone, whose own samples would be found.
  built = mkdtempSync(join(tmpdir(), 'webhook-sim-built-'));
  cpSync(dirname(bundledCli), built, { recursive: true });
});

afterAll(() => rmSync(built, { recursive: true, force: true }));

describe.each(providers)('the stored samples of $name', (provider) => {
  const opened = openStore(
    Buffer.from(buildStore(provider, ({ event, variant }) => exampleSample(provider, event, variant)).store),
  );

  it.each(samplesOf(provider))('$file is what would be made of it', async ({ event, variant, body }) => {
    const { payload, eventInBody } = sampleIn(await opened, { provider, event, variant })!;
    const bytes = Buffer.from(writeJson(body, provider.dialect));
    const group = findIdentityGroup(provider.identities, event);
    for (const fresh of ['nothing', 'ids', 'all'] satisfies Freshness[]) {
      expect(withFreshness(payload, fresh)).toEqual(
        compilePayload({ sample: body, bytes, identityGroup: group, fresh, dialect: provider.dialect }),
      );
    }
    expect(eventInBody).toBe(provider.eventAt === null ? null : event);
    expect(
      writeFaithfully(parseBody(payload.bytes, provider.dialect), 'js'),
      `write the numbers of the sample as ${provider.title} does, or they are lost when the package is built`,
    ).toBe(writeFaithfully(body, 'js'));
  });

  it('are the same where the beginnings of sections hold less than the store says', async () => {
    const { event, variant } = samplesOf(provider).at(-1)!;
    const store = await opened;
    const wrong = { ...store, prefixes: store.prefixes.map((section) => section.map(() => 1)), read: new Map() };
    expect(sampleIn(wrong, { provider, event, variant })).toEqual(sampleIn(store, { provider, event, variant }));
  });

  it('are of no event or variant that does not exist', async () => {
    const store = await opened;
    expect(sampleIn(store, { provider, event: 'order.creatd', variant: null })).toBe(null);
    expect(sampleIn(store, { provider, event: provider.defaultEvent, variant: 'legacy' })).toBe(null);
  });
});

describe('the built command line, with no samples but the stored ones,', () => {
  const given = ['--seed', '7', '--now', '2026-03-01T12:00:00Z', '--dry-run', '--json', '--to', 'localhost:1'];

  function run(argv: string[]): string {
    return execFileSync(process.execPath, [join(built, 'main.js'), ...argv], {
      cwd: built,
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }

  it.each(providers)('makes of $name the deliveries that the source makes', async ({ name }) => {
    // One of them in every way: the others differ in samples, which are compared above.
    const ways = name === 'bharatcart' ? [[], ['--exact'], ['--dialect', 'php']] : [];
    for (const more of [...ways, ['--fresh', 'all']]) {
      // Of a long list some: each sample is compared above.
      const argv = ['send', name, name === 'commercelayer' ? 'orders.*' : '*', ...given, ...more];
      const { stdout } = await cli(argv);
      expect(stdout).not.toBe('');
      expect(run(argv)).toBe(stdout);
    }
  });

  it('edits and shows them', async () => {
    const edited = ['send', 'commercelayer', 'orders.place', ...given, '--set', 'data.attributes.number=42'];
    expect(run(edited)).toBe((await cli(edited)).stdout);
    expect(run(['show', 'webconnex', 'registration'])).toContain('"eventType": "registration"');
  });
});
