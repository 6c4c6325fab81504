import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runSuite } from '../../src/index.js';
import { captureServer } from '../support/capture.js';
import { folderOf } from '../support/folder.js';
import { freePort } from '../support/rude.js';
import { isGenuine, secret } from './proof.js';

const suite = `vars: { mine: env:SCALEV_OF_TEST }
defaults: { secret: env:SCALEV_OF_TEST }
cases:
  - { name: taken, send: scalev order.created }
  - { name: rejected, send: scalev order.created, forge: wrong-secret }
  - { name: order-flow, flow: scalev spam }
`;

function suiteFile(text = suite): string {
  return join(folderOf({ 'smoke.webhooks.yaml': text, '.env': `SCALEV_OF_TEST=${secret}` }), 'smoke.webhooks.yaml');
}

describe('runSuite', () => {
  it('runs the cases of a file and tells each, as the JSON lines do', async () => {
    const server = await captureServer(({ header, body }) => {
      const status = isGenuine(header('X-Scalev-Hmac-Sha256'), body) ? 200 : 401;
      return `HTTP/1.1 ${status} -\r\nContent-Length: 0\r\n\r\n`;
    });
    const result = await runSuite({ suites: [suiteFile()], to: server.url, coverage: true, maxLatency: 'max=1h' });
    expect(result).toMatchObject({ ok: true, exitCode: 0, notes: [] });
    expect(result.results.map(({ name, status }) => [name, status])).toEqual([
      ['taken', 'passed'],
      ['rejected', 'passed'],
      ['order-flow', 'passed'],
    ]);
    expect(result.summary).toMatchObject({
      type: 'suite-summary',
      counts: { passed: 3, failed: 0 },
      coverage: [{ provider: 'scalev' }],
      budgets: [{ ok: true }],
    });
    expect(Object.isFrozen(result)).toBe(true);
  });

  it('tells what failed, chooses by name, stops, and holds to limits', async () => {
    const server = await captureServer();
    const file = suiteFile();
    const all = await runSuite({ suites: [file], to: server.url });
    expect(all).toMatchObject({ ok: false, exitCode: 1, summary: { counts: { passed: 2, failed: 1 } } });
    expect(all.results[1]).toMatchObject({ name: 'rejected', failures: [{ expectation: expect.any(String) }] });
    const first = await runSuite({ suites: [file], to: server.url, grep: /rejected|order-flow/, bail: true });
    expect(first.summary).toMatchObject({ bailed: true, counts: { failed: 1, skipped: 1 } });
    const strict = await runSuite({ suites: [file], to: server.url, grep: 'taken', minCoverage: '100%' });
    expect(strict).toMatchObject({ ok: false, exitCode: 1, summary: { counts: { failed: 0 } } });
  });

  it('starts the receiver that a command is, and stops it at the end', async () => {
    const port = await freePort();
    const script = `require('node:http').createServer((_, response) => response.end()).listen(${port}, '127.0.0.1')`;
    const { ok, results } = await runSuite({
      suites: [suiteFile('cases: [{ send: scalev order.created }]')],
      to: `127.0.0.1:${port}`,
      command: [process.execPath, '-e', script],
    });
    expect({ ok, statuses: results.map(({ status }) => status) }).toEqual({ ok: true, statuses: ['passed'] });
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
  });

  it('names what is wrong with options and suites before anything is sent', async () => {
    const server = await captureServer();
    const file = suiteFile();
    const wrong = (options: object) => expect(runSuite({ suites: [file], to: server.url, ...options })).rejects;
    await wrong({ shard: '3' }).toThrow(/^options\.shard/);
    await wrong({ waitFor: 'health' }).toThrow(/^options\.waitFor: "health"/);
    await wrong({ maxLatency: 'p96=1s' }).toThrow(/^options\.maxLatency/);
    await wrong({ grep: 'nothing' }).toThrow(/^options\.grep: no case matches nothing/);
    await wrong({ timeout: 0 }).toThrow(/^options\.timeout/);
    await wrong({ suites: ['none.webhooks.yaml'] }).toMatchObject({ code: 'UNKNOWN_SUITE' });
    await wrong({ suites: [suiteFile('cases: [{ send: scalev order.craeted }]')] }).toThrow(
      /smoke\.webhooks\.yaml:1:\d+/,
    );
    await wrong({ report: 'junit=a.xml' }).toThrow(/^There is no options\.report\./);
    expect(server.requests).toEqual([]);
  });

  it('ends with its signal', async () => {
    const server = await captureServer();
    const result = await runSuite({ suites: [suiteFile()], to: server.url, signal: AbortSignal.abort() });
    expect(result).toMatchObject({ ok: false, summary: { interrupted: true } });
    expect(server.requests).toEqual([]);
  });
});
