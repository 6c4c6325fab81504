import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checked } from './checked.js';
import { correct, equal, facts, type Judge, type ProviderName, receiver, secret } from './receiver.js';

const providers = Object.keys(facts) as ProviderName[];

describe('a correct receiver is told to be safe', () => {
  it.each(providers)('for %s, on node:http', async (provider) => {
    const { exitCode, summary, named, findings } = await checked(await receiver(correct, provider), [], { provider });
    expect({ exitCode, findings, failed: named('finding'), warned: named('remark') }).toEqual({
      exitCode: 0,
      findings: [],
      failed: [],
      warned: [],
    });
    expect(summary).toMatchObject({ grade: 'A', reached: true, incomplete: null, interrupted: false });
  });

  it('on Express with the raw body, for JSON only', async () => {
    const app = express();
    app.post('/hooks', express.raw({ type: 'application/json', limit: '2mb' }), (req, res) => {
      if (!Buffer.isBuffer(req.body)) return void res.sendStatus(415);
      const expected = createHmac('sha256', secret).update(req.body).digest('base64');
      res.sendStatus(equal(req.get('X-Scalev-Hmac-Sha256'), expected) ? 200 : 401);
    });
    const server = createServer(app).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const { exitCode, summary } = await checked(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`);
    expect([exitCode, summary.grade, summary.findings]).toEqual([0, 'A', []]);
  });
});

/** What correct receivers may do differently, and what they are warned of. */
const differently: [what: string, judge: Judge, warned: string[]][] = [
  ['answers GET with a page', (came) => (came.request.method === 'GET' ? 200 : correct(came)), ['unsigned-get']],
  ['answers 501 to other methods', (came) => (came.request.method === 'POST' ? correct(came) : 501), []],
  ['answers every other method with 204', (came) => (came.request.method === 'POST' ? correct(came) : 204), []],
  ['says 403 to forgeries', async (came) => ((await correct(came)) === 401 ? 403 : correct(came)), []],
  ['takes a body of 512 KiB', (came) => (came.body.length > 512 * 1024 ? 413 : correct(came)), ['padded-1m']],
  [
    'says 409 to what it knows',
    (() => {
      const seen = new Set<string>();
      return (came) => {
        const status = correct(came);
        if (status !== 200 || !came.signature) return status;
        if (seen.has(came.signature)) return 409;
        seen.add(came.signature);
        return 200;
      };
    })(),
    ['same-twice'],
  ],
  [
    'says 404 to events that it does not know',
    (came) => (came.body.includes('webhook_sim.unknown') && correct(came) === 200 ? 404 : correct(came)),
    ['unknown-event'],
  ],
];

describe('a correct receiver gets no false alarm where it', () => {
  it.each(differently)('%s', async (_, judge, warned) => {
    const { exitCode, summary, named, findings } = await checked(await receiver(judge));
    expect({ exitCode, findings, failed: named('finding'), warned: named('remark') }).toEqual({
      exitCode: 0,
      findings: [],
      failed: [],
      warned,
    });
    expect(summary.grade).toBe('A');
    expect(summary.counts.remark).toBe(warned.length);
  });

  it('writes the body anew, as Covver documents it', async () => {
    const url = await receiver(({ request, body, signature }) => {
      if (request.method !== 'POST') return 405;
      try {
        const text = JSON.stringify(JSON.parse(body.toString()));
        return equal(signature, createHmac('sha256', secret).update(text).digest('base64')) ? 200 : 401;
      } catch {
        return 400;
      }
    }, 'covver');
    const { exitCode, summary, named, cases } = await checked(url, [], { provider: 'covver' });
    expect([exitCode, summary.grade, summary.findings, named('finding')]).toEqual([0, 'A', [], []]);
    expect(named('remark')).toEqual(expect.arrayContaining(['dialect-pretty', 'dialect-python', 'dialect-php']));
    expect(cases.find(({ name }) => name === 'dialect-pretty').reason).toContain("the provider's documented verifier");
  });
});
