import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

interface Made {
  readonly name: string;
  readonly secret: string;
  readonly event: string;
  readonly body: string;
  readonly forms: Readonly<Record<string, string>>;
}

const script = join(import.meta.dirname, 'captured.py');
const captures: readonly Made[] = JSON.parse(execFileSync('python3', [script, 'captures'], { encoding: 'utf8' }));
const of = (name: string) => captures.find((each) => each.name === name)!;
const carriesSecret = ['token', 'basic'];

const provider = 'webhooks/acme/provider.yaml';
const vectors = 'webhooks/acme/vectors.json';
const read = (cwd: string, file: string) => readFileSync(join(cwd, file), 'utf8');
const written = (cwd: string) =>
  readdirSync(cwd, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(ya?ml|json)$/.test(file));
const begin = (more: readonly string[] = []) => ['provider', 'new', 'acme', '--from', 'capture', ...more];

/** A receiver that was written elsewhere, and its URL. */
async function receiver(name: string, secret: string): Promise<string> {
  const child = spawn('python3', [script, 'receive', name, secret], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill());
  const [port] = await once(child.stdout, 'data');
  return `http://127.0.0.1:${String(port).trim()}/hooks/in`;
}

describe('provider new --from', () => {
  it.each(captures.flatMap(({ name, forms }) => Object.keys(forms).map((form) => [name, form] as const)))(
    'describes %s from %s',
    async (name, form) => {
      const { secret, event, forms, body } = of(name);
      const cwd = folderOf({ capture: forms[form]! });
      const env = { ACME_SECRET: secret };
      const { stderr, exitCode } = await cli(begin(['--secret', 'env:ACME_SECRET']), { cwd, env });
      expect(stderr).toContain("Proven: the capture's own text came out.");
      expect(exitCode).toBe(0);
      expect(parse(read(cwd, provider))).toMatchObject({ secret: { env: ['ACME_SECRET'] }, events: [event] });
      expect(existsSync(join(cwd, vectors))).toBe(!carriesSecret.includes(name));
      for (const file of written(cwd)) {
        for (const text of [secret, Buffer.from(`hooks:${secret}`).toString('base64'), 'CANARY']) {
          expect(read(cwd, file), file).not.toContain(text);
        }
      }
      if (!carriesSecret.includes(name)) expect(JSON.parse(read(cwd, vectors))[0]).toMatchObject({ event, body });
      const tested = await cli(['provider', 'test', 'acme', '--json'], { cwd, env });
      expect(tested.json.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')).toEqual([]);
      const url = await receiver(name, secret);
      expect((await cli(['send', 'acme', event, '--to', url], { cwd, env })).exitCode).toBe(0);
      expect((await cli(['send', 'acme', event, '--to', url], { cwd })).exitCode).toBe(1);
    },
  );

  it('is proven by its vector only with the secret of the capture', async () => {
    const cwd = folderOf({ capture: of('odd').forms.raw! });
    await cli(begin(['--secret', 'env:ACME_SECRET']), { cwd, env: { ACME_SECRET: of('odd').secret } });
    const vectorsWith = async (env: Record<string, string>) =>
      (await cli(['provider', 'test', 'acme', '--json'], { cwd, env })).json.find(({ check }) => check === 'vectors')
        .verdict;
    expect(await vectorsWith({ ACME_SECRET: of('odd').secret })).toBe('pass');
    expect(await vectorsWith({ ACME_SECRET: 'another' })).toBe('fail');
    expect(await vectorsWith({})).toBe('warn');
  });

  it('says in words what it found, and what it left out', async () => {
    const cwd = folderOf({ capture: of('odd').forms.raw! });
    const { stdout, stderr } = await cli(begin(['--secret', of('odd').secret]), { cwd });
    expect(stdout.replaceAll('\\', '/')).toBe(
      `${provider}\nwebhooks/acme/events/order.created.json\n${vectors}\nwebhook-sim.config.yaml\n`,
    );
    expect(
      stderr,
    ).toBe(`X-Odd-Proof is the Base64 of HMAC-SHA512 over the method, a line feed, the path, a line feed, the time of X-Odd-Time, a line feed and the body, with the secret of --secret. Proven: the capture's own text came out.
The event is order.created, as the field type says.
Left out: Host, Content-Length (HTTP itself sets it); X-Forwarded-Proto (a proxy or tunnel on the way adds it); CF-Ray (the service behind which the receiver runs adds it); Cookie (browsers send it, or those who resend from one).
vectors.json proves the description where ACME_WEBHOOK_SECRET is set to the secret of the capture.
The sample is the body of the capture: see that it holds nothing private before you share it.
Next:
  webhook-sim provider test acme
  webhook-sim send acme order.created --to demo
Another event: add its name to events, and add a sample of it next to the others.
`);
  });

  it('keeps the numbers of the body as they are written, and makes its ids and times fresh', async () => {
    const cwd = folderOf({ capture: of('odd').forms.raw! });
    await cli(begin(['--secret', of('odd').secret, '--format', 'json']), { cwd });
    expect(read(cwd, 'webhooks/acme/events/order.created.json')).toContain('"total": 73.0,');
    expect(JSON.parse(read(cwd, 'webhooks/acme/provider.json')).identities).toEqual([
      {
        name: 'captured',
        title: 'What the captured request is about',
        events: ['order.created'],
        ids: [
          { kind: 'alphanumeric', path: 'id', prefix: 'evt_', deduplicates: true },
          { kind: 'uuid4', path: 'data.customer' },
        ],
        times: ['iso-seconds'],
        eventTime: ['created_at'],
      },
    ]);
  });

  it('takes the secret that the environment holds for the name', async () => {
    for (const variable of ['ACME_WEBHOOK_SECRET', 'WEBHOOK_SIM_ACME_SECRET']) {
      const cwd = folderOf({ capture: of('github').forms.curl! });
      const { stderr } = await cli(begin(), { cwd, env: { [variable]: of('github').secret } });
      expect(stderr).toContain(`with the secret of env:${variable}. Proven`);
      expect(JSON.parse(read(cwd, vectors))[0].secret).toBe(`env:${variable}`);
    }
  });

  it('says loudly what is only guessed, and writes it', async () => {
    const cwd = folderOf({ capture: of('slack').forms.raw! });
    const { stderr, exitCode } = await cli(begin(), { cwd });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /^X-Slack-Signature is the hex of .* GUESSED from its look, not proven\.\nNo secret was given/,
    );
    const wrong = await cli(begin(['--secret', 'a wrong one', '--force']), { cwd });
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stderr).toContain('GUESSED');
    expect(wrong.stderr).toMatch(
      /With the secret of --secret no match was found: \d{3,} signatures were computed, of \d+ contents with \d+ keys/,
    );
    expect(wrong.stderr).toContain('webhook-sim verify acme capture');
    expect(wrong.stderr).toContain('webhook-sim docs providers');
  });

  it('leaves the vector out where a token that nobody named is guessed', async () => {
    const cwd = folderOf({ capture: of('token').forms.raw! });
    const { stderr } = await cli(begin(), { cwd });
    expect(stderr).toContain('X-Acme-Token is the secret itself. GUESSED');
    expect(existsSync(join(cwd, vectors))).toBe(false);
    for (const file of written(cwd)) expect(read(cwd, file)).not.toContain(of('token').secret);
  });

  it('writes no secret that stands in the body, and no request that holds it', async () => {
    const body = '{"type":"a.b","url":"https://x.example/?k=CANARY-canary","key":"CANARY-canary","n":1}';
    const capture = `POST / HTTP/1.1\nHost: x\nContent-Type: application/json\nX-Token: CANARY-canary\n\n${body}`;
    const cwd = folderOf({ capture });
    const { stderr, stdout } = await cli(begin(['--secret', 'CANARY-canary']), { cwd });
    expect(stderr).toContain('The secret in the body is replaced by "acme-sample-secret" in the sample.');
    for (const file of written(cwd)) expect(read(cwd, file), file).not.toContain('CANARY');
    expect(stderr + stdout).not.toContain('CANARY');
    expect(JSON.parse(read(cwd, 'webhooks/acme/events/a.b.json'))).toEqual({
      type: 'a.b',
      url: 'acme-sample-secret',
      key: 'acme-sample-secret',
      n: 1,
    });
  });

  it('takes the event that --event names, and its place', async () => {
    const cwd = folderOf({ capture: of('github').forms.raw! });
    const flags = ['--secret', of('github').secret, '--event', 'opened', '--format', 'json'];
    const { stderr } = await cli(begin(flags), { cwd });
    expect(stderr).toContain('The event is opened, as the field action says. It could be issues (X-GitHub-Event)');
    const { eventAt, headers } = JSON.parse(read(cwd, 'webhooks/acme/provider.json'));
    expect(eventAt).toBe('action');
    expect(headers['X-GitHub-Event']).toBe('issues');
    expect((await cli(['provider', 'test', 'acme'], { cwd })).exitCode).toBe(0);
  });

  it('prints the description and writes nothing with --dry-run, also where files are', async () => {
    const cwd = folderOf({ capture: of('github').forms.raw!, [provider]: 'name: acme\n' });
    const { stdout, exitCode } = await cli(begin(['--secret', of('github').secret, '--dry-run']), { cwd });
    expect(exitCode).toBe(0);
    expect(parse(stdout)).toMatchObject({ name: 'acme', events: ['issues.opened'] });
    expect(read(cwd, provider)).toBe('name: acme\n');
    expect(readdirSync(cwd).sort()).toEqual(['capture', 'webhooks']);
  });

  it('reads standard input, and one entry of several', async () => {
    const { forms, secret } = of('hubspot');
    const [entry] = JSON.parse(forms.har!).log.entries;
    const [other] = JSON.parse(of('odd').forms.har!).log.entries;
    const stdin = JSON.stringify({ log: { entries: [other, entry] } });
    const argv = ['provider', 'new', 'acme', '--from', '-', '--secret', secret];
    const cwd = folderOf({});
    const none = await cli(argv, { cwd, stdin });
    expect(none.stderr).toContain('Standard input: it has 2 entries. Choose one with --entry: 1 POST');
    expect(none.exitCode).toBe(2);
    const second = await cli([...argv, '--entry', '2'], { cwd, stdin });
    expect(second.stderr).toContain('X-HubSpot-Signature-v3 is');
    expect(second.stderr).toContain('Proven');
  });

  it('shows what a capture says without letting it control the terminal', async () => {
    const body = '{"type":"a.b\\u001b[2J","event":"x.y","\\u001b]0;owned\\u0007_type":"q.r"}';
    const cwd = folderOf({
      capture: `POST /\u001b[2J HTTP/1.1\nContent-Type: application/json\nX-S: \u0007\u001b[31m\n\n${body}`,
    });
    const { stderr, stdout } = await cli(begin(), { cwd });
    expect(stderr + stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });

  const json = 'POST / HTTP/1.1\nHost: x\nContent-Type: application/json\n\n';
  it.each<[string, string, string[], RegExp]>([
    ['a missing file', '', ['--from', 'nowhere'], /nowhere: there is no such file\. Name a file, or -/],
    ['no request', '{"a":1}', [], /it is JSON, but no HAR/],
    ['no event', `${json}{"a":1}`, [], /Say it with --event\./],
    ['a bad event', `${json}{"a":1}`, ['--event', '../x'], /can be no path of a sample/],
    ['--scheme', `${json}{"a":1}`, ['--scheme', 'stripe'], /--scheme does not go with --from/],
    ['--header', `${json}{"a":1}`, ['--header', 'X'], /--header does not go with --from/],
    ['--content', `${json}{"a":1}`, ['--content', '{body}'], /--content does not go with --from/],
    ['two events', `${json}{"a":1}`, ['--event', 'a', '--event', 'b'], /more than one --event/],
    ['a bad entry', `${json}{"a":1}`, ['--entry', 'x'], /--entry: "x" is not a whole number from 1/],
    ['an entry that is not there', `${json}{"a":1}`, ['--entry', '2'], /there is no entry 2: it holds one request/],
    ['an unset variable', `${json}{"type":"a.b"}`, ['--secret', 'env:NONE'], /has no variable NONE/],
    ['a taken name', `${json}{"type":"a.b"}`, ['--dir', 'there'], /is there already\. Overwrite it with --force/],
  ])('rejects %s, and writes nothing', async (_, capture, flags, complaint) => {
    const cwd = folderOf({ capture, 'there/provider.yaml': 'name: x\n' });
    const { stdout, stderr, exitCode } = await cli(begin(flags), { cwd });
    expect(stderr).toMatch(complaint);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
    expect(readdirSync(cwd).sort()).toEqual(['capture', 'there']);
  });

  it('rejects --entry, --secret and a second standard input where they say nothing', async () => {
    const cwd = folderOf({});
    const rejected = async (argv: string[]) => (await cli(['provider', 'new', 'acme', ...argv], { cwd })).stderr;
    expect(await rejected(['--secret', 'k'])).toContain('--secret goes with --from');
    expect(await rejected(['--entry', '1'])).toContain('--entry goes with --from');
    expect(await rejected(['--from', '-', '--secret', '-'])).toContain('Standard input can be read once only');
    expect(readdirSync(cwd)).toEqual([]);
  });
});
