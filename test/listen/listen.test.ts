import { createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { expect, it, onTestFinished } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { readXml } from '../support/readXml.js';
import { type Listening, listening } from './listening.js';

const hmac = (hash: string, secret: string, body: string) => createHmac(hash, secret).update(body).digest('hex');
const github = (body: string, secret = 'shared') => ({
  'Content-Type': 'application/json',
  'X-GitHub-Event': 'push',
  'X-GitHub-Delivery': '0d8d2b2e-0000-4000-8000-000000000001',
  'X-Hub-Signature': `sha1=${hmac('sha1', secret, body)}`,
  'X-Hub-Signature-256': `sha256=${hmac('sha256', secret, body)}`,
});
const secret = 'whsec_a25vd24tdG8tdGhlLXRlc3RzLWFsb25l';
const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body, headers });

/** A delivery that the package of Standard Webhooks signed. */
function signed(id: string, body: string, { at = new Date(), by = [secret] }: { at?: Date; by?: string[] } = {}) {
  const signature = by.map((each) => new Webhook(each).sign(id, at, body)).join(' ');
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
}

const sendSigned = (url: string, id: string, body: string, more: Parameters<typeof signed>[2] = {}) =>
  post(url, body, { 'content-type': 'application/json', ...signed(id, body, more) });

const rulesOf = ({ lines }: Listening) =>
  Object.fromEntries(
    lines.find(({ type }) => type === 'sender').rules.map(({ name, ok }: { name: string; ok: boolean }) => [name, ok]),
  );

const verdicts = ({ lines }: Listening) =>
  lines.filter(({ type }) => type === 'received').map(({ provider, event, verdict }) => [provider, event, verdict]);

it('shows the request itself where it is asked for, line by line', async () => {
  const open = await listening(['github', '--verbose', '--count', '1'], { json: false });
  const body = '{"ref":"refs/heads/main"}';
  await post(`${open.url}hooks`, body, github(body));
  const { stdout } = await open.ended;
  const shown = stdout.split('\n').filter((line) => /^ {2}\S/.test(line));
  expect(shown[0]).toBe('  POST /hooks');
  expect(shown).toContain('  X-GitHub-Event: push');
  expect(shown.at(-1)).toBe(`  ${body}`);
});

it('recognizes who sent, verifies, and explains what does not match', async () => {
  const open = await listening(['--count', '3']);
  const body = '{"ref":"refs/heads/main"}';
  expect((await post(`${open.url}any/path?x=1`, body, github(body))).status).toBe(200);
  await post(open.url, body, github(`${body}\n`));
  await post(open.url, 'a=b');
  expect((await open.ended).exitCode).toBe(1);
  expect(verdicts(open)).toEqual([
    ['github', 'push', 'genuine'],
    ['github', 'push', 'false'],
    [null, null, 'unknown'],
  ]);
  const [, , wrong] = open.lines;
  expect(wrong.diagnosis.findings.map(({ name }: { name: string }) => name)).toEqual(['body-newline-added']);
  expect(open.lines.at(-1)).toMatchObject({ type: 'summary', received: 3, genuine: 1, false: 1, unknown: 1 });
  expect(JSON.stringify(open.lines)).not.toContain('shared');
});

it('takes the stronger one of two signatures for enough, but a sender that is judged has to send both', async () => {
  const body = '{}';
  const { 'X-Hub-Signature': _, ...headers } = github(body);
  const open = await listening(['github', '--count', '1']);
  await post(open.url, body, headers);
  expect((await open.ended).exitCode).toBe(0);
  expect(open.lines.find(({ type }) => type === 'received')).toMatchObject({
    verdict: 'genuine',
    reason: 'X-Hub-Signature did not come',
    diagnosis: null,
  });
  const judging = await listening(['--expect-sender', 'github', '--count', '1']);
  await post(judging.url, body, headers);
  expect((await judging.ended).exitCode).toBe(1);
  expect(rulesOf(judging).signature).toBe(false);
  expect(JSON.stringify(judging.lines)).toContain('request 1: X-Hub-Signature did not come');
});

it('ends with 0 when what was waited for has come, and with 4 when it has not', async () => {
  const body = '{}';
  const there = await listening(['--until', 'pu*']);
  await post(there.url, body, github(body));
  expect((await there.ended).exitCode).toBe(0);
  const missing = await listening(['github', '--until', 'release', '--timeout', '50ms']);
  expect((await missing.ended).exitCode).toBe(4);
  expect(missing.lines.at(-1)).toMatchObject({ missing: 'release', interrupted: false });
});

it('answers as the script says, then as always', async () => {
  const folder = folderOf({ 'answer.json': '{"ok":true}' });
  const open = await listening(['--count', '5', '--script', '500x2,reset,204', '--answer', 'answer.json'], {
    cwd: folder,
  });
  const statuses: (number | string)[] = [];
  for (let at = 0; at < 4; at++)
    statuses.push(
      await post(open.url, '{}').then(
        ({ status }) => status,
        () => 'reset',
      ),
    );
  expect(statuses).toEqual([500, 500, 'reset', 204]);
  const last = await post(open.url, '{}');
  expect([last.status, last.headers.get('content-type'), await last.text()]).toEqual([
    200,
    'application/json',
    '{"ok":true}',
  ]);
  expect((await open.ended).exitCode).toBe(0);
  expect(open.lines.filter(({ type }) => type === 'received').map(({ answer }) => answer.is)).toEqual([
    ...['status', 'status', 'reset', 'status', 'status'],
  ]);
});

it('keeps who is not answered waiting until it ends', async () => {
  const open = await listening(['--count', '1', '--script', 'timeout']);
  await expect(post(open.url, '{}')).rejects.toThrow();
  expect((await open.ended).exitCode).toBe(0);
  expect(open.lines[1].answer).toMatchObject({ is: 'timeout', status: null });
});

it('forwards the same bytes with their signature, and hands the answer back', async () => {
  const target = await captureServer(
    'HTTP/1.1 202 Accepted\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nlater',
  );
  const open = await listening(['github', '--count', '1', '--forward', target.url]);
  const body = '{"zen":"☕"}';
  const answer = await post(`${open.url}?a=1`, body, github(body));
  expect([answer.status, await answer.text()]).toEqual([202, 'later']);
  await open.ended;
  const [request] = target.requests;
  expect(request!.body.toString()).toBe(body);
  expect(request!.requestLine).toContain('?a=1 ');
  expect(Object.fromEntries(request!.headers.map(([name, value]) => [name.toLowerCase(), value]))).toMatchObject({
    'x-hub-signature-256': github(body)['X-Hub-Signature-256'],
  });
});

it('answers 502 where nobody takes what is forwarded', async () => {
  const open = await listening(['--count', '1', '--forward', 'http://127.0.0.1:9/']);
  expect((await post(open.url, '{}')).status).toBe(502);
  await open.ended;
  expect(open.lines[1].answer).toMatchObject({ is: 'forwarded', status: 502, error: { code: 'ECONNREFUSED' } });
});

it('answers the handshake of a provider that is named', async () => {
  const open = await listening(['slack', '--count', '1', '--script', '500']);
  const { exitCode } = await cli(['handshake', 'slack', '--to', open.url]);
  expect(exitCode).toBe(0);
  await open.ended;
  expect(open.lines[1]).toMatchObject({
    handshake: expect.any(String),
    verdict: 'genuine',
    answer: { is: 'handshake' },
  });
});

it('rejects what does not verify where it is told to', async () => {
  const open = await listening(['github', '--count', '2', '--reject']);
  expect((await post(open.url, '{}', github('{}'))).status).toBe(200);
  expect((await post(open.url, '{}', github('[]'))).status).toBe(401);
  await open.ended;
});

it('keeps requests in files and in the log, which other commands read', async () => {
  const project = folderOf({});
  const env = { XDG_STATE_HOME: folderOf({}), GITHUB_WEBHOOK_SECRET: 'shared' };
  const open = await listening(['--count', '1', '--save', 'kept'], { cwd: project, env });
  const body = '{"ref":"refs/heads/main"}';
  await post(open.url, body, github(body));
  await open.ended;
  const [file] = readdirSync(join(project, 'kept'));
  expect(file).toBe('00001-github-push.http');
  expect(readFileSync(join(project, 'kept', file!), 'latin1')).toContain(`\r\n\r\n${body}`);
  expect((await cli(['verify', `kept/${file}`], { cwd: project, env })).exitCode).toBe(0);
  expect((await cli(['verify', 'last'], { cwd: project, env })).exitCode).toBe(0);
  const target = await captureServer('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
  expect((await cli(['resend', 'last', '--to', target.url], { cwd: project, env })).exitCode).toBe(0);
  expect(target.requests[0]!.body.toString()).toBe(body);
  expect((await cli(['log'], { cwd: project, env })).stdout).toContain('received at');
});

it('shows no secret and lets nobody write on the terminal', async () => {
  const env = { XDG_STATE_HOME: folderOf({}), GITLAB_WEBHOOK_SECRET: 'a-secret-of-the-tests' };
  const open = await listening(['--count', '2', '-v'], { env, json: false });
  await post(open.url, '\u001b[2J', { 'X-Evil': 'a', 'X-Api-Key': 'unknown-and-secret' });
  await post(open.url, '{"object_kind":"push"}', {
    'Content-Type': 'application/json',
    'X-Gitlab-Event': 'Push Hook',
    'X-Gitlab-Token': 'a-secret-of-the-tests',
  });
  const { stdout, stderr } = await open.ended;
  expect(stdout + stderr).not.toMatch(/\u001b|a-secret-of-the-tests|unknown-and-secret/);
  expect(stdout).toContain('gitlab');
  const { stdout: kept } = await cli(['log', '--json'], { env });
  expect(kept).not.toMatch(/a-secret-of-the-tests|unknown-and-secret/);
});

it('answers 413 to a body that is too long, and goes on', async () => {
  const open = await listening(['--count', '2']);
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(open.url).port), '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', reject).on('close', () => resolve(text));
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
    const chunk = Buffer.alloc(33 * 1024 * 1024, 'x');
    socket.write(`${chunk.length.toString(16)}\r\n`);
    socket.write(chunk);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect((await post(open.url, '{}')).status).toBe(200);
  await open.ended;
  expect(open.lines[1]).toMatchObject({ reason: 'its body is longer than 32 MiB', answer: { status: 413 } });
});

it('forwards with the credentials of the address, and shows them nowhere', async () => {
  const target = await captureServer('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
  const env = { XDG_STATE_HOME: folderOf({}) };
  const to = target.url.replace('//', '//user:pass-of-the-tests@');
  const open = await listening(['--count', '1', '--forward', to], { env, json: false });
  await post(open.url, '{}', { Authorization: 'Bearer theirs' });
  const { stdout, stderr } = await open.ended;
  expect(target.requests[0]!.header('authorization')).toBe(`Basic ${btoa('user:pass-of-the-tests')}`);
  expect(stdout + stderr).not.toContain('pass-of-the-tests');
});

it('names no event that no description has, and keeps the files of earlier runs', async () => {
  const cwd = folderOf({});
  for (const body of ['{"a":1}', '{"a":2}']) {
    const open = await listening(['github', '--count', '1', '--save', 'kept'], { cwd });
    await post(open.url, body, { ...github(body), 'X-GitHub-Event': 'constructor' });
    await open.ended;
    expect(open.lines[1]).toMatchObject({ event: 'constructor', verdict: 'genuine' });
  }
  expect(readdirSync(join(cwd, 'kept'))).toHaveLength(2);
});

it('judges a sender by a file that describes it', async () => {
  const cwd = folderOf({
    'acme/provider.yaml':
      "name: acme\nheaders: { X-Acme-Signature: '{s}' }\nsignatures: { s: { scheme: hmac, hash: sha256, content: '{body}', encoding: hex } }\n",
    'acme/events/made.json': '{}',
  });
  const open = await listening(['--count', '1', '--expect-sender', 'acme/provider.yaml', '--secret', 'of-acme-alone'], {
    cwd,
  });
  await post(open.url, '{}', { 'X-Acme-Signature': hmac('sha256', 'of-acme-alone', '{}') });
  expect((await open.ended).exitCode).toBe(0);
  expect(rulesOf(open).signature).toBe(true);
});

it('takes many requests at once, and loses none', async () => {
  const open = await listening(['github', '--count', '1000', '-q']);
  const body = '{"n":1}';
  const send = async () => {
    for (let at = 0; at < 50; at++) expect((await post(open.url, body, github(body))).status).toBe(200);
  };
  await Promise.all(Array.from({ length: 20 }, send));
  expect((await open.ended).exitCode).toBe(0);
  const received = open.lines.filter(({ type }) => type === 'received');
  expect(received.map(({ number }) => number)).toEqual(Array.from({ length: 1000 }, (_, at) => at + 1));
  expect(received.filter(({ repeats }) => repeats === 1)).toHaveLength(999);
});

it('goes on when a sender breaks off', async () => {
  const open = await listening(['--count', '2']);
  const socket = connect(Number(new URL(open.url).port), '127.0.0.1');
  socket.resume().end('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
  await new Promise((resolve) => socket.once('close', resolve));
  expect((await post(open.url, '{}')).status).toBe(200);
  await open.ended;
  expect(open.lines[1]).toMatchObject({ reason: 'its body broke off', verdict: 'unknown' });
});

it('says that a port is taken, with 2', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as { port: number };
  const { exitCode, stderr } = await cli(['listen', '--port', String(port)]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`Port ${port} is in use. Name another with --port; 0 takes any free one.`);
});

it.each([
  [['--script', '500,nothing'], '--script: "nothing" is no answer'],
  [['--script', '100'], '--script: 100 is no status of an answer'],
  [['--status', '99'], '--status'],
  [['--forward', ':4400'], 'is where this listens'],
  [['--forward', ':3000', '--status', '200'], 'Leave one out'],
  [['--answer', 'missing.json'], "can't be read (ENOENT)"],
  [['--secret', 'abc'], 'of which provider?'],
  [['nobody'], 'There is no provider nobody'],
  [['--report', 'junit=x.xml'], 'Add --expect-sender'],
  [['github', '--expect-sender', 'stripe'], 'are two senders'],
  [['--expect-sender', 'missing/provider.yaml'], 'there is no file'],
  [['--count', '0'], '--count'],
])('refuses %j', async (argv, said) => {
  const { exitCode, stderr } = await cli(['listen', ...argv], { cwd: folderOf({}) });
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(said)]);
});

const judge = ['--expect-sender', 'standard-webhooks', '--secret', secret];

it('finds nothing wrong with a sender that keeps the rules of Standard Webhooks', async () => {
  const folder = folderOf({});
  const argv = ['--count', '5', '--script', '500x3,200', ...judge, '--report', 'junit=sender.xml'];
  let now = Date.now();
  const open = await listening(argv, { cwd: folder, now: () => now });
  const deliver = (id: string, body: string) => sendSigned(open.url, id, body, { at: new Date(now) });
  let wait = 1000;
  while ((await deliver('msg_1', '{"n":1}')).status !== 200) {
    now += wait;
    wait *= 3;
  }
  await deliver('msg_2', '{"n":2}');
  expect((await open.ended).exitCode).toBe(0);
  expect(rulesOf(open)).toEqual({
    signature: true,
    'signed-time': true,
    'id-per-delivery': true,
    'id-over-retries': true,
    'stops-after-success': true,
    retries: true,
    'back-off': true,
  });
  const report = join(folder, 'sender.xml');
  expect(existsSync(report)).toBe(true);
  expect(JSON.stringify(readXml(readFileSync(report, 'utf8')))).toContain('back-off');
});

it('names what a sender does wrong', async () => {
  const open = await listening(['--count', '7', '--script', '500,200x6', ...judge]);
  await sendSigned(open.url, 'msg_1', '{"n":1}');
  await sendSigned(open.url, 'msg_other', '{"n":1}');
  await sendSigned(open.url, 'msg_2', '{"n":2}');
  await sendSigned(open.url, 'msg_2', '{"n":3}');
  await sendSigned(open.url, 'msg_4', '{"n":4}', { at: new Date(Date.now() - 120_000) });
  await post(open.url, '{"n":5}', signed('msg_5', '{"n":6}'));
  await sendSigned(open.url, 'msg_6', '{"n":6}');
  expect((await open.ended).exitCode).toBe(1);
  expect(rulesOf(open)).toEqual({
    signature: false,
    'signed-time': false,
    'id-per-delivery': false,
    'id-over-retries': false,
    'stops-after-success': false,
    retries: null,
    'back-off': null,
  });
});

it('asks for every secret while one is rotated', async () => {
  const old = 'whsec_dGhlLW9sZC1zZWNyZXQtb2YtdGhlLXRlc3Rz';
  const rotating = async (by: string[]) => {
    const open = await listening(['--count', '1', ...judge, '--secret', old]);
    await sendSigned(open.url, 'msg_1', '{}', { by });
    await open.ended;
    return rulesOf(open).rotation;
  };
  expect([await rotating([secret, old]), await rotating([secret])]).toEqual([true, false]);
});

it('ends with 2 where a request was not saved, and begins with no file in place of the folder', async () => {
  const cwd = folderOf({ file: '' });
  expect((await cli(['listen', '--save', 'file', '--port', '0'], { cwd })).exitCode).toBe(2);
  if (process.platform === 'linux') {
    const { exitCode, stderr } = await cli(['listen', '--save', '/proc/x/kept', '--port', '0'], { cwd });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("/proc/x/kept can't be written to (ENOENT)")]);
  }
  const open = await listening(['--count', '2', '--save', 'kept'], { cwd });
  rmSync(join(cwd, 'kept'), { recursive: true });
  writeFileSync(join(cwd, 'kept'), '');
  for (const body of ['{"a":1}', '{"a":2}']) await post(open.url, body, github(body));
  const { exitCode, stderr } = await open.ended;
  expect(exitCode).toBe(2);
  expect(stderr.match(/can't be saved/g)).toHaveLength(1);
});
