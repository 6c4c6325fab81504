import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';

const answer = (status: string, headers = '', body = '') =>
  `HTTP/1.1 ${status}\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

describe('send', () => {
  it('prints one line with time, mark, status, provider, event and milliseconds', async () => {
    const server = await captureServer();
    const { exitCode, stdout, stderr } = await cli(['send', 'scalev', 'order.created', '--to', server.url]);
    expect(stdout).toMatch(/^\d\d:\d\d:\d\d ✓ 200 scalev order\.created \d+(\.\d+)? ms\n$/);
    expect(stderr).toBe(
      `Scalev to ${server.url}/, signed with the sample secret "scalev-sample-secret" (give yours with --secret or SCALEV_SIGNING_SECRET)\n`,
    );
    expect(exitCode).toBe(0);
  });

  it.each([
    ['200 OK', [], 'accepted', 0],
    ['204 No Content', [], 'accepted', 0],
    ['302 Found', [], 'rejected', 1],
    ['401 Unauthorized', [], 'rejected', 1],
    ['401 Unauthorized', ['--expect', '401'], 'rejected', 0],
    ['401 Unauthorized', ['--expect', '4xx'], 'rejected', 0],
    ['200 OK', ['--expect', '401'], 'accepted', 1],
    ['202 Accepted', ['--expect', '200,204'], 'accepted', 1],
    ['500 Internal Server Error', [], 'rejected', 1],
  ])('%s with %j is %s and exits %i', async (status, flags, outcome, code) => {
    const server = await captureServer(answer(status));
    const result = await cli(['send', 'scalev', 'order.created', '--to', server.url, '--json', '-q', ...flags]);
    expect(result.json[0]).toMatchObject({ outcome, ok: code === 0 });
    expect(result.exitCode).toBe(code);
    expect(result.stderr).toBe('');
  });

  it('holds business.test_event to exactly 200, as Scalev does', async () => {
    const server = await captureServer(answer('204 No Content'));
    const result = await cli([
      'send',
      'scalev',
      'business.test_event',
      'order.created',
      '--to',
      server.url,
      '--json',
      '-q',
    ]);
    expect(result.json.map(({ outcome }) => outcome).slice(0, 2)).toEqual(['rejected', 'accepted']);
    expect(result.exitCode).toBe(1);
  });

  it('writes the documented JSON line', async () => {
    const server = await captureServer(answer('200 OK', 'content-type: text/plain\r\n', 'ok'));
    const { json } = await cli(['send', 'scalev', 'order.deleted', '--to', `${server.url}/in?x=1`, '--json'], {
      now: Date.parse('2026-03-04T05:06:07Z'),
    });
    const [delivery, summary] = json;
    expect(delivery).toEqual({
      schemaVersion: 1,
      type: 'delivery',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      provider: 'scalev',
      event: 'order.deleted',
      variant: null,
      forge: null,
      url: `${server.url}/in?x=1`,
      outcome: 'accepted',
      ok: true,
      fault: null,
      copy: null,
      request: {
        method: 'POST',
        headers: [
          ['Content-Type', 'application/json'],
          ['X-Scalev-Hmac-Sha256', server.requests[0]!.header('x-scalev-hmac-sha256')],
        ],
        bytes: 320,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      attempts: [
        {
          number: 1,
          scheduledAtMs: 0,
          startedAt: '2026-03-04T05:06:07.000Z',
          remoteAddress: `127.0.0.1:${server.port}`,
          status: 200,
          timing: {
            dnsMs: null,
            connectMs: expect.any(Number),
            tlsMs: null,
            sendMs: expect.any(Number),
            waitMs: expect.any(Number),
            receiveMs: expect.any(Number),
            totalMs: expect.any(Number),
            reused: false,
          },
          response: {
            headers: [
              ['content-type', 'text/plain'],
              ['Content-Length', '2'],
            ],
            bytes: 2,
            body: 'ok',
            truncated: false,
          },
          error: null,
        },
      ],
    });
    expect(summary).toEqual({
      schemaVersion: 1,
      type: 'summary',
      sent: 1,
      accepted: 1,
      ok: 1,
      outcomes: { accepted: 1, rejected: 0, timed_out: 0, broken: 0, unreachable: 0 },
      latencyMs: {
        min: expect.any(Number),
        mean: expect.any(Number),
        p50: expect.any(Number),
        p95: expect.any(Number),
        p99: expect.any(Number),
        max: expect.any(Number),
      },
      interrupted: false,
      attemptCount: 1,
      disabled: [],
      withheld: 0,
      resent: 0,
      warnings: 0,
    });
  });

  it('renews the ids that receivers de-duplicate on and the event time, and nothing else', async () => {
    const server = await captureServer();
    const now = Date.parse('2026-06-01T12:00:00Z');
    await cli(['send', 'scalev', 'order.created', '--count', '2', '--to', server.url], { now });
    const [one, two] = server.requests.map(({ body }) => JSON.parse(body.toString()));
    expect(one.unique_id).toMatch(/^event_[A-Za-z0-9]{24}$/);
    expect(one.unique_id).not.toBe(two.unique_id);
    expect(one.timestamp).toMatch(/^2026-06-01T12:00:00\.000\d{3}Z$/);
    expect({ ...one, unique_id: 0, timestamp: 0 }).toEqual({ ...two, unique_id: 0, timestamp: 0 });
    expect(one.data.order_id).toBe('260114KQXRTM');
  });

  it('sends the same bytes again with --seed and --now', async () => {
    const server = await captureServer();
    for (let i = 0; i < 2; i++) {
      await cli([
        'send',
        'scalev',
        '--all',
        '--fresh',
        'all',
        '--seed',
        '7',
        '--now',
        '2026-06-01T12:00:00Z',
        '--to',
        server.url,
      ]);
    }
    const all = server.requests.map(({ headers, body }) => JSON.stringify([headers, body.toString('latin1')]));
    expect(all).toHaveLength(24);
    expect(all.slice(0, 12)).toEqual(all.slice(12));
    expect(new Set(all).size).toBe(12);
  });

  it('sends --data as it is and rejects what is not JSON, sends --raw unparsed', async () => {
    const server = await captureServer();
    await cli(['send', 'scalev', 'order.created', '--data', '-', '--to', server.url], { stdin: '{ "event" : "x" }\n' });
    await cli(['send', 'scalev', 'order.created', '--raw', '-', '--to', server.url], {
      stdin: Buffer.from([0, 255, 10]),
    });
    expect(server.requests.map(({ body }) => body.toString('latin1'))).toEqual([
      '{ "event" : "x" }\n',
      '\u0000\u00ff\n',
    ]);
    const expected = createHmac('sha256', 'scalev-sample-secret')
      .update(Buffer.from([0, 255, 10]))
      .digest('base64');
    expect(server.requests[1]!.header('X-Scalev-Hmac-Sha256')).toBe(expected);
  });

  it('takes the first secret that the environment has, ours first, and says which', async () => {
    const server = await captureServer();
    const env = { SCALEV_CLIENT_SECRET: 'old', SCALEV_SIGNING_SECRET: 'new' };
    const { stderr } = await cli(['send', 'scalev', 'order.created', '--raw', '-', '--to', server.url], {
      env,
      stdin: 'x',
    });
    expect(stderr).toMatch(/signed with the secret of env:SCALEV_SIGNING_SECRET \(fingerprint [0-9a-f]{8}\)/);
    expect(server.requests[0]!.header('X-Scalev-Hmac-Sha256')).toBe(
      createHmac('sha256', 'new').update('x').digest('base64'),
    );
    await cli(['send', 'scalev', 'order.created', '--raw', '-', '--to', server.url], {
      env: { ...env, WEBHOOK_SIM_SCALEV_SECRET: 'ours' },
      stdin: 'x',
    });
    expect(server.requests[1]!.header('X-Scalev-Hmac-Sha256')).toBe(
      createHmac('sha256', 'ours').update('x').digest('base64'),
    );
  });

  it('drops one trailing newline of a secret from standard input', async () => {
    const server = await captureServer();
    const { exitCode } = await cli(
      ['send', 'scalev', 'business.test_event', '--exact', '--secret', '-', '--to', server.url],
      {
        stdin: 'sk_sim_scalev_0001\n',
      },
    );
    expect(exitCode).toBe(0);
    // Literal: openssl, crypto-js and Python agree on it.
    expect(server.requests[0]!.header('X-Scalev-Hmac-Sha256')).toBe('ypaLTI7ANk28Zvhr0hGOcHT2rhKFdlhOvdDpESOLnEs=');
  });

  it('gives a hint once when a signature is rejected', async () => {
    const server = await captureServer(answer('401 Unauthorized', '', 'bad signature'));
    const { stdout, stderr } = await cli(['send', 'scalev', 'order.*', '--to', server.url]);
    expect(stdout).toContain('  answer: bad signature\n');
    expect(stderr.match(/hint:/g)).toHaveLength(1);
    expect(stderr).toContain('in X-Scalev-Hmac-Sha256 (base64 of HMAC-SHA256)');
  });

  it.each([
    ['scalev', 'order.created', "Scalev names no time limit: this one is webhook-sim's own, or that of --timeout."],
    ['commercelayer', 'orders.place', 'Commerce Layer gives a receiver 5s (documented).'],
  ])('says whose time limit passed: %s', async (provider, event, hint) => {
    const server = await captureServer(() => '');
    const { exitCode, stderr } = await cli(['send', provider, event, '--timeout', '50ms', '--to', server.url]);
    expect(stderr).toContain(`hint: ${hint}`);
    expect(exitCode).toBe(4);
  });

  it('ends at once on an interrupt, with a partial summary', async () => {
    const interrupt = new AbortController();
    const server = await captureServer(() => {
      interrupt.abort('SIGINT');
      return '';
    });
    const { exitCode, json } = await cli(['send', 'scalev', 'order.created', '--json', '--to', server.url], {
      signal: interrupt.signal,
    });
    expect(json).toMatchObject([{ type: 'summary', sent: 0, interrupted: true }]);
    expect(exitCode).toBe(130);
  });
});

describe('the built-in receiver', () => {
  it('verifies, shows what arrived, and is said to test nothing of the user', async () => {
    const { exitCode, stdout, stderr } = await cli(['send', 'scalev', 'order.created']);
    expect(stdout).toMatch(/ ✓ 200 scalev order\.created /);
    expect(stderr).toContain('X-Scalev-Hmac-Sha256: ');
    expect(stderr).toContain('It verified the signature as Scalev documents it.');
    expect(stderr).toContain('Nothing of yours was tested');
    expect(exitCode).toBe(0);
  });

  it('rejects what is not signed', async () => {
    const { exitCode, stdout } = await cli([
      'send',
      'scalev',
      'order.created',
      '-H',
      'X-Scalev-Hmac-Sha256: AAAA',
      '--to',
      'demo',
    ]);
    expect(stdout).toMatch(/ ✗ 401 scalev order\.created /);
    expect(exitCode).toBe(1);
  });
});
