import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { postman } from '../../src/export/postman.js';
import { vectors } from '../../src/export/vectors.js';
import { vectorsSchema } from '../../src/export/vectorsSchema.js';
import { publicKeys } from '../../src/signing/publicKeys.js';
import { cli } from '../support/cli.js';
import { compileOne } from '../support/compile.js';
import { exampleProvider } from '../support/exampleProviders.js';

const require = createRequire(import.meta.url);
const fixed = ['--seed', '1', '--now', '2026-01-31T12:00:00.250Z'];

function setOf(name: string, body = '{}') {
  const provider = exampleProvider(name);
  const secret = { value: provider.secret.sample, source: 'sample', fingerprint: '00000000' };
  const now = Date.UTC(2026, 0, 31);
  const delivery = compileOne({ provider, body, now, url: 'http://localhost:3000/hooks?a=b' });
  const keys = publicKeys(provider, secret.value).map(({ signature, kind, pem }) => ({ signature, kind, pem }));
  const deliveries = [{ name: 'one', delivery, problem: null, success: '200,204' }];
  return { provider, now, secret, publicKeys: keys, signsTime: true, deliveries };
}

describe('vectors', () => {
  const validate = addFormats.default(new Ajv2020({ allErrors: true })).compile(vectorsSchema);

  it.each(['scalev', 'bharatcart', 'covver', 'webconnex', 'commercelayer'])('fit their schema: %s', async (name) => {
    const { stdout } = await cli(['export', name, '--forgeries', '--all-variants', ...fixed]);
    const document = JSON.parse(stdout);
    validate(document);
    expect(validate.errors).toBeNull();
    const names = document.vectors.map((vector: { name: string }) => vector.name);
    expect(new Set(names).size).toBe(names.length);
    const { body: _, bodyBase64: __, ...keys } = vectorsSchema.properties.vectors.items.properties;
    expect(
      Object.keys(document.vectors[0])
        .filter((key) => key !== 'body')
        .sort(),
    ).toEqual(Object.keys(keys).sort());
    expect(document.vectors[0]).toMatchObject({ now: '2026-01-31T12:00:00.250Z', timestamp: 1769860800 });
    delete document.vectors[0].headers;
    expect(validate(document)).toBe(false);
  });

  it('tell what a provider takes as success, by event', async () => {
    const { stdout } = await cli(['export', 'scalev', 'business.test_event', 'order.created']);
    expect(JSON.parse(stdout).vectors.map(({ success }: { success: string }) => success)).toEqual(['200', '2xx']);
  });

  it('have their schema in the package', async () => {
    const { jsonSchemas } = await import('../../build/bundle.js' as string);
    expect((await jsonSchemas()).vectors).toEqual(vectorsSchema);
    const { exports } = require('../../package.json');
    expect(exports['./webhook-sim.vectors.schema.json']).toBe('./dist/webhook-sim.vectors.schema.json');
  });

  it('have the public half of a key pair', () => {
    const document = JSON.parse(vectors(setOf('discord')));
    expect(validate(document)).toBe(true);
    expect(document.vectors[0].publicKeys).toEqual([
      { signature: expect.any(String), kind: 'ed25519', pem: expect.stringMatching(/^-----BEGIN PUBLIC KEY-----\n/) },
    ]);
  });

  it('show nothing to a terminal that it should not see', async () => {
    const { stdout } = await cli(['export', 'scalev', 'order.created', '--set', 'data.notes=a\u202eb\u009b']);
    expect(stdout).not.toMatch(/[\u202e\u009b]/);
    expect(JSON.parse(JSON.parse(stdout).vectors[0].body).data.notes).toBe('a\u202eb\u009b');
  });
});

describe('a HAR', () => {
  it('fits the public schema, and verify reads it', async () => {
    const { stdout } = await cli(['export', 'webconnex', '--forge', 'wrong-secret', '--format', 'har', ...fixed]);
    const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));
    ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
    for (const schema of Object.values(require('har-schema'))) ajv.addSchema(schema as object);
    const validate = ajv.getSchema('har.json')!;
    validate(JSON.parse(stdout));
    expect(validate.errors).toBeNull();
    const { entries } = JSON.parse(stdout).log;
    expect(entries).toHaveLength(20);
    expect(entries[0].startedDateTime).toBe('2026-01-31T12:00:00.250Z');
    expect(entries[10]).toMatchObject({ _webhookSim: { forge: 'wrong-secret', valid: false } });
    expect(await cli(['verify', 'webconnex', '-', '--entry', '1'], { stdin: stdout })).toMatchObject({ exitCode: 0 });
    expect(await cli(['verify', 'webconnex', '-', '--entry', '11'], { stdin: stdout })).toMatchObject({ exitCode: 1 });
  });
});

describe('a Postman collection', () => {
  it('has each request with its headers in order, its body as it is, and a test of the answer', async () => {
    const argv = ['export', 'webconnex', 'ping', '--forge', 'sha1', ...fixed, '--to', ':3000/hooks?a=b%20c'];
    const { stdout } = await cli([...argv, '--format', 'postman']);
    const collection = JSON.parse(stdout);
    const [honest, forged] = JSON.parse((await cli(argv)).stdout).vectors;
    expect(collection.info).toMatchObject({
      name: 'Webconnex webhooks',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    });
    expect(collection.info.description).toContain('cover no time, so they do not get stale');
    expect(collection.variable).toEqual([{ key: 'baseUrl', value: 'http://localhost:3000', type: 'string' }]);
    const [item, folder] = collection.item;
    expect(item).toMatchObject({
      name: 'ping',
      request: {
        method: 'POST',
        url: '{{baseUrl}}/hooks?a=b%20c',
        header: honest.headers.map(([key, value]: [string, string]) => ({ key, value })),
        body: { mode: 'raw', raw: honest.body, options: { raw: { language: 'json' } } },
      },
    });
    expect(item.event[0].script.exec.join('')).toContain('/^(2\\d\\d)$/');
    expect(folder).toMatchObject({ name: 'Forgeries', item: [{ request: { body: { raw: forged.body } } }] });
    expect(folder.item[0].event[0].script.exec.join('')).toContain('/^(4\\d\\d)$/');
    expect(() => new Function('pm', item.event[0].script.exec.join('\n'))).not.toThrow();
  });

  it('keeps the address where it is signed, and says when a signed time gets stale', () => {
    const collection = JSON.parse(postman(setOf('square')));
    expect(collection.variable).toEqual([]);
    expect(collection.item[0].request.url).toBe('http://localhost:3000/hooks?a=b');
    expect(collection.info.description).toContain('at 2026-01-31T00:00:00.000Z and carry that time');
    expect(JSON.parse(postman(setOf('github'))).item[0].request.url).toBe('{{baseUrl}}/hooks?a=b');
  });

  it.each([
    ['a variable', '{"a":"{{name}}"}', true],
    ['a variable of its own', '{"a":"{{$guid}}"}', true],
    ['what ends as one', '{"a":{"b":"{{c"}}', true],
    ['braces that are none', '{"a":"{{ {"}', false],
    ['closing braces', '{"a":{"b":{}}}', false],
  ])('rejects what Postman would replace: %s', (_, body, isRejected) => {
    const make = () => postman(setOf('github', body));
    if (isRejected)
      expect(make).toThrow(/one can't be a request of Postman: it holds \{\{.*takes for one of its variables/);
    else expect(JSON.parse(make()).item[0].request.body.raw).toBe(body);
  });

  it('rejects a body that is no text', () => {
    const { deliveries, ...set } = setOf('github');
    const delivery = { ...deliveries[0]!.delivery, body: Buffer.from([255]) };
    expect(() => postman({ ...set, deliveries: [{ ...deliveries[0]!, delivery }] })).toThrow(/not UTF-8/);
  });
});
