import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/random.js';
import type { Secret } from '../../src/core/secret.js';
import { compileDeliverySync } from '../../src/delivery/compile.js';
import { eventRules } from '../../src/policy/rules.js';
import { scannerPatterns } from '../../src/providers/scannerPatterns.js';
import { providerSchema } from '../../src/providers/schema.js';
import { outsideGroups } from './notIdentities.js';
import { providers } from './samples.js';

describe.each(providers)('provider $name', (provider) => {
  const secret: Secret = { value: provider.secret.sample, source: 'sample', isSample: true };

  it('fits the schema', () => {
    const { error } = providerSchema.safeParse(provider);
    expect(error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []).toEqual([]);
  });

  it('is JSON: what is written and read again is the same', () => {
    expect(JSON.parse(JSON.stringify(provider))).toStrictEqual(provider);
  });

  it('has its defaultEvent among its events', () => {
    expect(Object.keys(provider.events), 'name an event of the provider as its defaultEvent').toContain(
      provider.defaultEvent,
    );
  });

  it('tells each event in exactly one group', () => {
    const events = Object.keys(provider.events);
    const grouped = provider.identities.flatMap((group) => group.events ?? events);
    const twice = grouped.filter((event, at) => grouped.indexOf(event) !== at);
    const untold = events.filter((event) => !grouped.includes(event));
    expect(twice, 'these events are in two groups').toEqual([]);
    expect(
      grouped.filter((event) => !events.includes(event)),
      'these events of groups do not exist',
    ).toEqual([]);
    expect(
      untold,
      'add these events to a group, or say in test/contract/notIdentities.ts why they are in none',
    ).toEqual(Object.keys(outsideGroups[provider.name] ?? {}));
  });

  it.each(Object.keys(provider.events))('has templates and rules that work for %s', (event) => {
    const make = compileDeliverySync({
      provider,
      event,
      variant: null,
      url: 'http://localhost:3000/',
      secrets: [secret],
      headers: [],
    });
    const { headers } = make({ now: 1_767_225_600_000, random: seededRandom(1), body: Buffer.from('{}') });
    expect(headers.map(([name]) => name)).toEqual(provider.headers.map(([name]) => name));
    for (const [name, value] of headers) expect(value, name).toMatch(/^[\x20-\x7e]+$/);
    expect(() => eventRules(provider, provider.events[event])).not.toThrow();
  });

  it('has a sample secret that looks like one of its own and like none that a scanner reports', () => {
    const { sample, shape } = provider.secret;
    if (shape) expect(sample, shape.description).toMatch(new RegExp(shape.pattern));
    const reported = scannerPatterns.filter(([, pattern]) => pattern.test(sample)).map(([kind]) => kind);
    expect(reported, 'invent a sample secret that secret scanners take for no real one').toEqual([]);
  });
});

describe('the schema of providers', () => {
  const [first] = providers;

  it.each([
    ['an unknown member', { colour: 'red' }],
    ['a default event that is no event', { defaultEvent: 'order.vanished' }],
    [
      'an event of an identity group that does not exist',
      { identities: [{ ...first!.identities[0], events: ['order.vanished'] }] },
    ],
    ['a dialect that does not exist', { dialect: 'cobol' }],
    [
      'a duration without a unit',
      { policy: { ...first!.policy, timeLimit: { value: '5', certainty: 'inferred', source: 'x' } } },
    ],
  ])('rejects %s', (_, change) => {
    expect(providerSchema.safeParse(first).success).toBe(true);
    expect(providerSchema.safeParse({ ...first, ...change }).success).toBe(false);
  });

  it('is loaded late, so that a run without custom providers loads no schema library', () => {
    const source = join(import.meta.dirname, '../../src');
    const schemas = /(\/|^)\w*[sS]chema\.ts$/;
    const importers = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
      (file) =>
        file.endsWith('.ts') &&
        !schemas.test(file) &&
        // Imported late itself.
        file !== 'config/loadProviders.ts' &&
        (file.startsWith('providers/')
          ? /from '\.\/\w*[sS]chema\.js'/
          : /from '[^']*providers\/\w*[sS]chema\.js'/
        ).test(readFileSync(join(source, file), 'utf8')),
    );
    expect(importers, "import the schema with import('…'), where a custom provider is read").toEqual([]);
  });
});
