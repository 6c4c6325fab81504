import { appendFileSync, chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { folderOf } from '../support/folder.js';
import { filesBelow, loggedProject } from './project.js';

const order = ['send', 'scalev', 'order.created', '--to'];
const answer = (status: number, body = 'ok') =>
  `HTTP/1.1 ${status} -\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

describe('the delivery log', () => {
  it('keeps what was sent and answered, to the byte', async () => {
    const project = loggedProject();
    const server = await captureServer(answer(503, 'try later'));
    const sent = await project.run([...order, `${server.url}/hook?x=1`, '--json']);
    const [line] = sent.json;
    const { headers, body } = server.requests[0]!;
    expect(await project.kept()).toEqual([
      {
        ...line,
        type: 'kept',
        key: expect.stringMatching(/^[0-9a-f]{12}$/),
        run: expect.stringMatching(/^[0-9a-f]{12}$/),
        command: 'send',
        purpose: 'event',
        caseName: null,
        resendOf: null,
        target: null,
        unixSocket: null,
        resolve: {},
        secretHeaders: [],
        request: {
          method: 'POST',
          headers: headers.filter(([name]) => !/^(host|connection|content-length)$/.test(name)),
          bytes: body.length,
          sha256: line.request.sha256,
          framing: 'length',
          body: body.toString(),
        },
      },
    ]);
    expect(line.attempts[0].response.body).toBe('try later');
  });

  it('lists the newest at the end, each on a line', async () => {
    const project = loggedProject();
    const server = await captureServer(({ body }) => answer(body.includes('order.deleted') ? 500 : 200));
    await project.run(['send', 'scalev', 'order.created', 'order.deleted', '--to', `${server.url}/hook`]);
    await project.run([...order, 'demo', '-q']);
    const { stdout, stderr, exitCode } = await project.run(['log']);
    const host = new URL(server.url).host;
    const patterns = [
      String.raw`[0-9a-f]{8} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d ✓ 200 scalev order\.created [\d.]+ ms  to ${host}/hook`,
      String.raw`[0-9a-f]{8} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d ✗ 500 scalev order\.deleted [\d.]+ ms  rejected, to ${host}/hook`,
      String.raw`[0-9a-f]{8} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d ✓ 200 scalev order\.created [\d.]+ ms  to demo`,
    ];
    expect(stdout).toMatch(new RegExp(`^${patterns.join('\n')}\n$`));
    expect([stderr, exitCode]).toEqual(['', 0]);
  });

  it('tells attempts, variants, forgeries and what was expected', async () => {
    const project = loggedProject();
    const { url } = await captureServer(answer(401));
    await project.run([...order, url, '--variant', 'legacy-2025', '--schedule', '1s', '--speed', 'instant']);
    await project.run([...order, url, '--forge', 'wrong-secret', '--expect', '401']);
    const [first, second] = (await project.run(['log'])).stdout.split('\n');
    expect(first).toMatch(/✗ 401 scalev order\.created \(legacy-2025\) .* rejected, 2 attempts, to /);
    expect(second).toMatch(/✓ 401 scalev order\.created \[wrong-secret\] .* rejected, as expected, to /);
  });

  it('chooses by provider, event, outcome, failure, time and number', async () => {
    const project = loggedProject();
    const server = await captureServer(({ body }) => answer(body.includes('order.deleted') ? 500 : 200));
    const send = (...argv: string[]) => project.run(['send', ...argv, '--to', server.url]);
    await send('scalev', 'order.created', 'order.deleted');
    await send('webconnex', 'registration');
    await project.run(['send', 'bharatcart', 'order.paid', '--to', '127.0.0.1:1', '--timeout', '1s']);
    const events = async (...flags: string[]) =>
      (await project.run(['log', '--json', ...flags])).json.map(({ event }) => event);
    expect(await events()).toEqual(['order.created', 'order.deleted', 'registration', 'order.paid']);
    expect(await events('--provider', 'scalev')).toEqual(['order.created', 'order.deleted']);
    expect(await events('--event', 'order.*')).toEqual(['order.created', 'order.deleted', 'order.paid']);
    expect(await events('--event', 'order.created')).toEqual(['order.created']);
    expect(await events('--event', 'order')).toEqual([]);
    expect(await events('--outcome', 'rejected')).toEqual(['order.deleted']);
    expect(await events('--outcome', 'unreachable')).toEqual(['order.paid']);
    expect(await events('--failed')).toEqual(['order.deleted', 'order.paid']);
    expect(await events('--limit', '2')).toEqual(['registration', 'order.paid']);
    expect(await events('--since', '1h')).toHaveLength(4);
    expect(await events('--since', '2999-01-01')).toEqual([]);
    const later = Date.now() + 7_200_000;
    expect((await project.run(['log', '--since', '1h'], { now: later })).stdout).toBe('');
    expect((await project.run(['log', '--since', '3h', '--json'], { now: later })).json).toHaveLength(4);
    expect((await project.run(['log', '--limit', '1'])).stderr).toBe(
      'There are earlier ones; show more with --limit 5.\n',
    );
    expect((await project.run(['log', 'last', '--failed', '--json'])).json[0].event).toBe('order.paid');
    expect((await project.run(['log', 'last', '--provider', 'webconnex', '--json'])).json[0].event).toBe(
      'registration',
    );
  });

  it('shows one whole, by its key, by its id and how they begin', async () => {
    const project = loggedProject();
    const server = await captureServer(answer(418, 'I am a\u001b[31m teapot'));
    await project.run([...order, `${server.url}/hook`, '--set', 'data.notes=line\u001b[2Jone']);
    const [{ key, id }] = await project.kept();
    for (const name of ['last', key, key.slice(0, 8), id, id.slice(0, 8), id.toUpperCase()]) {
      const { stdout, exitCode } = await project.run(['log', name]);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`  delivery ${id}\n`);
      expect(stdout).toMatch(
        /\n {2}POST http:\/\/127\.0\.0\.1:\d+\/hook · [\d,]+ bytes\n {4}Content-Type: application\/json\n/,
      );
      expect(stdout).toContain('line\\u001b[2Jone');
      expect(stdout).toContain('\n    I am a\\x1b[31m teapot\n');
      expect(stdout).not.toContain('\u001b');
    }
    const { json } = await project.run(['log', key, '--json']);
    expect(json).toEqual(await project.kept());
  });

  it('is the same for all folders of a project, and another for each project', async () => {
    const project = loggedProject({ 'webhook-sim.config.yaml': 'target: demo\n', 'deep/er/file': '' });
    await project.run(['send', 'scalev', 'order.created', '-q']);
    const { cli } = await import('../support/cli.js');
    const deeper = await cli(['log', '--json'], { env: project.env, cwd: join(project.cwd, 'deep/er') });
    expect(deeper.json).toHaveLength(1);
    const elsewhere = await cli(['log', '--json'], { env: project.env, cwd: folderOf({}) });
    expect([elsewhere.stdout, elsewhere.exitCode]).toEqual(['', 0]);
    expect(elsewhere.stderr).toMatch(/^Nothing of the kind is in the log of /);
    const about = filesBelow(project.state).find((path) => path.endsWith('project.json'))!;
    expect(JSON.parse(readFileSync(about, 'utf8'))).toEqual({ schemaVersion: 1, folder: project.cwd });
  });

  it('is for the user alone', async () => {
    const project = loggedProject();
    await project.run([...order, 'demo', '-q']);
    const files = filesBelow(project.state);
    expect(files).toHaveLength(2);
    for (const path of files) {
      expect(statSync(path).mode & 0o777).toBe(0o600);
      for (let folder = dirname(path); folder !== project.state; folder = dirname(folder)) {
        expect(statSync(folder).mode & 0o777).toBe(0o700);
      }
    }
  });

  it.each<[string, string[], Record<string, string>, Record<string, string>]>([
    ['--no-log', ['--no-log'], {}, {}],
    ['CI=true', [], { CI: 'true' }, {}],
    ['CI=1', [], { CI: '1' }, {}],
    ['log: false in the config', [], {}, { 'webhook-sim.config.yaml': 'log: false\n' }],
    ['no home', [], { XDG_STATE_HOME: '' }, {}],
  ])('keeps nothing with %s', async (_, flags, env, files) => {
    const project = loggedProject(files);
    const { exitCode, stderr } = await project.run([...order, 'demo', ...flags], { env });
    expect([exitCode, /log/.test(stderr)]).toEqual([0, false]);
    expect(filesBelow(project.state)).toEqual([]);
  });

  it.each([{ CI: '' }, { CI: 'false' }, { CI: '0' }])('keeps it with %o', async (env) => {
    const project = loggedProject();
    await project.run([...order, 'demo', '-q'], { env });
    expect(await project.kept()).toHaveLength(1);
  });

  it('does not make a home that is not there, and says so unless it is quiet', async () => {
    const home = join(folderOf({}), 'gone');
    const project = loggedProject();
    const env = { XDG_STATE_HOME: '', HOME: home };
    const { exitCode, stderr } = await project.run([...order, 'demo', '--count', '3'], { env });
    expect(exitCode).toBe(0);
    expect(
      stderr.match(/^The delivery log can't be written \(ENOENT in .*\)\. --no-log goes without\.$/gm),
    ).toHaveLength(1);
    expect((await project.run([...order, 'demo', '-q'], { env })).stderr).toBe('');
    expect(() => statSync(home)).toThrow('ENOENT');
  });

  it('is passed over where it can not be written', async () => {
    const project = loggedProject();
    writeFileSync(join(project.state, 'webhook-sim'), 'a file in the way');
    const { exitCode, stderr } = await project.run([...order, 'demo']);
    expect([exitCode, /The delivery log can't be written \(ENOTDIR in /.test(stderr)]).toEqual([0, true]);
  });

  it('leaves out what is torn or broken, and says so', async () => {
    const project = loggedProject();
    const { url } = await captureServer();
    await project.run([...order, url]);
    const file = filesBelow(project.state).find((path) => path.endsWith('deliveries.jsonl'))!;
    const whole = readFileSync(file, 'utf8').trim();
    const wrong: [string, string][] = [
      ['"type":"kept"', '"type":"other"'],
      ['"ok":true', '"ok":true,"attempts":[]'],
      ['"outcome":"accepted"', '"outcome":"splendid"'],
      ['"framing":"length"', '"framing":7'],
      ['"schemaVersion":1', '"schemaVersion":2'],
      ['"headers":[[', '"headers":[["a"],['],
    ];
    const broken = wrong.map(([from, to]) => {
      expect(whole).toContain(from);
      const line = whole.replace(from, to);
      // A later member of the same name wins.
      return from.startsWith('"ok"') ? line.replace(/"attempts":\[\{/, '"earlier":[{') : line;
    });
    appendFileSync(file, [...broken, 'null', '[]', '"x"', '{}', '\0\0\0', whole.slice(0, 300)].join('\n'));
    await project.run([...order, url]);
    const { json, stderr, exitCode } = await project.run(['log', '--json']);
    expect([json.length, exitCode]).toEqual([2, 0]);
    expect(stderr).toMatch(/^12 lines of .* are torn or broken and were left out\.\n$/);
    expect((await project.run(['log', '--json', '-q'])).stderr).toBe('');
  });

  it('says so where it can not be read', async () => {
    const project = loggedProject();
    await project.run([...order, 'demo', '-q']);
    const file = filesBelow(project.state).find((path) => path.endsWith('deliveries.jsonl'))!;
    const folder = dirname(file);
    const { rmSync } = await import('node:fs');
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    chmodSync(folder, 0o600);
    const { exitCode, stderr } = await project.run(['log']);
    expect(stderr).toMatch(/^webhook-sim: The delivery log in .* can't be read \(ENOTDIR\)\.\n$/);
    expect(exitCode).toBe(2);
  });

  it('forgets with --clear', async () => {
    const project = loggedProject();
    await project.run([...order, 'demo', '--count', '3', '-q']);
    expect(await project.run(['log', '--clear'])).toMatchObject({
      stdout: '',
      stderr: '3 deliveries are forgotten.\n',
      exitCode: 0,
    });
    expect(filesBelow(project.state)).toEqual([]);
    expect(await project.kept()).toEqual([]);
  });

  it('names its deliveries in completion', async () => {
    const project = loggedProject();
    await project.run([...order, 'demo', '-q']);
    const [{ key }] = await project.kept();
    const { stdout } = await project.run(['complete', '--shell', 'zsh', '--', 'resend', '']);
    expect(stdout).toMatch(new RegExp(`^last\tthe newest one\n${key.slice(0, 8)}\tscalev order\\.created 200, 20`));
  });

  it('keeps the beginning of a long answer, and only the last of several', async () => {
    const project = loggedProject();
    const { url } = await captureServer(answer(500, 'x'.repeat(10_000)));
    await project.run([...order, url, '--schedule', '1s,1s', '--speed', 'instant']);
    const [{ attempts }] = await project.kept();
    expect(attempts.map(({ response }: { response: unknown }) => response === null)).toEqual([true, true, false]);
    expect(attempts[2].response).toMatchObject({ bytes: 10_000, body: 'x'.repeat(4096), truncated: true });
  });
});
