import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const secret = 'CANARY-of-acme';
const url = 'https://shop.example.com/hooks';
const body = '{"event":"thing.made","id":"a1"}';

/** Signs asynchronously over what no content of a scheme names all of: method, URL, event, time, body. */
const signs = `async ({ secret, method, url, event, body, values }) => {
  await new Promise((done) => setImmediate(done));
  if (event === 'thing.lost') throw new Error('no key for ' + secret);
  const content = [method, url, event, values.time].join(' ') + '\\n';
  return createHmac('sha256', secret).update(content).update(body).digest('hex');
}`;

const description = (sign: string, types = '') => `import { createHmac } from 'node:crypto';
const name${types && ': string'} = 'acme';
export default {
  name,
  title: 'Acme',
  headers: { 'Content-Type': 'application/json', 'X-Acme-Signature': 't={time},v1={proof}' },
  values: { time: { kind: 'time', format: 'unix-seconds' } },
  signatures: { proof: { scheme: 'custom', sign: ${sign} } },
  eventAt: 'event',
  handshakes: [{
    name: 'hello', title: 'Hello', certainty: 'documented', source: 'https://acme.example/',
    body: '{"hello":1}', answer: { status: '200', oneOf: [{ json: [['proof', '{proof}']] }] },
  }],
  events: ['thing.made', 'thing.sold', 'thing.lost'],
  flows: [{ name: 'sale', title: 'A sale', steps: [{ event: 'thing.made' }, { event: 'thing.sold', after: '1h' }] }],
  policy: { resend: ['signature'], retry: { max: 2, delays: ['1s', '1s'] } },
}${types};
`;

/** A project whose config names the provider. */
function project(file = 'provider.mjs', text = description(signs)) {
  const cwd = folderOf({
    'webhook-sim.config.yaml': 'providers: [acme]\nsecrets: { acme: env:ACME_KEY }\n',
    'suite.webhooks.yaml': 'cases: [{ send: acme thing.made }, { flow: acme sale }]\n',
    [`acme/${file}`]: text,
    'acme/events/thing.made.json': body,
    'acme/events/thing.sold.json': '{"event":"thing.sold","id":"a1"}',
    'acme/events/thing.lost.json': '{"event":"thing.lost","id":"a1"}',
    'body.json': body,
  });
  const env = { ACME_KEY: secret, XDG_STATE_HOME: folderOf({}) };
  return { cwd, run: (...argv: string[]) => cli(argv, { cwd, env }) };
}

/** printf 'POST https://shop.example.com/hooks thing.made 1767225600\n{"event":"thing.made","id":"a1"}' | openssl dgst -sha256 -hmac CANARY-of-acme */
const signature = 't=1767225600,v1=6d358460c2f5f55d2a38b7be72b0efd15011040ecebd88264bc0b8ea58b25ffe';
const moment = ['--now', '1767225600'];
const asIs = ['--exact'];

describe.each([
  ['provider.mjs', ''],
  ['provider.ts', ' satisfies Record<string, unknown>'],
])('a function in %s that signs', (file, types) => {
  const begin = () => project(file, description(signs, types));

  it('is told of, and shown', async () => {
    const { run } = begin();
    expect((await run('list', 'acme')).stdout).toContain('Acme (acme), 3 events\n');
    expect((await run('show', 'acme', 'thing.made')).stdout).toContain('{proof} = a function of its description');
    expect((await run('show', 'acme', 'thing.made', '--json')).exitCode).toBe(0);
  });

  it('signs what is signed, shown, and printed for curl', async () => {
    const { run } = begin();
    const signed = await run('sign', 'acme', 'body.json', '--url', url, ...moment);
    expect(signed.stdout).toBe(`Content-Type: application/json\nX-Acme-Signature: ${signature}\n`);
    for (const more of [['--dry-run'], ['--dry-run', '--json'], ['--curl']]) {
      const shown = await run('send', 'acme', 'thing.made', '--to', url, ...moment, ...asIs, ...more);
      expect(shown.stdout).toContain(signature);
      expect([shown.exitCode, shown.stderr]).toEqual([0, 'Nothing was sent.\n']);
    }
  });
});

it('is verified by the built-in receiver, which the check finds in order but for the age of its time', async () => {
  const { run } = project();
  const sent = await run('send', 'acme', 'thing.made', '--to', 'demo', '--json');
  expect([sent.exitCode, sent.json[0].outcome]).toEqual([0, 'accepted']);
  const checked = await run('check', 'acme', 'thing.made', '--to', 'demo', '--json');
  const named = (wanted: string) =>
    checked.json.filter(({ type, verdict }) => type === 'case' && verdict === wanted).map(({ name }) => name);
  expect(named('finding')).toEqual(['stale-timestamp']);
  expect(named('remark')).toEqual([
    'future-timestamp',
    'timestamp-in-milliseconds',
    'timestamp-in-microseconds',
    'freshness-window',
  ]);
  expect(checked.stdout + checked.stderr).not.toContain('CANARY');
});

it('signs flows, suites and retries', async () => {
  const { run } = project();
  const { url: to, requests } = await captureServer();
  const flow = await run('flow', 'acme', 'sale', '--to', to, '--json');
  expect(flow.json.map(({ event }) => event)).toEqual(['thing.made', 'thing.sold', undefined]);
  expect((await run('run', '--to', to)).exitCode).toBe(0);
  expect(requests).toHaveLength(5);
  const busy = await captureServer('HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n');
  await run('send', 'acme', 'thing.made', '--retry', '--speed', 'instant', '--to', busy.url);
  expect(busy.requests).toHaveLength(3);
  const signatures = [...requests, ...busy.requests].map((request) => request.header('x-acme-signature'));
  for (const each of signatures) expect(each).toMatch(/^t=\d{10},v1=[0-9a-f]{64}$/);
});

it('signs what is sent again', async () => {
  const { run } = project();
  const [first, second] = [await captureServer(), await captureServer()];
  await run('send', 'acme', 'thing.made', '--to', first.url);
  expect((await run('resend', 'last')).exitCode).toBe(0);
  expect((await run('resend', 'last', '--to', second.url)).stderr).toContain('renewed, signed with');
  const [one, again] = first.requests.map((request) => request.header('x-acme-signature'));
  // The time stays, for only the signature is renewed; so only another address changes it.
  expect(again).toBe(one);
  expect(second.requests[0]!.header('x-acme-signature')).not.toBe(one);
  const dry = await run('resend', 'last', '--dry-run');
  expect([dry.exitCode, dry.stdout]).toEqual([0, expect.stringContaining('X-Acme-Signature')]);
});

it('signs what is exported, which is verified with it', async () => {
  const { cwd, run } = project();
  const argv = ['export', 'acme', 'thing.made', '--to', url, ...moment];
  const { stdout, exitCode } = await run(...argv, '--forgeries');
  expect(exitCode).toBe(0);
  expect(stdout).not.toContain('CANARY');
  const { vectors } = JSON.parse(stdout) as {
    vectors: { valid: boolean; headers: [string, string][]; body: string }[];
  };
  expect(vectors[0]!.headers).toContainEqual(['X-Acme-Signature', signature]);
  expect(vectors.map(({ valid }) => valid).filter(Boolean)).toHaveLength(1);
  expect(vectors.length).toBeGreaterThan(20);
  for (const format of ['raw', 'har', 'curl', 'postman']) {
    const out = await run(...argv, '--format', format, '--out', `out/${format}/`);
    expect([format, out.exitCode]).toEqual([format, 0]);
  }
  const capture = join('out', 'raw', 'thing.made.http');
  expect(readFileSync(join(cwd, capture), 'utf8')).toContain(signature);
  const verify = (...more: string[]) => run('verify', 'acme', capture, '--url', url, '--now', '1767225601', ...more);
  expect(await verify()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('✓ genuine') });
  const other = await verify('--secret', 'another');
  expect([other.exitCode, other.stdout]).toEqual([1, expect.stringContaining('A function makes its signature')]);
});

it('signs a handshake, which is answered with what it signs', async () => {
  const { run } = project();
  const shaken = await run('handshake', 'acme', '--to', 'demo', '--json', '--verbose');
  expect([shaken.exitCode, shaken.json[0].outcome]).toEqual([0, 'accepted']);
  const first = await run('send', 'acme', 'thing.made', '--handshake', '--to', 'demo', '--json');
  expect([first.exitCode, first.json.map(({ type }) => type)]).toEqual([0, ['handshake', 'delivery', 'summary']]);
  const dry = await run('flow', 'acme', 'sale', '--handshake', '--dry-run', '--to', url);
  expect([dry.exitCode, dry.stdout.match(/X-Acme-Signature: t=\d+,v1=\w{64}\n/g)?.length]).toEqual([0, 3]);
});

it('is held to the contract of providers', async () => {
  const { cwd, run } = project('provider.mjs', description(signs).replace(", 'thing.lost'", ''));
  rmSync(join(cwd, 'acme/events/thing.lost.json'));
  const headers = { 'Content-Type': 'application/json', 'X-Acme-Signature': signature };
  const vector = { secret, url, headers, body: body, event: 'thing.made', now: 1767225600 };
  writeFileSync(join(cwd, 'acme/vectors.json'), JSON.stringify([vector]));
  const whole = await run('provider', 'test', 'acme');
  expect([whole.exitCode, whole.stdout]).toEqual([
    0,
    expect.stringContaining('✓ requests that were captured are accepted'),
  ]);
  expect(whole.stdout).toContain('✓ each handshake can be made and verified');
  writeFileSync(join(cwd, 'acme/vectors.json'), JSON.stringify([{ ...vector, body: `${body} ` }]));
  const wrong = await run('provider', 'test', 'acme');
  expect([wrong.exitCode, wrong.stdout.replace(/\s+/g, ' ')]).toEqual([
    1,
    expect.stringContaining('does not match the body and the secret. A function makes its signature'),
  ]);
});

it.each([
  ['nothing of the body', '.update(body)', '', 'tampered-body'],
  ['without the secret', "'sha256', secret", "'sha256', 'mine'", 'wrong-secret'],
])('fails the contract where it signs %s', async (_, part, instead, forgery) => {
  const { exitCode, stdout } = await project('provider.mjs', description(signs.replace(part, instead))).run(
    'provider',
    'test',
    'acme',
  );
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining(`${forgery} (`)]);
});

describe('a function that fails', () => {
  it.each([
    ['sign', ['sign', 'acme', 'lost.json']],
    ['show', ['show', 'acme', 'thing.lost']],
    ['send', ['send', 'acme', '--all', '--to', 'URL']],
    ['send --dry-run', ['send', 'acme', 'thing.lost', '--dry-run', '--to', 'URL']],
    ['check', ['check', 'acme', 'thing.lost', '--to', 'URL']],
    ['export', ['export', 'acme', '--to', 'URL']],
  ])('is told before anything is sent, without the secret: %s', async (_, argv) => {
    const { run } = project('provider.mjs', description(signs));
    const { url: to, requests } = await captureServer();
    const { exitCode, stdout, stderr } = await run(
      ...argv.map((word) => word.replace('URL', to).replace('lost.json', 'acme/events/thing.lost.json')),
    );
    expect(stderr).toContain('Acme: the function of its signature proof threw an error: Error: no key for (secret).');
    expect(stdout + stderr).not.toContain('CANARY');
    expect([exitCode, requests.length]).toEqual([2, 0]);
  });

  it.each([
    [
      'of data',
      'provider.yaml',
      'name: acme\nheaders: { X: "{proof}" }\nsignatures: { proof: { scheme: custom, sign: sha256 } }\nevents: [a]\n',
      /provider\.yaml.*signatures\.proof\.sign.*must be a function/s,
    ],
    [
      'in the query',
      'provider.mjs',
      description(signs).replace('eventAt', "query: [['proof', '{proof}']], eventAt"),
      /query.*can't hold \{proof\}.*Put it into a header\./s,
    ],
    [
      'with a key too many',
      'provider.mjs',
      description(signs).replace("'custom',", "'custom', signs: 1,"),
      /signs.*sign\b/s,
    ],
  ])('is rejected where it is written: %s', async (_, file, text, message) => {
    const { exitCode, stderr } = await project(file, text).run('list', 'acme');
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });
});
