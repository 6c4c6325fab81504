import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checked } from './checked.js';
import { correct, equal, type Judge, type ProviderName, receiver, secret } from './receiver.js';

/** One whose signature is in base64, and one in hex; test/check/counts.test.ts has all. */
const providers: readonly ProviderName[] = ['scalev', 'webconnex'];

describe('a correct receiver is told to be safe', () => {
  it.each(providers)('for %s, on node:http', async (provider) => {
    const { exitCode, summary, named, findings } = await checked(await receiver(correct, provider), [], { provider });
    expect({ exitCode, findings, failed: named('finding'), warned: remarks(named) }).toEqual({
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

/** Variations of correct receivers, several at once, with the warnings about them. */
const differently: [what: string, judge: Judge, warned: string[]][] = [
  [
    'answers GET with a page, says 403 to forgeries, and takes a body of 512 KiB',
    async (received) => {
      if (received.request.method === 'GET') return 200;
      const status = await correct(received);
      if (status === 401) return 403;
      return status === 200 && received.body.length > 512 * 1024 ? 413 : status;
    },
    ['padded-1m', 'unsigned-get'],
  ],
  [
    'answers 501 to other methods, and says 409 to what it knows',
    (() => {
      const seen = new Set<string>();
      return (received) => {
        if (received.request.method !== 'POST') return 501;
        const status = correct(received);
        if (status !== 200 || !received.signature) return status;
        if (seen.has(received.signature)) return 409;
        seen.add(received.signature);
        return 200;
      };
    })(),
    ['same-twice'],
  ],
  [
    'answers every other method with 204, and says 404 to events that it does not know',
    (received) => {
      if (received.request.method !== 'POST') return 204;
      return received.body.includes('webhook_sim.unknown') && correct(received) === 200 ? 404 : correct(received);
    },
    ['unknown-event'],
  ],
];

/** The names of the cases with a remark, but of one whose time a busy machine stretches, on which the receiver is, too. */
const remarks = (named: (verdict: string) => string[]) => named('remark').filter((name) => name !== '20-at-once');

describe('a correct receiver gets no false alarm where it', () => {
  it.each(differently)('%s', async (_, judge, warned) => {
    const { exitCode, summary, named, findings } = await checked(await receiver(judge));
    expect({ exitCode, findings, failed: named('finding'), warned: remarks(named).sort() }).toEqual({
      exitCode: 0,
      findings: [],
      failed: [],
      warned,
    });
    expect(summary.grade).toBe('A');
    expect(summary.counts.remark).toBe(named('remark').length);
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
