import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Runner } from '../../src/api/testing/describeReceiver.js';
import { describeReceiver } from '../../src/api/testing/index.js';
import { virtualLibrary } from '../../src/config/typescript.js';
import * as library from '../../src/index.js';
import {
  check,
  createDelivery,
  defineProvider,
  deliver,
  loadProvider,
  samplePayload,
  sign,
  simulate,
  UsageError,
  verify,
} from '../../src/index.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const acme = defineProvider({
  name: 'acme',
  headers: { 'X-Acme-Signature': 'sha256={signature}' },
  signatures: { signature: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'hex' } },
  events: ['thing.made', 'thing.sold'],
  samples: { 'thing.made': { event: 'thing.made', thing: { id: 'thing_1' } } },
});
const text = '{"event":"thing.made","thing":{"id":"thing_1"}}';
// openssl dgst -sha256 -hmac mine
const signature = 'sha256=2f972a7545ba42e32ddfab2d46fba29850c3680222d167f10f56736f8b432f52';
const secret = 'mine';

const receiver = async (request: Request) => {
  const body = new Uint8Array(await request.arrayBuffer());
  const { ok } = verify({ provider: acme, headers: request.headers, body, secret });
  return new Response(null, { status: ok ? 200 : 401 });
};

/** Runs what is told at once, and keeps the titles. */
function runner(): Runner & { titles: string[] } {
  const titles: string[] = [];
  const it = Object.assign((title: string) => titles.push(title), { skip: (title: string) => titles.push(title) });
  return { titles, it, describe: (_, body) => body(), beforeAll: () => {} };
}

describe('a short description', () => {
  it('signs, verifies and makes deliveries', async () => {
    const delivery = await createDelivery({ provider: acme, secret });
    expect(Buffer.from(delivery.body).toString()).toBe(text);
    expect(delivery.headers).toEqual([['X-Acme-Signature', signature]]);
    expect(sign({ provider: acme, secret, body: text })).toEqual([['X-Acme-Signature', signature]]);
    const headers = { 'x-acme-signature': signature };
    expect(verify({ provider: acme, headers, body: text, secret })).toEqual({ ok: true });
    expect(verify({ provider: acme, headers, body: `${text} `, secret }).ok).toBe(false);
    expect(await samplePayload({ provider: acme, event: 'thing.made' })).toEqual(JSON.parse(text));
  });

  it('is checked, simulated and delivered from its samples', async () => {
    const result = await check({ provider: acme, secret, to: receiver }).result();
    expect(result).toMatchObject({
      ok: true,
      grade: 'A',
      findings: [],
      counts: { finding: 0, remark: 0, not_judged: 0 },
    });
    expect(result.cases.find(({ name }) => name === 'other-event-signature')?.verdict).toBe('passed');
    expect(result.cases.find(({ name }) => name === 'earlier-signature')).toMatchObject({
      verdict: 'not_judged',
      reason: expect.stringContaining('all have the same body'),
    });
    const faulty = await check({ provider: acme, secret, to: () => new Response() }).result();
    expect(faulty.findings.map(({ name }) => name)).toContain('no-verification');
    const outcomes = [];
    for await (const event of simulate({ provider: acme, secret, to: receiver, events: ['thing.made'], count: 2 })) {
      outcomes.push(event.type === 'delivery' ? event.outcome : event.type);
    }
    expect(outcomes).toEqual(['accepted', 'accepted', 'summary']);
    const recorder = runner();
    describeReceiver(receiver, { provider: acme, secret, runner: recorder });
    expect(recorder.titles.length).toBeGreaterThan(60);
  });

  it('says how to give a sample that is missing', async () => {
    const advice =
      'There is no sample of acme thing.sold. Give one in its description, samples: { "thing.sold": { … } }';
    const missing = (pending: Promise<unknown>) => expect(pending).rejects.toMatchObject({ code: 'NO_PAYLOAD' });
    await expect(createDelivery({ provider: acme, event: 'thing.sold' })).rejects.toThrow(advice);
    await missing(createDelivery({ provider: acme, event: 'thing.sold', payload: (sample) => sample }));
    await missing(check({ provider: acme, secret, to: receiver, allEvents: true }).result());
    await missing(simulate({ provider: acme, to: receiver }).next());
    const given = await createDelivery({ provider: acme, event: 'thing.sold', payload: { n: 1 }, set: { n: 2 } });
    expect(Buffer.from(given.body).toString()).toBe('{"n":2}');
  });

  it('is one provider at every call, and not looked at again', async () => {
    const changing = { ...acme, title: 'Before' };
    expect((await cannot(sign, { provider: changing, event: 'x', body: '' })).message).toMatch(
      /^Before has no event x/,
    );
    changing.title = 'After';
    await expect(createDelivery({ provider: changing, event: 'x' as never })).rejects.toThrow(/^Before has no event x/);
  });

  it('tells whose a changed delivery is', async () => {
    const changed = { ...(await createDelivery({ provider: acme, secret })), id: 'mine' };
    await expect(deliver(changed).to(receiver)).rejects.toThrow('Give its provider, too: { provider }.');
    expect(await deliver(changed).to(receiver, { provider: acme })).toMatchObject({ outcome: 'accepted' });
    await expect(deliver(changed).to(receiver, { provider: 'scalev' })).rejects.toThrow(
      'The delivery is of acme, and provider is scalev.',
    );
  });
});

/** The error that a function throws at once. */
async function cannot(act: (options: never) => unknown, options: object): Promise<Error> {
  try {
    await act(options as never);
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was thrown.');
}

const { signatures } = acme;
const signing = (change: object) => ({ ...acme, signatures: { signature: { ...signatures.signature, ...change } } });

describe.each<[string, object, string]>([
  ['nothing', {}, 'name: must be'],
  ['a list', [], 'name: must be'],
  ['no headers', { name: 'acme', events: ['a'] }, 'acme: headers: is missing'],
  ['an unknown key', { ...acme, hedaers: {} }, 'acme: hedaers: unknown key. Did you mean headers?'],
  ['no event', { ...acme, events: [] }, 'acme: events: is empty'],
  ['an event that is nothing', { ...acme, events: { a: null } }, 'acme: events: must be'],
  ['headers that are texts', { ...acme, headers: ['X-Acme'] }, 'acme: headers: must be'],
  ['an unknown hash', signing({ hash: 'sha257' }), 'acme: signatures: must be'],
  ['an unknown encoding', signing({ encoding: 'hax' }), 'acme: signatures: must be'],
  ['an unknown placeholder', signing({ content: '{bdy}' }), 'unknown placeholder {bdy}'],
  ['a text for an object', { ...acme, secret: 'mine' }, 'acme: secret: must be an object'],
  ['an unknown dialect', { ...acme, dialect: 'yaml' }, 'acme: dialect: must be one of js'],
  ['an identity group that is none', { ...acme, identities: [null] }, 'its description does not fit'],
])('a description with %s', (_, provider, message) => {
  it('is a UsageError of what answers at once', async () => {
    for (const error of [
      await cannot(sign, { provider, body: '' }),
      await cannot(verify, { provider, headers: {}, body: '', secret }),
      await cannot((options) => describeReceiver(receiver, options), { provider, runner: runner() }),
    ]) {
      expect(error).toBeInstanceOf(UsageError);
      expect(error.message).toContain(message);
    }
  });

  it('is a UsageError of the others', async () => {
    expect(await cannot(createDelivery, { provider })).toBeInstanceOf(UsageError);
    await expect(check({ provider: provider as never, to: receiver }).result()).rejects.toMatchObject({
      code: 'BAD_CONFIG',
    });
  });
});

it('what the schema alone sees is a UsageError where it shows', async () => {
  const provider = { ...acme, signatures: { signature: { scheme: 'hmac', content: '{body}', encoding: 'hex' } } };
  const error = await cannot(sign, { provider, body: '', secret });
  expect(error).toMatchObject({ code: 'BAD_CONFIG', message: expect.stringContaining('createDelivery says where') });
  expect((await cannot(createDelivery, { provider })).message).toContain('signatures.signature.hash: is missing');
});

const description =
  'name: acme\nheaders:\n  X-Acme-Signature: sha256={signature}\nsignatures:\n  signature:\n    { scheme: hmac, hash: sha256, content: "{body}", encoding: hex }\nevents: [thing.made]\n';

describe('loadProvider', () => {
  it('reads a folder by path or URL, or a file, with the samples beside it', async () => {
    const folder = folderOf({ 'acme/provider.yaml': description, 'acme/events/thing.made.json': text });
    for (const place of [
      join(folder, 'acme'),
      relative(process.cwd(), join(folder, 'acme')),
      join(folder, 'acme/provider.yaml'),
      pathToFileURL(join(folder, 'acme/')),
      pathToFileURL(join(folder, 'acme/provider.yaml')).href,
    ]) {
      const provider = await loadProvider(place);
      expect(provider).toMatchObject({
        name: 'acme',
        defaultEvent: 'thing.made',
        samples: join(folder, 'acme/events'),
      });
      expect((await createDelivery({ provider, secret })).headers).toEqual([['X-Acme-Signature', signature]]);
    }
  });

  it('reads TypeScript that imports this package', async () => {
    const script =
      "import { defineProvider } from 'webhook-sim';\nexport default defineProvider({ name: 'acme', headers: {}, events: ['a'] as const, samples: './samples' });";
    const folder = folderOf({ 'provider.ts': script, 'samples/a.json': '{"n":1.5}' });
    const provider = await loadProvider(folder);
    expect(Buffer.from((await createDelivery({ provider })).body).toString()).toBe('{"n":1.5}');
  });

  it('prefers a description to the built-in provider of its name', async () => {
    const folder = folderOf({
      'provider.json': '{"name":"scalev","headers":{"X-Mine":"yes"},"events":["a"]}',
      'events/a.json': '{"n":1}',
    });
    const provider = await loadProvider(folder);
    const { headers, body } = await createDelivery({ provider });
    expect(headers).toEqual([['X-Mine', 'yes']]);
    expect(Buffer.from(body).toString()).toBe('{"n":1}');
  });

  it('says what is wrong, and where', async () => {
    const folder = folderOf({
      'bad.yaml': description.replace('events', 'evnts'),
      'empty/readme.md': '',
    });
    const fails = (place: string | URL) => expect(loadProvider(place)).rejects;
    await fails(join(folder, 'bad.yaml')).toThrow(
      `${join(folder, 'bad.yaml')}:7:1: evnts: unknown key. Did you mean events?`,
    );
    await fails(join(folder, 'empty')).toThrow('holds no provider.yaml (or .json, .ts, …).');
    await fails(join(folder, 'nowhere')).toThrow('there is no such description of a provider');
    await fails(new URL('https://example.com/acme')).toMatchObject({ code: 'BAD_PATH' });
  });
});

describe('what a config or a description imports', () => {
  it('is what the package exports', () => {
    expect(Object.keys(virtualLibrary)).toEqual(['defineConfig', 'defineProvider', 'listProviders', 'version']);
    expect(library).toMatchObject(virtualLibrary);
  });

  it('is good for the command line', async () => {
    const config =
      "import { defineConfig, defineProvider, listProviders } from 'webhook-sim';\nconst inner = defineProvider({ name: 'inner', headers: {}, events: ['a'], samples: { a: { title: listProviders().find(({ name }) => name === 'scalev').title } } });\nexport default defineConfig({ providers: ['./acme', inner] });";
    const script =
      "import { defineProvider } from 'webhook-sim';\nexport default defineProvider({ name: 'acme', headers: { 'X-Acme': 'a' }, events: ['thing.made'] });";
    const cwd = folderOf({
      'webhook-sim.config.ts': config,
      'acme/provider.ts': script,
      'acme/events/thing.made.json': text,
    });
    expect((await cli(['list', 'acme'], { cwd })).stdout).toContain('thing.made');
    const argv = 'send inner a --to http://localhost/ --dry-run'.split(' ');
    expect((await cli(argv, { cwd })).stdout).toContain('{"title":"Scalev"}');
    const sent = await cli('send acme thing.made --to http://localhost/ --dry-run'.split(' '), { cwd });
    expect(sent.stdout).toContain('X-Acme: a');
    expect(sent.stdout).toContain(text);
  });
});
