import { createHmac } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportDeliveries } from '../../src/index.js';
import { cli } from '../support/cli.js';
import { exampleProvider } from '../support/exampleProviders.js';
import { folderOf } from '../support/folder.js';
import { judgingServer } from '../support/judgingServer.js';
import { k6SyntaxErrors, runK6 } from '../support/k6.js';
import { leastDelivery } from '../support/k6Catalogue.js';

const secret = 'CANARY-c7b0f2';
const scriptOf = async (...argv: string[]) => (await cli(['export', ...argv, '--format', 'k6'])).stdout;

describe('a script for k6', () => {
  it('sends each event after the other at a rate, signed in a way that another HMAC confirms', async () => {
    const server = await judgingServer(async ({ text, header }) => {
      // https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
      const expected = `sha256=${createHmac('sha256', 'sekret').update(text).digest('hex')}`;
      return header('x-hub-signature-256') === expected ? null : 'another signature';
    });
    const script = await scriptOf('github', 'push', 'issues.opened', '--to', server.url);
    const run = runK6(script, { GITHUB_WEBHOOK_SECRET: 'sekret', RATE: '7', DURATION: '2s' });
    expect(run.options).toMatchObject({
      scenarios: { deliveries: { executor: 'constant-arrival-rate', rate: 7, timeUnit: '1s', duration: '2s' } },
    });
    const ids = new Set<string>();
    for (const at of [0, 1, 2]) {
      const { method, url, body, params, answer } = run.iterate(at);
      const { status } = await fetch(url, { method, body, headers: params.headers });
      expect([at, answer(status), answer(401), answer(302)]).toEqual([at, true, false, false]);
      expect([params.redirects, params.timeout]).toEqual([0, '10000ms']);
      ids.add(params.headers['X-GitHub-Delivery']!);
    }
    expect(ids.size).toBe(3);
    expect(server.verdicts).toEqual([null, null, null]);
    const events = server.received.flatMap(({ headers }) =>
      headers.flatMap(([name, value]) => (/^x-github-event$/i.test(name) ? [value] : [])),
    );
    expect(events).toEqual(['push', 'issues', 'push']);
  });

  it.each([
    ['a key in Base64', 'clerk'],
    ['a token over claims', 'livekit'],
    ['times in a form', 'twilio-voice'],
    ['fields of a body that are signed and filled', 'adyen'],
    ['parameters of the query', 'mercadopago'],
    ['numbers and times put into a body', 'linear'],
    ["PHP's JSON", 'woocommerce'],
  ])('makes %s as send does', async (_, name) => {
    const now = Date.parse('2031-05-06T07:08:09.010Z');
    const provider = exampleProvider(name);
    const script = await scriptOf(name, provider.defaultEvent);
    expect(k6SyntaxErrors(script)).toEqual([]);
    const { url, body, params } = runK6(script, {}, { now, drawn: 0 }).iterate(0);
    const expected = await leastDelivery(provider, provider.defaultEvent, now);
    expect([url, body]).toEqual([expected.url, Buffer.from(expected.body).toString('utf8')]);
    expect(Object.entries(params.headers)).toEqual(expected.headers);
  });

  it('goes where TARGET says, but for addresses that are signed', async () => {
    const run = runK6(await scriptOf('mailchimp', 'subscribe'), { TARGET: 'http://127.0.0.1:9/hooks?a=b' });
    expect(run.iterate(0).url).toMatch(/^http:\/\/127\.0\.0\.1:9\/hooks\?a=b&secret=/);
    const signed = await scriptOf('square', 'payment.created', '--to', 'http://127.0.0.1:9/there');
    expect(runK6(signed, { TARGET: 'http://127.0.0.1:8/' }).iterate(0).url).toBe('http://127.0.0.1:9/there');
  });

  it('holds what texts may hold: braces, backticks and what is not ASCII', async () => {
    const place = ['$', '{c}'].join('');
    const notes = `a \`b\` ${place} \\ ' " ü 𝒳 </script>`;
    const script = await scriptOf(
      'scalev',
      'order.created',
      '--set',
      `data.notes:=${JSON.stringify(notes)}`,
      '-H',
      `X-Note: \`${place}\` '"\\`,
    );
    expect(k6SyntaxErrors(script)).toEqual([]);
    const { body, params } = runK6(script).iterate(0);
    expect(JSON.parse(body!).data.notes).toBe(notes);
    expect(params.headers['X-Note']).toBe(`\`${place}\` '"\\`);
  });

  it('takes a real secret from the environment, and says so where it is not set', async () => {
    const argv = ['scalev', 'order.created', '--secret', secret, '-H', `Authorization: Bearer ${secret}`];
    const script = await scriptOf(...argv, '--to', `http://127.0.0.1:9/?token=${secret}`);
    expect(script).not.toContain('CANARY');
    expect(() => runK6(script)).toThrow(
      'SCALEV_SIGNING_SECRET is not set. Give it with k6 run -e SCALEV_SIGNING_SECRET=…',
    );
    const given = { SCALEV_SIGNING_SECRET: secret, AUTHORIZATION: 'Bearer me', TARGET: 'http://127.0.0.1:9/' };
    for (const name of Object.keys(given))
      expect(() => runK6(script, { ...given, [name]: '' })).toThrow(`${name} is not set`);
    const { url, body, params } = runK6(script, given).iterate(0);
    expect([url, params.headers.Authorization]).toEqual(['http://127.0.0.1:9/', 'Bearer me']);
    expect(params.headers['X-Scalev-Hmac-Sha256']).toBe(createHmac('sha256', secret).update(body!).digest('base64'));
    const cwd = folderOf({});
    const asked = await cli(['export', ...argv, '--format', 'k6', '--with-secrets', '--out', '.'], { cwd });
    expect(asked.stderr).toContain('They hold secrets');
    expect(readFileSync(join(cwd, 'scalev.k6.js'), 'utf8')).toContain(`|| '${secret}'`);
    expect((statSync(join(cwd, 'scalev.k6.js')).mode & 0o777).toString(8)).toBe('600');
  });

  it.each<[string, string[], string]>([
    [
      'a secret in the body',
      ['--secret', secret, '--set', `data.notes=${secret}`],
      'The body of order.created holds a secret',
    ],
    [
      'two secrets',
      ['--secret', 'a-secret', '--secret', 'b-secret'],
      'a script signs with one secret. The command load ',
    ],
    ['a placeholder', ['--set', 'data.notes={{uuid}}'], 'it holds a placeholder ({{…}})'],
    ['a header twice', ['-H', 'X-A: 1', '-H', 'X-A: 2'], 'it has the header X-A twice, and k6 sends each once'],
    ['bytes that are no text', ['--raw', 'bytes'], 'its body is not UTF-8'],
    [
      'a forgery',
      ['--forge', 'wrong-secret'],
      '--format k6 writes honest deliveries only, which it signs itself. Leave out --forge.',
    ],
    ['all forgeries', ['--forgeries'], 'Leave out --forgeries.'],
    ['a seed', ['--seed', '1'], '--format k6 makes new ids in each delivery. Leave out --seed.'],
    [
      'a time',
      ['--now', '2026-01-31T12:00:00Z'],
      '--format k6 takes the time at which each delivery is sent. Leave out --now.',
    ],
  ])('is not written with %s', async (_, argv, message) => {
    const cwd = folderOf({ bytes: Buffer.from([0x7b, 0xff, 0x7d]) });
    const all = ['export', 'scalev', 'order.created', ...argv, '--format', 'k6', '--out', 'load.js'];
    const { exitCode, stdout, stderr } = await cli(all, { cwd });
    expect(stderr).toContain(message);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(() => statSync(join(cwd, 'load.js'))).toThrow(/ENOENT/);
  });

  it('is a file of the library, with the deliveries of which it is made', async () => {
    const { files, deliveries, format } = await exportDeliveries({
      provider: 'scalev',
      format: 'k6',
      allVariants: true,
    });
    expect([format, files.map(({ name }) => name)]).toEqual(['k6', ['scalev.k6.js']]);
    const script = Buffer.from(files[0]!.bytes).toString('utf8');
    const names = deliveries.map((_, at) => runK6(script).iterate(at).params.tags.name);
    expect(names).toEqual(deliveries.map(({ name }) => name));
    expect(names.filter((name) => name!.endsWith('--legacy-2025'))).toHaveLength(4);
  });
});
