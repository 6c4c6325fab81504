import { describe, expect, it } from 'vitest';
import type { Provider } from '../../src/core/provider.js';
import { seededRandom } from '../../src/core/random.js';
import { writeJson } from '../../src/json/dialect.js';
import { parseJson } from '../../src/json/parse.js';
import { getPath, parsePath } from '../../src/json/path.js';
import { compilePayload, fillPayload, replacementsOf } from '../../src/payloads/compiled.js';
import { type Freshness, findIdentityGroup, IdentityRenewal, idLike } from '../../src/payloads/identityRenewal.js';
import { notIdentities } from './notIdentities.js';
import { expectedSamples, filesOf, leaves, providers, samplesOf } from './samples.js';

const timeLike = /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}[\d:.]*(?:Z| UTC|[+-]\d{2}:?\d{2})?/g;

describe.each(providers)('samples of $name', (provider) => {
  const samples = samplesOf(provider);
  const folder = `payloads/${provider.name}/events`;

  it('are there for each event and variant, and for nothing else', () => {
    const expected = expectedSamples(provider).map(({ file }) => file);
    const files = filesOf(provider);
    expect(
      expected.filter((file) => !files.includes(file)),
      `add these samples to ${folder}`,
    ).toEqual([]);
    expect(
      files.filter((file) => !expected.includes(file)),
      `list these files of ${folder} as events or variants in its provider.yaml, or remove them`,
    ).toEqual([]);
  });

  it.each(samples)('$file tells the name of its event where the provider does', ({ event, body }) => {
    if (provider.eventAt === null) return;
    expect(getPath(body, parsePath(provider.eventAt))).toBe(event);
  });

  it('hold each identity of their group', () => {
    const unused = provider.identities.flatMap((group) => {
      const bodies = samples.filter(({ event }) => findIdentityGroup([group], event)).map(({ body }) => body);
      const texts = bodies.map((body) => JSON.stringify(leaves(body)));
      return group.ids
        .filter(({ literal, path, prefix = '' }) =>
          literal === undefined
            ? !bodies.some((body) => text(getPath(body, parsePath(path!)))?.startsWith(prefix))
            : !texts.some((sample) => sample.includes(literal)),
        )
        .map(({ literal, path }) => `${group.name}: ${literal ?? path}`);
    });
    expect(unused, 'these identities are in no sample of their group').toEqual([]);
  });

  it('hold each time that an identity is made of', () => {
    const missing = provider.identities.flatMap((group) => {
      const texts = samples
        .filter(({ event }) => findIdentityGroup([group], event))
        .flatMap(({ body }) => leaves(body));
      return group.ids.flatMap(({ at }) => (at !== undefined && !texts.includes(at) ? at : []));
    });
    expect(missing, 'these times (at) are in no sample of the group').toEqual([]);
  });

  it.each(samples)('$file has only times that its group can move', ({ event, body }) => {
    const known = renewed(provider, event, body).filter(({ type }) => type === 'time');
    const literals = new Set(known.map(({ literal }) => literal));
    const found = leaves(body).flatMap((leaf) => leaf.match(timeLike) ?? []);
    expect(
      found.filter((time) => !literals.has(time)),
      'add the format of these times to the group',
    ).toEqual([]);
  });

  it.each(samples)('$file has no id that its group does not know', ({ event, body }) => {
    const literals = renewed(provider, event, body).map(({ literal }) => literal);
    const reasons = notIdentities[provider.name] ?? {};
    const unknown = leaves(body)
      .flatMap(idLike)
      .filter((id) => !(id in reasons) && !literals.some((literal) => id.includes(literal)));
    expect(
      [...new Set(unknown)],
      'make these identities of the group, or say in test/contract/notIdentities.ts why they are none',
    ).toEqual([]);
  });

  it('hold every text that is listed as no identity', () => {
    const found = new Set(samples.flatMap(({ body }) => leaves(body).flatMap(idLike)));
    const stale = Object.keys(notIdentities[provider.name] ?? {}).filter((id) => !found.has(id));
    expect(stale, 'remove these from test/contract/notIdentities.ts').toEqual([]);
  });

  it.each(samples)('$file is renewed in place', ({ event, body }) => {
    const group = findIdentityGroup(provider.identities, event);
    const bytes = Buffer.from(writeJson(body, provider.dialect));
    for (const fresh of ['ids', 'all'] satisfies Freshness[]) {
      const payload = compilePayload({ sample: body, bytes, identityGroup: group, fresh });
      const filled = Buffer.from(fillPayload(payload, new IdentityRenewal(12_345_678_901, seededRandom(7))));
      expect(filled.length).toBe(bytes.length);
      expect(() => parseJson(filled.toString('utf8'))).not.toThrow();
      if (fresh === 'all' && payload.holes.length > 0) expect(filled.equals(bytes)).toBe(false);
    }
  });
});

function renewed(provider: Provider, event: string, body: Parameters<typeof replacementsOf>[0]) {
  const group = findIdentityGroup(provider.identities, event);
  return group ? replacementsOf(body, group) : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
