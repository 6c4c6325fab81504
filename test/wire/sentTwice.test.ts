import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { close, createDelivery, send, simulate } from '../../src/index.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { fine, onRequest, type RudeServer, rudeServer } from '../support/rude.js';

vi.mock('../../src/transport/stopwatch.js', async (actual) => ({
  ...(await actual<typeof import('../../src/transport/stopwatch.js')>()),
  // Idle connections do not age: a close is within 10 ms of the write on any machine.
  readStopwatch: () => 0,
}));

interface Faulty extends RudeServer {
  readonly requests: number;
}

/** Answers the first request on each connection, and closes it as soon as it has read a second one. */
async function closesWhenUsedAgain(): Promise<Faulty> {
  let requests = 0;
  const server = await rudeServer((socket: Socket) => {
    let here = 0;
    onRequest(() => {
      requests++;
      if (++here === 1) socket.write(fine);
      else socket.end();
    })(socket);
  });
  return Object.defineProperty(server, 'requests', { get: () => requests }) as Faulty;
}

const code = 'CLOSED_WHILE_IDLE';
const sending = (url: string) => ['send', 'scalev', 'order.created', '--to', url, '--count', '2'];

describe('what reached the receiver twice is two attempts', () => {
  it('in the text of send, also of a long run that lists failures only', async () => {
    const { url } = await closesWhenUsedAgain();
    const { stdout, exitCode } = await cli(sending(url));
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`attempt 1 (${code}): `);
    expect(stdout).toContain('attempt 2');
    expect(stdout).toMatch(/2 sent . 2 accepted . 1 sent again/);
    const long = await cli(['send', 'scalev', 'order.created', '--to', url, '--count', '201']);
    expect(long.stdout.split(`attempt 1 (${code}): `)).toHaveLength(201);
    expect(long.stdout).toContain('200 sent again');
  });

  it('in the JSON of send, whose counts are those of the receiver', async () => {
    const receiver = await closesWhenUsedAgain();
    const { json } = await cli([...sending(receiver.url), '--json', '-q']);
    expect(json[1].attempts.map(({ error, status }: never) => (error as { code?: string })?.code ?? status)).toEqual([
      code,
      200,
    ]);
    expect([json[2].attemptCount, json[2].resent, receiver.requests]).toEqual([3, 1, 3]);
  });

  it('in every report of a suite', async () => {
    const receiver = await closesWhenUsedAgain();
    const suite = `target: ${receiver.url}\ncases:\n  - { name: first, send: scalev order.created }\n  - { name: second, send: scalev order.created }\n`;
    const cwd = folderOf({ 'smoke.webhooks.yaml': suite });
    const kinds = ['junit', 'tap', 'har', 'html', 'json'];
    const reports = kinds.flatMap((kind) => ['--report', `${kind}=out.${kind}`]);
    const env = { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') };
    const { stdout, exitCode } = await cli(['run', ...reports, '--report', 'github'], { cwd, env });
    expect([exitCode, receiver.requests]).toEqual([0, 3]);
    const read = (name: string) => readFileSync(join(cwd, name), 'utf8');
    const [junit, tap, har, html, json] = kinds.map((kind) => read(`out.${kind}`)) as [
      string,
      string,
      string,
      string,
      string,
    ];

    expect(stdout).toContain(`attempt 1 (${code}): `);
    expect(stdout).toContain('2 deliveries, 1 sent again');

    expect(junit).toMatch(new RegExp(`name="second"[^]*POST \\S+: ${code} [^]*POST \\S+: 200 in`));
    expect(tap).toMatch(new RegExp(`second\n[^]*wire: .*${code} .*200 in`));
    expect(tap).toContain('2 deliveries, 1 sent again');
    const entries = JSON.parse(har).log.entries;
    expect(entries.map(statusAndCode)).toEqual([
      [200, undefined],
      [0, code],
      [200, undefined],
    ]);
    expect(html).toMatch(new RegExp(`Answer to attempt 1 of 2[^]*<code>${code}</code>[^]*Answer to attempt 2 of 2`));
    expect(html).toContain('1 sent again');
    expect(read('summary.md')).toMatch(new RegExp(`200, attempt 2|${code.replaceAll('_', '&#95;')}`));
    expect(read('summary.md')).toContain('1 sent again');
    expect(read('summary.md')).toContain('### Odd on the wire');
    const lines = json
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ sent: 2, attemptCount: 3, resent: 1 });
  });

  it('in the delivery log', async () => {
    const { url } = await closesWhenUsedAgain();
    const cwd = folderOf({ 'package.json': '{}' });
    const options = { cwd, env: { XDG_STATE_HOME: join(cwd, 'state'), HOME: cwd } };
    await cli([...sending(url), '-q'], options);
    expect((await cli(['log'], options)).stdout).toContain('2 attempts');
    expect((await cli(['log', 'last'], options)).stdout).toMatch(new RegExp(`attempt 1 .*${code}`));
    const kept = (await cli(['log', '--json'], options)).json;
    expect(kept.map(({ attempts }) => attempts.length)).toEqual([1, 2]);
  });

  it('in a check', async () => {
    const { url } = await closesWhenUsedAgain();
    const argv = ['check', 'scalev', '--to', url, '--only', 'same-twice'];
    const { json } = await cli([...argv, '--json', '-q']);
    const attempts = json.flatMap((line) => (line.type === 'case' ? line.attempts : []));
    const again = attempts.filter(({ error }) => error?.code === code).length;
    expect(again).toBeGreaterThan(0);
    expect(json.at(-1)).toMatchObject({
      type: 'check-summary',
      attemptCount: attempts.length,
      resent: again,
      warnings: 0,
    });
    const { stdout } = await cli(argv);
    expect(stdout).toContain(`attempt 1 (${code}): `);
    expect(stdout).toMatch(/, \d+ sent again/);
  });

  it('in the library', async () => {
    const receiver = await closesWhenUsedAgain();
    onTestFinished(() => void close());
    const options = { provider: 'scalev', url: receiver.url } as const;
    const once = { ...options, event: 'order.created' } as const;
    await send(await createDelivery(once));
    const second = await send(await createDelivery(once));
    expect(second.attempts.map(({ error, status }) => error?.code ?? status)).toEqual([code, 200]);
    expect([second.outcome, second.status, receiver.requests]).toEqual(['accepted', 200, 3]);
    const events = [];
    for await (const event of simulate({ ...options, events: ['order.created'], count: 2 })) events.push(event);
    expect(events.at(-1)).toMatchObject({ type: 'summary', sent: 2, attemptCount: 3, resent: 1 });
  });
});

function statusAndCode({
  response,
  _webhookSim,
}: {
  response: { status: number };
  _webhookSim: { error?: { code: string } };
}) {
  return [response.status, _webhookSim.error?.code];
}
