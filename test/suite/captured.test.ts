import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { answer, runJson, runSuite } from './run.js';

const dryRun = async (...more: string[]) =>
  (await cli(['send', ...more, '--to', 'http://old.example/hook?a=1', '--dry-run', '--seed', '3'])).stdout;
const stripe = () => dryRun('stripe', 'invoice.paid', '--now', '2026-01-31T09:00:00Z', '--secret', 'whsec_old');
const suite = (...cases: string[]) => `target: RECEIVER\ncases:\n${cases.map((each) => `  - ${each}\n`).join('')}`;
const signature = (headers: readonly (readonly [string, string])[]) =>
  headers.find(([name]) => name === 'Stripe-Signature')![1];

describe('a case sends a captured request', () => {
  it('renewed and signed again, as its own event, with fields set and removed', async () => {
    const captured = await stripe();
    const { results, requests, exitCode, stderr } = await runJson(
      suite(
        '{ send: stripe, from: it.http, set: { data.object.currency: sek }, unset: data.object.number, secret: env:NEW }',
        '{ send: stripe, from: it.http }',
      ),
      { files: { 'it.http': captured }, env: { NEW: 'whsec_new' } },
    );
    expect(exitCode, stderr).toBe(0);
    expect(results.map((result) => [result.case, result.event, result.status])).toEqual([
      ['stripe from it.http', 'invoice.paid', 'passed'],
      ['stripe from it.http (2)', 'invoice.paid', 'passed'],
    ]);
    const [first] = requests as [(typeof requests)[number]];
    const body = first.body.toString();
    expect(body).toContain('"currency": "sek"');
    expect(body).not.toContain('"number":');
    expect(captured).toContain('"number":');
    expect(signature(first.headers)).not.toBe(/Stripe-Signature: (.*)/.exec(captured)![1]);
    const verified = await cli(['verify', 'stripe', '-', '--secret', 'whsec_new'], {
      stdin: `${first.headers.map((pair) => pair.join(': ')).join('\n')}\n\n${body}`,
    });
    expect(verified.stdout).toMatch(/^✓ genuine/);
  });

  it('as it was with exact, one of several, and as an event that is named', async () => {
    const captured = await stripe();
    const har = JSON.stringify({
      log: {
        entries: [1, 2].map((at) => ({
          request: {
            method: 'POST',
            url: `http://old.example/${at}`,
            headers: [{ name: 'X-GitHub-Event', value: 'ping' }],
            postData: { text: `{"zen":"${at}"}` },
          },
        })),
      },
    });
    const { requests, results, exitCode, stderr } = await runJson(
      suite(
        '{ send: stripe, from: it.http, exact: true, expect: 200 }',
        '{ send: github ping, from: two.har, entry: 2, exact: true }',
      ),
      { files: { 'it.http': captured, 'two.har': har } },
    );
    expect(exitCode, stderr).toBe(0);
    expect(requests.map(({ requestLine }) => requestLine)).toEqual(['POST /hook?a=1 HTTP/1.1', 'POST /2 HTTP/1.1']);
    expect(signature(requests[0]!.headers)).toBe(/Stripe-Signature: (.*)/.exec(captured)![1]!.trim());
    expect(captured).toContain(requests[0]!.body.toString());
    expect(requests[1]!.body.toString()).toBe('{"zen":"2"}');
    expect(results.map(({ provider, event }) => `${provider} ${event}`)).toEqual([
      'stripe invoice.paid',
      'github ping',
    ]);
  });

  it('that an earlier case names, not the one that stood in for it', async () => {
    const request = (at: number) => `POST /${at} HTTP/1.1\r\nX-GitHub-Event: ping\r\n\r\n{"zen":"${at}"}`;
    const { requests, exitCode, stderr } = await runJson(
      suite(
        "{ send: github ping, from: 1.http, exact: true, capture: { at: { matches: 'at (.)' } } }",
        `{ send: github ping, from: '\${at}.http', exact: true }`,
      ),
      { files: { '1.http': request(1), '2.http': request(2) }, answer: answer(200, 'at 2') },
    );
    expect(exitCode, stderr).toBe(0);
    expect(requests.map(({ body }) => body.toString())).toEqual(['{"zen":"1"}', '{"zen":"2"}']);
  });

  it('tells what was odd about the capture, once', async () => {
    const captured = `${await dryRun('github', 'ping', '--json')}{"type":"dry-`;
    const { stderr, exitCode } = await runSuite(
      suite('{ send: github, from: it.jsonl }', '{ send: github, from: it.jsonl }'),
      {
        files: { 'it.jsonl': captured },
      },
    );
    expect(exitCode, stderr).toBe(0);
    expect(stderr.match(/note: Line 2 is not JSON/g)).toHaveLength(1);
  });

  it.each([
    [
      '{ send: stripe, from: it.http, data: it.http }',
      /:3:5: stripe from it\.http: from sends a captured request, and data something else/,
    ],
    ['{ send: stripe, from: it.http, variant: x }', /from sends a captured request, and variant something else/],
    [
      '{ send: stripe, from: it.http, exact: true, set: { a: 1 } }',
      /exact sends the captured request unchanged, set changes it/,
    ],
    [
      '{ send: stripe, from: it.http, exact: true, forge: no-signature }',
      /exact sends the captured request unchanged, forge changes it/,
    ],
    ['{ send: stripe invoice.paid, entry: 1 }', /entry chooses from a capture\. Name it with from/],
    ['{ send: stripe, from: nowhere.http }', /nowhere\.http: there is no such file/],
    ['{ send: stripe, from: it.http, entry: 7 }', /there is no entry 7: it holds one request/],
    ['{ send: stripe a b, from: it.http }', /A captured request is one event/],
    ['{ send: stripe, from: it.http, entry: 0 }', /entry: is less than 1/],
    ['{ check: stripe, from: it.http }', /cases\[0\]\.from: says nothing in a check/],
  ])('%s is an error, and nothing is sent', async (written, message) => {
    const { stderr, exitCode, requests } = await runSuite(suite(written), { files: { 'it.http': await stripe() } });
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
    expect(requests).toEqual([]);
  });
});
