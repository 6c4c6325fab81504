import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { isSecretParameter, maskAddress } from '../../src/core/secretParameters.js';
import { createDelivery, exportDeliveries, check as runCheck } from '../../src/index.js';
import { listening } from '../listen/listening.js';
import { loggedProject } from '../log/project.js';
import { answer } from '../suite/run.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { openUi } from '../web/uiServer.js';

/** One is too short to be looked for anywhere else than in its place. */
const short = '~zQ9';
const long = 'CANARY-code/55e1';
const password = 'CANARY-password';
const query = `shop=7&token=${short}&code=${encodeURIComponent(long)}`;
const forbidden = [short, 'CANARY', Buffer.from(`ann:${password}`).toString('base64')];
const kinds = ['junit', 'tap', 'sarif', 'html', 'har', 'json'];
const reports = kinds.flatMap((kind) => ['--report', `${kind}=report.${kind}`]);
const suite = `
cases:
  - { send: scalev order.created, expect: 200 }
  - { send: scalev order.created, expect: { status: 500, body: nothing } }
  - { flow: scalev fulfilment, expect: 200 }
  - { check: scalev, only: [plain, no-signature] }
  - { handshake: slack }
`;

interface Place {
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly address: string;
}

async function placeOf(status = 500) {
  const server = await captureServer(({ requestLine }) => answer(status, `no: ${requestLine.replace(short, '')}`));
  const address = `http://ann:${password}@127.0.0.1:${server.port}/hooks?${query}`;
  const cwd = folderOf({
    'webhook-sim.config.yaml': `targets:\n  mine: "http://127.0.0.1:${server.port}/hooks?${query}"\n`,
    'smoke.webhooks.yaml': suite,
    'summary.md': '',
  });
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: join(cwd, 'summary.md'),
    XDG_STATE_HOME: join(cwd, 'state'),
  };
  return { cwd, env, address, server };
}

/** All that was written into a folder by a command. */
function filesOf({ cwd }: Pick<Place, 'cwd'>): (readonly [string, string])[] {
  return readdirSync(cwd, { recursive: true, encoding: 'utf8' })
    .filter((name) => /report\.|summary\.md|\.jsonl$|exported/.test(name))
    .map((name) => [name, readFileSync(join(cwd, name), 'utf8')]);
}

function expectNoSecret(texts: readonly (readonly [string, string])[]): void {
  for (const [name, text] of texts) {
    const decoded = [...text.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)].map(([found]) => Buffer.from(found, 'base64'));
    for (const canary of forbidden) {
      expect(text.includes(canary) ? `${name} holds ${canary}: ${text}` : null).toBe(null);
      expect(decoded.some((bytes) => bytes.includes(canary)) ? `${name} holds ${canary} in Base64` : null).toBe(null);
    }
  }
}

describe('a secret in the address of a target', () => {
  it.each<{ args: string[]; shows?: false; status?: number }>([
    { args: ['send', 'scalev', 'order.created', '--to', 'TO'] },
    {
      args: [
        'send',
        'scalev',
        'order.created',
        '--to',
        'TO',
        '-v',
        '--retry',
        '--schedule',
        '1s',
        '--speed',
        'instant',
      ],
    },
    { args: ['send', 'scalev', 'order.created', '--to', 'TO', '--json'] },
    { args: ['send', 'scalev', 'order.created', '--to', 'TO', '--dry-run'] },
    { args: ['send', 'scalev', 'order.created', '--to', 'TO', '--dry-run', '--json'] },
    { args: ['send', 'scalev', 'order.created', '--to', 'mine', '-v'] },
    { args: ['send', 'scalev', 'order.created', '--to', 'TO', '--wait', '1s', '--wait-for', '204:/health?token=~zQ9'] },
    {
      args: ['send', 'twilio', 'received', '--to', 'TO', '--public-url', `https://shop.example/in?${query}`, '-v'],
    },
    { args: ['check', 'scalev', '--to', 'TO', '--only', 'plain', ...reports] },
    { args: ['check', 'scalev', '--to', 'TO', '--only', 'plain', '--json'] },
    { args: ['flow', 'scalev', 'fulfilment', '--to', 'TO', '-v', '--speed', 'instant'] },
    { args: ['flow', 'scalev', 'fulfilment', '--to', 'TO', '--json', '--speed', 'instant'] },
    { args: ['flow', 'scalev', 'fulfilment', '--to', 'TO', '--orders', '--probe', `RECEIVER/state?${query}`] },
    { args: ['handshake', 'slack', '--to', 'TO', '-v'] },
    { args: ['handshake', 'slack', '--to', 'TO', '--json'] },
    { args: ['load', 'scalev', '--to', 'TO', '--rate', '20/s', '--duration', '200ms', '--report', 'html=report.html'] },
    { args: ['load', 'scalev', '--to', 'TO', '--rate', '20/s', '--duration', '200ms', '--json'] },
    { args: ['run', '--to', 'TO', ...reports] },
    { args: ['run', '--to', 'mine', '-v'] },
    { args: ['run', '--to', 'TO', '--json'] },
    { args: ['export', 'scalev', 'order.created', '--to', 'TO', '--format', 'curl'] },
    { args: ['export', 'scalev', 'order.created', '--to', 'TO', '--format', 'har'] },
    { args: ['export', 'scalev', 'order.created', '--to', 'TO', '--format', 'vectors'] },
    { args: ['export', 'scalev', 'order.created', '--to', 'TO', '--format', 'postman'] },
    { args: ['send', 'scalev', 'order.created', '--to', 'TO', '--curl'] },
    { args: ['config'] },
  ])('is in nothing that is shown or written: $args', async ({ args }) => {
    const place = await placeOf();
    const filled = args.map((word) => word.replace('TO', place.address).replace('RECEIVER', place.server.url));
    const words = filled.map((word, at) => (args[at] === '--to' ? '--to' : word));
    const { stdout, stderr } = await cli(words, place);
    expect(`${stdout}${stderr}`).not.toBe('');
    expectNoSecret([['stdout', stdout], ['stderr', stderr], ...filesOf(place)]);
  });
});

describe('a secret in the address of a target that is kept', () => {
  it('is not in the log, and is put in again from the config', async () => {
    const place = await placeOf(200);
    const project = loggedProject({
      'webhook-sim.config.yaml': `targets:\n  mine: "${place.server.url}/hooks?${query}"\n`,
    });
    const sent = await project.run(['send', 'twilio', 'received', '--to', 'mine']);
    expect(sent).toMatchObject({ exitCode: 0 });
    const [kept] = await project.kept();
    expect(kept.url).toBe(`${place.server.url}/hooks?shop=7&token=(secret)&code=(secret)`);
    const shown = await project.run(['log', 'last']);
    const judged = await project.run(['verify', 'last']);
    expect(judged).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/genuine/) });
    const again = await project.run(['resend', '--exact']);
    expect(again).toMatchObject({ exitCode: 0 });
    expect(place.server.requests[1]!.requestLine).toBe(place.server.requests[0]!.requestLine);
    expect(place.server.requests[1]!.header('X-Twilio-Signature')).toBe(
      place.server.requests[0]!.header('X-Twilio-Signature'),
    );
    const runs = { sent, shown, judged, again };
    expectNoSecret([
      ...Object.entries(runs).flatMap(([name, { stdout, stderr }]) => [
        [name, stdout] as const,
        [name, stderr] as const,
      ]),
      ['log', project.texts()],
    ]);
  });

  it('has to be given again where it was typed', async () => {
    const { server } = await placeOf(200);
    const project = loggedProject();
    await project.run(['send', 'scalev', 'order.created', '--to', `${server.url}/?${query}`]);
    const lost = await project.run(['resend']);
    expect(lost).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--to') });
    expect(server.requests).toHaveLength(1);
    const given = await project.run(['resend', '--to', `${server.url}/?${query}`]);
    expect(given.exitCode).toBe(0);
    expect(server.requests[1]!.requestLine).toContain(query);
    expectNoSecret([
      ['log', project.texts()],
      ['stdout', given.stdout],
      ['stderr', given.stderr + lost.stderr],
    ]);
  });

  it('is never sent as its mask', async () => {
    const { server } = await placeOf(200);
    const sent = await cli(['send', 'scalev', 'order.created', '--to', `${server.url}/?token=(secret)`]);
    expect(sent).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('in place of a secret') });
    expect(server.requests).toHaveLength(0);
  });
});

describe('a secret in an address of a listener', () => {
  it.each([true, false])('is shown neither of the target nor of what came, as JSON: %s', async (json) => {
    const { server } = await placeOf(200);
    const project = loggedProject();
    const address = `${server.url}/in?${query}`;
    const args = ['--forward', address, '--count', '1', '-v'];
    const { url, ended } = await listening(args, { ...project, json });
    await fetch(`${url}hook?access_token=CANARY-of-the-sender&sig=shown`, { method: 'POST', body: '{}' });
    const { stdout, stderr } = await ended;
    expect(server.requests[0]!.requestLine).toContain(`/in?${query}&access_token=CANARY`);
    expect(stdout).toContain('sig=shown');
    expectNoSecret([
      ['stdout', stdout],
      ['stderr', stderr],
      ['log', project.texts()],
    ]);
  });
});

describe('a secret in an address of the library', () => {
  it('is in no result, error or file', async () => {
    const { server, cwd } = await placeOf(401);
    const url = `${server.url}/?${query}`;
    const delivery = await createDelivery({ provider: 'scalev', event: 'order.created', url });
    expect(delivery).toMatchObject({ url, secretParameters: ['token', 'code'] });
    const checked = await runCheck({ provider: 'scalev', url, only: ['plain'] });
    const refused = await exportDeliveries({ provider: 'scalev', to: url, format: 'har' }).catch((error) => error);
    const script = await exportDeliveries({ provider: 'scalev', to: url, format: 'curl' });
    expect(refused).toMatchObject({ code: 'SECRET_IN_EXPORT' });
    expectNoSecret([
      ['check', JSON.stringify({ ...checked, cases: [] })],
      ['refusal', String(refused)],
      ['script', JSON.stringify(script.files)],
      ...filesOf({ cwd }),
    ]);
  });
});

describe('a secret in an address of the page', () => {
  it('is in nothing that the page gets', async () => {
    const { server } = await placeOf(401);
    const target = `${server.url}/?${query}`;
    const ui = await openUi({ files: { 'webhook-sim.config.yaml': `targets: { mine: "${target}" }\ntarget: mine\n` } });
    await ui.get('/api/state');
    for (const named of [{}, { target }]) {
      await ui.post('/api/preview', { provider: 'scalev', event: 'order.created', ...named });
      await ui.job('/api/send', { provider: 'scalev', event: 'order.created', ...named });
      await ui.job('/api/check', { provider: 'scalev', event: 'order.created', ...named });
      await ui.job('/api/flow', { flow: 'fulfilment', provider: 'scalev', ...named });
    }
    const rows = (await ui.get('/api/deliveries')).json;
    const [{ key }] = rows.rows ?? rows.deliveries;
    await ui.get(`/api/deliveries/${key}`);
    await ui.get(`/api/deliveries/${key}/curl`);
    expect(server.requests.length).toBeGreaterThan(4);
    expectNoSecret(ui.heard.map((text) => ['page', text] as const));
  });
});

describe('the command with curl', () => {
  const sh = promisify(execFile);

  it.each(['--curl', 'export'])('takes the secrets of the address from variables: %s', async (kind) => {
    const { server, cwd } = await placeOf(200);
    const to = ['--to', `${server.url}/hooks?${query}`];
    const words =
      kind === 'export'
        ? ['export', 'scalev', 'order.created', '--format', 'curl']
        : ['send', 'scalev', 'order.created', '--curl'];
    const { stdout } = await cli([...words, ...to]);
    expect(stdout).toContain('"$TOKEN"');
    await sh('sh', ['-c', stdout], { cwd, env: { ...process.env, TOKEN: short, CODE: encodeURIComponent(long) } });
    expect(server.requests[0]!.requestLine).toBe(`POST /hooks?${query} HTTP/1.1`);
  });
});

describe('names of parameters that look secret', () => {
  it.each([
    'token',
    'access_token',
    'accessToken',
    'api_key',
    'apikey',
    'X-Api-Key',
    'key',
    'sig',
    'signature',
    'hub.secret',
    'password',
    'auth',
    'code',
    'functionCode',
    'x-vercel-protection-bypass',
  ])('%s does', (name) => {
    expect(isSecretParameter(name)).toBe(true);
  });

  it.each(['shop', 'monkey', 'keyboard', 'country_code', 'zipcode', 'author', 'design', 'id', 'event', 'page'])(
    '%s does not',
    (name) => {
      expect(isSecretParameter(name)).toBe(false);
    },
  );

  it('are found in any spelling of an address', () => {
    expect(maskAddress('http://u:p@h/a?tok%65n=x&a=b&key=&sig=1&flag#token=y')).toBe(
      'http://h/a?tok%65n=(secret)&a=b&key=&sig=(secret)&flag#token=y',
    );
    expect(maskAddress(':3000/{event}?token=x%ZZ')).toBe(':3000/{event}?token=(secret)');
  });
});
