import { createHmac, createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const cwd = () =>
  folderOf({
    'webhook-sim.config.yaml': 'providers: webhooks\n',
    // The body is a token whose claims are the sample.
    'webhooks/whole/provider.yaml': `name: whole
headers: { Content-Type: application/jwt, X-Retry: '{retry}' }
values: { retry: { kind: attempt } }
signatures: { token: { scheme: jwt, algorithm: RS256, header: { kid: k-1, typ: JWT }, claims: '{body}' } }
body: '{token}'
eventAt: type
identities:
  - name: user
    title: A user
    events: [user.created]
    ids: [{ kind: alphanumeric, path: event_id, prefix: event_, deduplicates: true }]
    times: [iso-seconds]
    eventTime: [event_timestamp]
`,
    'webhooks/whole/events/user.created.json':
      '{ "type": "user.created", "event_id": "event_018e4c5bb2a57d7a", "event_timestamp": "2026-01-14T02:31:07Z", "data": { "user": { "email": "ayu@example.com" } } }',
    // The sample is one claim of several: as a text that holds JSON, or as an object.
    'webhooks/claim/provider.yaml': `name: claim
headers: { Content-Type: text/plain }
values: { now: { kind: time, format: unix-seconds }, end: { kind: time, format: unix-seconds, at: now+300s } }
signatures:
  token: { scheme: jwt, algorithm: RS256, header: {}, claims: { data: '{body}', iat: { number: '{now}' }, exp: { number: '{end}' } } }
body: '{token}'
eventAt: eventType
`,
    'webhooks/claim/events/app.installed.json': '{ "eventType": "app.installed", "instanceId": "1" }',
    'webhooks/inside/provider.yaml': `name: inside
headers: { Content-Type: application/json, X-Sign: '{sign}' }
signatures:
  token: { scheme: jwt, algorithm: HS256, header: {}, claims: { iss: acme, payload: { json: '{body}' } } }
  sign: { scheme: hmac, hash: sha256, content: '{body}', encoding: hex }
body: '{{"jwt":"{token}"}}'
eventAt: type
`,
    'webhooks/inside/events/paid.json': '{ "type": "paid", "amount": 10.50 }',
  });
const names = ['whole', 'claim', 'inside'];
const secretOf = (name: string) => (name === 'inside' ? 'shared-secret-of-inside' : `seed:${name}`);

/** The claims of a token that a public key, or a shared secret, verifies by RFC 7515 alone. */
async function claimsOf(token: string, name: string, project: string) {
  const [head, claims, signature] = token.split('.') as [string, string, string];
  const signed = Buffer.from(`${head}.${claims}`);
  const given = Buffer.from(signature, 'base64url');
  if (name === 'inside') {
    expect(createHmac('sha256', secretOf(name)).update(signed).digest()).toEqual(given);
  } else {
    const { stdout } = await cli(['keys', name, '--secret', secretOf(name)], { cwd: project });
    const pem = /-----BEGIN PUBLIC KEY-----[\s\S]*?-----END PUBLIC KEY-----/.exec(stdout)![0].replace(/^ +/gm, '');
    expect(verify('sha256', signed, createPublicKey(pem), given)).toBe(true);
  }
  return Buffer.from(claims, 'base64url').toString();
}

describe('a body that is a token', () => {
  it('claims the sample, with a fresh id and time', async () => {
    const project = cwd();
    const { url, requests } = await captureServer();
    const send = (...more: string[]) =>
      cli(['send', 'whole', 'user.created', '--to', url, '--secret', 'seed:whole', ...more], { cwd: project });
    expect(await send('--set', 'data.user.email=budi@example.com')).toMatchObject({ exitCode: 0 });
    expect(await send()).toMatchObject({ exitCode: 0 });
    const [first, second] = await Promise.all(requests.map(({ body }) => claimsOf(body.toString(), 'whole', project)));
    expect(JSON.parse(first!).data.user.email).toBe('budi@example.com');
    expect(JSON.parse(first!).event_id).not.toBe(JSON.parse(second!).event_id);
    expect(first).not.toContain('2026-01-14');
    expect(requests[0]!.header('content-type')).toBe('application/jwt');
  });

  it('holds the sample in one of its claims, as text or as JSON', async () => {
    const project = cwd();
    const { url, requests } = await captureServer();
    for (const name of ['claim', 'inside'])
      await cli(['send', name, '--all', '--to', url, '--secret', secretOf(name)], { cwd: project });
    const claims = JSON.parse(await claimsOf(requests[0]!.body.toString(), 'claim', project));
    expect(JSON.parse(claims.data)).toEqual({ eventType: 'app.installed', instanceId: '1' });
    expect(claims.exp - claims.iat).toBe(300);
    const inside = await claimsOf(JSON.parse(requests[1]!.body.toString()).jwt, 'inside', project);
    expect(inside).toBe('{"iss":"acme","payload":{"type":"paid","amount":10.5}}');
    // What stands beside the token covers the body that is sent.
    expect(requests[1]!.header('x-sign')).toBe(
      createHmac('sha256', secretOf('inside')).update(requests[1]!.body).digest('hex'),
    );
  });

  it.each(names)(
    '%s: passes provider test, and check finds nothing at the built-in receiver',
    { timeout: 60_000 },
    async (name) => {
      const project = cwd();
      const tested = await cli(['provider', 'test', name], { cwd: project });
      expect([tested.exitCode, tested.exitCode === 0 ? '' : tested.stdout + tested.stderr]).toEqual([0, '']);
      const { exitCode, json, stderr } = await cli(['check', name, '--to', 'demo', '--json'], { cwd: project });
      expect([stderr, json.filter(({ verdict }) => verdict === 'finding'), exitCode]).toEqual([stderr, [], 0]);
      const forged = json.filter(
        ({ type, class: kind, verdict }) => type === 'case' && kind === 'must-reject' && verdict !== 'not_applicable',
      );
      expect(forged.length).toBeGreaterThan(5);
    },
  );

  it('is verified, and what is wrong with it explained', async () => {
    const project = cwd();
    const { url, requests } = await captureServer();
    const secret = ['--secret', 'seed:whole'];
    await cli(['send', 'whole', 'user.created', '--to', url, ...secret], { cwd: project });
    const { head, body } = requests[0]!;
    const judge = (text: string, ...more: string[]) =>
      cli(['verify', ...more, '-', ...secret, '--json'], { cwd: project, stdin: `${head}\r\n\r\n${text}` });
    const genuine = await judge(body.toString(), 'whole');
    expect([genuine.exitCode, genuine.json[0]]).toEqual([
      0,
      expect.objectContaining({ genuine: true, event: expect.objectContaining({ name: 'user.created' }) }),
    ]);
    // Without its name it is recognised by the token.
    expect((await judge(body.toString())).json[0]).toMatchObject({ genuine: true, provider: 'whole' });
    const [tokenHead, , signature] = body.toString().split('.');
    const others = Buffer.from('{"type":"user.deleted"}').toString('base64url');
    expect((await judge(`${tokenHead}.${others}.${signature}`, 'whole')).json[0]).toMatchObject({ genuine: false });
    expect((await judge('{"type":"user.created"}', 'whole')).json[0]).toMatchObject({ genuine: false });
  });

  it('is sent again from the log as it was, or from a capture with edits', async () => {
    const project = cwd();
    const { url, requests } = await captureServer();
    const secret = ['--secret', 'seed:whole'];
    const env = { XDG_STATE_HOME: folderOf({}) };
    await cli(['send', 'whole', 'user.created', '--to', url, ...secret], { cwd: project, env });
    expect(await cli(['resend'], { cwd: project, env })).toMatchObject({ exitCode: 0 });
    expect(requests[1]!.body.toString()).toBe(requests[0]!.body.toString());
    const stdin = `${requests[0]!.head}\r\n\r\n${requests[0]!.body}`;
    const edited = ['send', 'whole', '--from', '-', '--set', 'data.user.email=x@example.com', '--to', url, ...secret];
    expect(await cli(edited, { cwd: project, env, stdin })).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(await claimsOf(requests[2]!.body.toString(), 'whole', project)).data.user.email).toBe(
      'x@example.com',
    );
  });
});

it('shows the changed payload of a forgery in a body that holds it encoded, and signs the true one', async () => {
  const folder = folderOf({
    'webhook-sim.config.yaml': 'providers: webhooks\n',
    'webhooks/coded/provider.yaml': `name: coded
headers: { Content-Type: text/plain, X-Sign: '{sign}' }
signatures:
  payload: { scheme: encoded, content: '{body}', encoding: base64 }
  sign: { scheme: hmac, hash: sha256, content: '{body}', encoding: hex }
body: 'payload={payload}'
eventAt: type
`,
    'webhooks/coded/events/order.paid.json': '{"type":"order.paid"}',
  });
  const { requests, url } = await captureServer();
  for (const forge of [[], ['--forge', 'tampered-body']]) {
    const argv = ['send', 'coded', 'order.paid', '--to', url, '--secret', 'k', '--dialect', 'js', ...forge];
    await cli(argv, { cwd: folder });
  }
  const [genuine, forged] = requests.map(({ head, body }) => ({
    body: body.toString(),
    payload: Buffer.from(body.toString().slice('payload='.length), 'base64').toString(),
    sign: /^X-Sign: (\w+)/m.exec(head)![1],
  }));
  expect(genuine!.payload).toBe('{"type":"order.paid"}');
  expect(genuine!.sign).toBe(createHmac('sha256', 'k').update(genuine!.body).digest('hex'));
  expect(forged!.payload).not.toBe(genuine!.payload);
  expect(forged!.sign).toBe(genuine!.sign);
});
