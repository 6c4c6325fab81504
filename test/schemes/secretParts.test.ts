import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const [key, user, password] = ['CANARY-signing-1f3a', 'shop', 'CANARY-password-77'];
const secret = ['--secret', `${key}|${user}:${password}`];
const cwd = () =>
  folderOf({
    'webhook-sim.config.yaml': 'providers: webhooks\n',
    'webhooks/yew/provider.yaml': `name: yew
secret: { sample: 'yew-sample-key|user:sample-password' }
headers: { Content-Type: application/json, Authorization: 'Basic {login}', X-User: '{user}', X-Yew-Sign: '{sign}' }
signatures:
  login: { scheme: encoded, content: '{secret}', part: 'after:|', encoding: base64 }
  user: { scheme: encoded, content: '{secret}', part: 'before:|', encoding: text }
  sign: { scheme: hmac, hash: sha256, content: '{body}', encoding: hex, key: ['before:|'] }
`,
    'webhooks/yew/events/paid.json': '{ "id": 7 }',
  });

it('signs with one text of a secret, and sends another', async () => {
  const project = cwd();
  // The receiver shows its key, and what it got.
  const { url, requests } = await captureServer(({ header }) => {
    const secretText = `${key} ${password} ${header('authorization')}`;
    return `HTTP/1.1 500 -\r\nContent-Length: ${secretText.length}\r\n\r\n${secretText}`;
  });
  const sent = await cli(['send', 'yew', 'paid', '--to', url, ...secret, '-v'], { cwd: project });
  const [{ head, header, body }] = requests as [(typeof requests)[0]];
  expect(header('Authorization')).toBe(`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
  expect(header('X-User')).toBe(key);
  expect(header('X-Yew-Sign')).toBe(createHmac('sha256', key).update(body).digest('hex'));
  expect(sent.stdout + sent.stderr).not.toMatch(/CANARY/);
  const judge = async (text: string) =>
    (await cli(['verify', 'yew', '-', ...secret, '--json'], { cwd: project, stdin: `${text}\r\n\r\n${body}` })).json[0];
  expect(await judge(head)).toMatchObject({ genuine: true });
  expect(await judge(head.replace(/Basic \S+/, `Basic ${Buffer.from('shop:other').toString('base64')}`))).toMatchObject(
    { genuine: false },
  );
});

it('needs both texts, passes provider test, and is checked', { timeout: 60_000 }, async () => {
  const project = cwd();
  const alone = await cli(['send', 'yew', 'paid', '--to', ':1', '--secret', 'only-the-key'], { cwd: project });
  expect([alone.exitCode, alone.stderr]).toEqual([2, expect.stringContaining('The secret has no "|"')]);
  expect(await cli(['provider', 'test', 'yew'], { cwd: project })).toMatchObject({ exitCode: 0 });
  const { exitCode, json } = await cli(['check', 'yew', '--to', 'demo', '--json'], { cwd: project });
  expect([json.filter(({ verdict }) => verdict === 'finding'), exitCode]).toEqual([[], 0]);
});
