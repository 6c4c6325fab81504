import { createHmac } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const yaml = `name: acme
title: Acme
headers:
  Content-Type: application/json
  X-Acme-Time: '{time}'
  X-Acme-Signature: sha256={signature}
values:
  time: { kind: time, format: unix-seconds }
signatures:
  signature: { scheme: hmac, hash: sha256, content: '{time}.{body}', encoding: hex }
eventAt: type
events: [order.created, order.paid]
flows:
  - { name: sale, title: From order to payment, steps: [{ event: order.created }, { event: order.paid, after: 1h }] }
policy: { success: '204', retry: { max: 2, delays: [1m, 5m] } }
`;

const config = `target: http://localhost:1/never
providers: hooks
secrets: { acme: env:ACME_KEY, scalev: env:OTHER }
timeouts: { acme: 3s }
flows:
  both: { steps: [{ send: scalev order.created }, { send: acme order.paid }] }
`;

/** A project whose config names the folder in which one provider is described. */
function project(files: Record<string, string> = {}): string {
  return folderOf({
    'webhook-sim.config.yaml': config,
    'hooks/acme/provider.yaml': yaml,
    'hooks/acme/events/order.created.json': '{"type":"order.created","id":"a1"}',
    'hooks/acme/events/order.paid.json': '{"type":"order.paid","id":"a1"}',
    ...files,
  });
}

const env = { ACME_KEY: 'acme-key-1', OTHER: 'of scalev' };

describe("a project's own provider", () => {
  it('is sent, signed with its secret and judged by its policy', async () => {
    const cwd = project();
    const server = await captureServer('HTTP/1.1 204 No Content\r\n\r\n');
    const { exitCode, json } = await cli(['send', 'acme', '--all', '--to', server.url, '--json'], { cwd, env });
    expect(json.map(({ type, event, ok }) => [type, event, ok])).toEqual([
      ['delivery', 'order.created', true],
      ['delivery', 'order.paid', true],
      ['summary', undefined, 2],
    ]);
    expect(exitCode).toBe(0);
    expect(server.requests).toHaveLength(2);
    for (const { headers, body } of server.requests) {
      const header = (name: string) => headers.find(([each]) => each === name)![1];
      const expected = createHmac('sha256', 'acme-key-1')
        .update(`${header('X-Acme-Time')}.`)
        .update(body)
        .digest('hex');
      expect(header('X-Acme-Signature')).toBe(`sha256=${expected}`);
    }
    const other = await captureServer();
    const rejected = await cli(['send', 'acme', 'order.paid', '--to', other.url, '--json'], { cwd, env });
    expect([rejected.exitCode, rejected.json[0].outcome]).toEqual([1, 'rejected']);
  });

  it('is known to every command', async () => {
    const cwd = project({
      'body.json': '{"type":"order.paid"}',
      'a.webhooks.yaml': 'cases: [{ send: acme order.* }]\n',
    });
    const run = (...argv: string[]) => cli(argv, { cwd, env });
    expect((await run('list', 'acme')).stdout).toBe('Acme (acme), 2 events\n  order.created\n  order.paid\n');
    expect((await run('show', 'acme', 'order.paid')).stdout).toContain('success: 204\n');
    const signed = (await run('sign', 'acme', 'body.json', '--now', '1767225600')).stdout;
    const literal = createHmac('sha256', 'acme-key-1').update('1767225600.{"type":"order.paid"}').digest('hex');
    expect(signed).toBe(
      `Content-Type: application/json\nX-Acme-Time: 1767225600\nX-Acme-Signature: sha256=${literal}\n`,
    );
    const headers = signed
      .trim()
      .split('\n')
      .flatMap((line) => ['-H', line]);
    const verified = await run('verify', 'acme', '--body', 'body.json', ...headers, '--now', '1767225601');
    expect([verified.exitCode, verified.stdout]).toEqual([0, expect.stringContaining('genuine')]);
    const server = await captureServer('HTTP/1.1 204 No Content\r\n\r\n');
    const flow = await run('flow', 'acme', 'sale', '--to', server.url, '--json');
    expect([flow.exitCode, flow.json.map(({ event }) => event)]).toEqual([
      0,
      ['order.created', 'order.paid', undefined],
    ]);
    const mixed = await run('flow', 'both', '--to', server.url, '--json');
    expect(mixed.json.map(({ provider, event }) => [provider, event]).slice(0, 2)).toEqual([
      ['scalev', 'order.created'],
      ['acme', 'order.paid'],
    ]);
    const suite = await run('run', '--to', server.url, '--coverage', '--json');
    expect([suite.exitCode, suite.stdout]).toEqual([0, expect.stringContaining('"acme"')]);
    expect((await run('check', 'acme', '--list')).stdout).toContain('wrong-secret');
    expect((await run('config')).stdout).toMatch(
      /acme secret +fingerprint \w{8} +webhook-sim\.config\.yaml: secrets\.acme/,
    );
    expect((await run('config')).stdout).toMatch(/acme time limit +3 s/);
    const retried = await cli(['send', 'acme', 'order.paid', '--retry', '--speed', 'instant', '--to', server.url], {
      cwd,
      env,
    });
    expect(retried.exitCode).toBe(0);
  });

  it.each([
    [['send', 'ac'], 'acme'],
    [['send', 'acme', 'order.'], 'order.paid'],
    [['flow', 'acme', ''], 'sale'],
    [['log', '--provider', 'a'], 'acme'],
    [['send', 'acme', 'order.paid', '--set', 'i'], 'id='],
  ])('is completed after %j', async (words, found) => {
    const { stdout } = await cli(['complete', '--', ...words], { cwd: project() });
    expect(stdout.split('\n').map((line) => line.split('\t')[0])).toContain(found);
  });

  it('is not completed from a script, which would run', async () => {
    const cwd = project({
      'webhook-sim.config.yaml': 'providers: [hooks, scripts/bolt]\n',
      'scripts/bolt/provider.mjs': 'throw new Error("ran");',
    });
    const { stdout } = await cli(['complete', '--', 'list', ''], { cwd });
    expect(stdout).toContain('acme\t');
    expect(stdout).not.toContain('bolt');
  });

  it('has the events that it has samples of where it names none, in folders where their names have slashes', async () => {
    const cwd = project({
      'webhook-sim.config.yaml': 'providers: hooks\n',
      'hooks/acme/provider.yaml': 'name: acme\nheaders: { X-Token: "{secret}" }\n',
      'hooks/acme/events/order.created--big.json': '{}',
      'hooks/acme/events/stock/low.json': '{}',
    });
    const { stdout } = await cli(['list', 'acme', '--json'], { cwd });
    const [{ events, defaultEvent, secretVariables }] = JSON.parse(stdout).providers;
    expect(
      events.map(({ name, variants }: { name: string; variants: { name: string }[] }) => [name, variants.length]),
    ).toEqual([
      ['order.created', 1],
      ['order.paid', 0],
      ['stock/low', 0],
    ]);
    expect([defaultEvent, secretVariables]).toEqual([
      'order.created',
      ['WEBHOOK_SIM_ACME_SECRET', 'ACME_WEBHOOK_SECRET'],
    ]);
    const server = await captureServer();
    await cli(['send', 'acme', 'stock/low', '--to', server.url], { cwd });
    expect(server.requests[0]!.body.toString()).toBe('{}');
  });

  it.each([
    ['hooks/acme', {}],
    ['hooks/acme/provider.yaml', {}],
    ['[hooks]', {}],
    ['[{ name: acme, headers: [], events: [ping] }]', { 'events/acme/ping.json': '{}' }],
    ['[{ name: acme, headers: [], events: [ping], samples: { ping: { a: 1 } } }]', {}],
    [
      'bolt.ts',
      {
        'bolt.ts':
          "import { defineProvider } from 'webhook-sim';\nexport default defineProvider({ name: 'acme', headers: {}, events: ['ping'], samples: 'p' } as const);",
        'p/ping.json': '{}',
      },
    ],
    ['more', { 'more/provider.json': '{"name":"acme","headers":{},"events":["ping"]}', 'more/events/ping.json': '{}' }],
  ])('is found as %s', async (written, files) => {
    const cwd = project({ 'webhook-sim.config.yaml': `target: demo\nproviders: ${written}\n`, ...files });
    const { exitCode, stderr, stdout } = await cli(['send', 'acme', '--dry-run', '--all'], { cwd, env });
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('Nothing was sent.')]);
    expect(stdout).toContain('POST');
  });
});

describe('a description that is wrong is told with file, place and advice', () => {
  const change = (from: string, to: string) => {
    expect(yaml).toContain(from);
    return { 'hooks/acme/provider.yaml': yaml.replace(from, to) };
  };
  const at = (place: string, text: string) =>
    `webhook-sim: ${join('hooks', 'acme', 'provider.yaml')}:${place}: ${text}\n`;

  it.each([
    [change('events: [', 'evnts: ['), at('12:1', 'evnts: unknown key. Did you mean events?')],
    [change('hmac', 'hmca'), at('10:16', 'signatures.signature.scheme: "hmca" is not known. Did you mean hmac?')],
    [
      change('sha256, c', 'sha257, c'),
      at('10:30', 'signatures.signature.hash: "sha257" is not known. Did you mean sha256?'),
    ],
    [
      change('unix-seconds', 'unix'),
      at('8:23', 'values.time.format: "unix" is not known. Did you mean unix-seconds or unix-millis or unix-micros?'),
    ],
    [
      change('sha256={signature}', 'sha256={signatur}'),
      at(
        '6:3',
        'headers.X-Acme-Signature: acme: header X-Acme-Signature: unknown placeholder {signatur} in "sha256={signatur}". Did you mean signature?',
      ),
    ],
    [
      change('{time}.{body}', '{tim}.{body}'),
      at(
        '10:3',
        'signatures.signature: acme: content of signature: unknown placeholder {tim} in "{tim}.{body}". Did you mean time?',
      ),
    ],
    [change('name: acme', 'name: Acme'), at('1:1', 'name: must be of lower-case letters, digits and - only.')],
    [change('name: acme\n', ''), 'webhook-sim: hooks/acme/provider.yaml: name: is missing.\n'],
    [
      change('order.paid]', '"order*"]'),
      /provider\.yaml:12:25: events\[1\]: holds what no name of an event can: \* or \\\.\n/,
    ],
    [
      change('order.paid]', '../order]'),
      /provider\.yaml:12:25: events\[1\]: can be no path of a sample: a part of it is empty or made of dots\.\n/,
    ],
    [
      change('event: order.paid', 'event: order.payed'),
      at('14:85', 'flows[0].steps[1].event: order.payed is no event of acme. Did you mean order.paid?'),
    ],
    [change("'204'", 'fine'), at('15:11', 'policy.success: must be a status rule such as 2xx, 401 or 200,204.')],
    [change('max: 2', 'mxa: 2'), /policy\.retry\.mxa: unknown key\. Did you mean max\?/],
    [change('Content-Type:', '"Content Type":'), /headers\.Content Type: is not a header name\./],
    [change('title: Acme', 'title: "A\\eme"'), at('2:1', 'title: holds control characters.')],
    [{ 'hooks/acme/provider.yaml': 'name: [' }, /^webhook-sim: hooks.acme.provider\.yaml:1:8: is not YAML: /],
    [
      { 'hooks/acme/provider.json': '{}' },
      /^webhook-sim: hooks.acme: provider\.json and provider\.yaml are both there\. Keep one\.\n$/,
    ],
    [
      { 'hooks/other/provider.yaml': yaml },
      /^webhook-sim: hooks.other.provider\.yaml: acme is the name of the provider of hooks.acme.provider\.yaml, too\. Take another\.\n$/,
    ],
    [
      { 'webhook-sim.config.yaml': 'providers: hoks\n' },
      /^webhook-sim: webhook-sim\.config\.yaml: providers: there is no hoks\.\nThere is no provider acme\. /,
    ],
    [
      { 'webhook-sim.config.yaml': 'providers: 3\n' },
      'webhook-sim: webhook-sim.config.yaml:1:1: providers: is a number, but must be a path or a list.\n',
    ],
    [
      { 'webhook-sim.config.yaml': 'providers: [3]\n' },
      /providers\[0\]: is a number, but must be a path or a description\.\n$/,
    ],
    [
      { 'webhook-sim.config.yaml': 'providers: empty\n', 'empty/readme': '' },
      /^webhook-sim: empty: holds no provider\.yaml \(or \.json, \.ts, …\), nor does a folder in it\. Begin one with: webhook-sim provider new\nThere is no provider acme\. /,
    ],
    [
      { 'webhook-sim.config.yaml': 'providers: hooks\nsecrets: { acmee: env:A }\n' },
      /secrets\.acmee: unknown key\. Did you mean acme\?/,
    ],
    [
      { 'webhook-sim.config.yaml': 'providers: hooks\nflows: { acme: { steps: [{ send: acme order.paid }] } }\n' },
      /flows\.acme: is the name of a provider\. Take another\./,
    ],
  ])('%#', async (files, complaint) => {
    const server = await captureServer();
    const { exitCode, stdout, stderr } = await cli(['send', 'acme', 'order.paid', '--to', server.url], {
      cwd: project(files),
      env,
    });
    if (typeof complaint === 'string') expect(stderr).toBe(complaint);
    else expect(stderr).toMatch(complaint);
    expect([exitCode, stdout, server.requests.length]).toEqual([2, '', 0]);
  });

  it.each([
    [null, /^webhook-sim: There is no sample of acme order\.paid\. Write one into .*order\.paid\.json\n$/],
    ['{"a": }', /order\.paid\.json:1:7: is not JSON: /],
    [Buffer.from([0x22, 0xff, 0x22]), /order\.paid\.json: is not UTF-8\.\n$/],
  ])('a sample that is missing or broken: %j', async (content, complaint) => {
    const cwd = project();
    const file = join(cwd, 'hooks/acme/events/order.paid.json');
    if (content === null) rmSync(file);
    else writeFileSync(file, content);
    const { exitCode, stderr } = await cli(['send', 'acme', 'order.paid', '--dry-run'], { cwd, env });
    expect(stderr).toMatch(complaint);
    expect(exitCode).toBe(2);
  });
});
