import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { formProviders, otherProviders, projectOf } from './providers.js';

const run = promisify(execFile);
const cwd = () => projectOf({ ...formProviders, ...otherProviders });
const fixed = ['--seed', '1', '--now', '2026-01-31T12:00:00Z'];
const events = [
  ['pine', 'canceled'],
  ['parts', 'signed'],
  ['query', 'paid'],
  ['note', 'order.paid'],
  ['note', 'ping'],
  ['ship', 'track_updated'],
] as const;

describe.each(events)('%s %s', (provider, event) => {
  it('is the same request as raw HTTP and by curl as it is sent', async () => {
    const project = cwd();
    const { url, port, requests } = await captureServer();
    const at = [...fixed, '--to', `${url}/in`];
    expect((await cli(['send', provider, event, ...at], { cwd: project })).exitCode).toBe(0);
    const raw = join(project, 'raw');
    expect(
      (await cli(['export', provider, event, '--format', 'raw', '--out', raw, ...at], { cwd: project })).stderr,
    ).not.toContain('webhook-sim:');
    const { stdout: curl } = await cli(['export', provider, event, '--format', 'curl', ...at], { cwd: project });
    writeFileSync(join(project, 'send.sh'), curl);
    await run('sh', [join(project, 'send.sh')]);
    const { stdout: vectors } = await cli(['export', provider, event, ...at], { cwd: project });
    await pipe(join(raw, `${event}.http`), port);
    const [sent, byCurl, byHand] = requests.map(({ requestLine, headers, body }) => ({
      requestLine,
      body,
      headers: headers.filter(([name]) => !/^(host|connection|content-length|accept)$/i.test(name)),
    }));
    expect(byCurl).toEqual(sent);
    expect(byHand).toEqual(sent);
    const vector = JSON.parse(vectors).vectors.find(({ forge }: { forge: string | null }) => forge === null);
    const body = vector.bodyBase64 === undefined ? Buffer.from(vector.body) : Buffer.from(vector.bodyBase64, 'base64');
    expect([new URL(vector.url).search, body]).toEqual([
      new URL(sent!.requestLine.split(' ')[1]!, url).search,
      sent!.body,
    ]);
  });
});

it.each(events)('the HAR of %s %s is verified, as is what curl would send', async (provider, event) => {
  const project = cwd();
  for (const format of provider === 'parts' ? ['har', 'curl'] : ['har', 'raw', 'curl']) {
    const { stdout } = await cli(
      ['export', provider, event, '--format', format, ...fixed, '--to', 'http://localhost:3000/in'],
      { cwd: project },
    );
    const capture =
      format === 'curl' ? stdout.slice(stdout.search(/^(curl|printf) /m)).replace(/\necho\n[\s\S]*$/, '') : stdout;
    const {
      exitCode,
      stdout: verdict,
      stderr,
    } = await cli(['verify', provider, '-', '--now', '2026-01-31T12:00:00Z'], { cwd: project, stdin: capture });
    expect([format, exitCode, `${verdict}${stderr}`]).toEqual([
      format,
      0,
      expect.stringMatching(/genuine|fits|carries/i),
    ]);
  }
});

describe('verify', () => {
  it.each([
    ['query', /sign/],
    ['pine', /bt_signature/],
    ['parts', /json\.event\.hash/],
  ])(
    'says of a tampered request of %s that its signature does not fit, and where it stands',
    async (provider, place) => {
      const project = cwd();
      const event = events.find(([name]) => name === provider)![1];
      const { stdout } = await cli(
        ['send', provider, event, '--dry-run', '--forge', 'random-signature', '--to', ':3000', ...fixed],
        { cwd: project },
      );
      const { exitCode, stdout: verdict } = await cli(['verify', provider, '-'], { cwd: project, stdin: stdout });
      expect([exitCode, verdict]).toEqual([1, expect.stringMatching(place)]);
    },
  );
});

describe('resend', () => {
  it.each([
    ['pine', 'canceled'],
    ['query', 'paid'],
    ['kofi', 'Donation'],
    ['ship', 'track_updated'],
    ['parts', 'signed'],
  ])('sends what the log has of %s, a secret that it has not put in again', async (provider, event) => {
    const project = cwd();
    const env = { HOME: project, XDG_STATE_HOME: join(project, 'state') };
    const { url, requests } = await captureServer();
    const secret = ['--secret', 'the-real-secret-of-a-test'];
    const sent = await cli(['send', provider, event, '--to', `${url}/in`, ...secret], { cwd: project, env });
    expect([sent.exitCode, sent.stderr.includes('webhook-sim:')]).toEqual([0, false]);
    const again = await cli(['resend', ...(['kofi', 'ship'].includes(provider) ? secret : [])], {
      cwd: project,
      env,
    });
    expect([again.exitCode, again.stderr]).toEqual([0, again.stderr]);
    expect(requests[1]!.requestLine).toBe(requests[0]!.requestLine);
    expect(requests[1]!.body.toString()).toBe(requests[0]!.body.toString());
    expect(again.stdout + again.stderr).not.toContain('the-real-secret');
  });
});

it('--curl and --dry-run show no secret that a field or the query carries', async () => {
  const project = cwd();
  for (const [provider, event] of [
    ['kofi', 'Donation'],
    ['ship', 'track_updated'],
    ['flip', 'done'],
    ['fig', 'FILE_UPDATE'],
  ] as const)
    for (const flag of ['--curl', '--dry-run']) {
      const { stdout, exitCode } = await cli(
        ['send', provider, event, flag, '--to', ':3000', '--secret', 'the-real-secret-of-a-test'],
        { cwd: project },
      );
      expect([provider, flag, exitCode, stdout]).toEqual([
        provider,
        flag,
        0,
        expect.stringMatching(flag === '--curl' ? /'"\$SECRET"/ : /\(secret\)/),
      ]);
      expect(stdout).not.toContain('the-real-secret');
    }
});

async function pipe(file: string, port: number): Promise<void> {
  const { readFileSync } = await import('node:fs');
  const bytes = readFileSync(file);
  await new Promise<void>((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('error', reject);
    socket.once('data', () => socket.destroy());
    socket.on('close', () => resolve());
  });
}
