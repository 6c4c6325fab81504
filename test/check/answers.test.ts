import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { checked } from './checked.js';
import { correct, equal, facts, isJson, receiver, secret } from './receiver.js';

/** The facts of a request that a receiver knows when it answers. */
interface Judged {
  readonly isGenuine: boolean;
  readonly isEvent: boolean;
  readonly event: { readonly event?: string; readonly unique_id?: string };
  readonly count: number;
}

/** A receiver that answers 200 with a body to all that is posted. */
async function answering(body: (judged: Judged) => string, isVerified = true): Promise<string> {
  let count = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const received = Buffer.concat(chunks);
    const expected = createHmac('sha256', secret).update(received).digest('base64');
    const isGenuine = !isVerified || equal(request.headers[facts.scalev[0]] as string | undefined, expected);
    const isEvent = isJson(received);
    const event = isEvent ? (JSON.parse(received.toString()) ?? {}) : {};
    response.statusCode = request.method === 'POST' ? 200 : 405;
    response.end(request.method === 'POST' ? body({ isGenuine, isEvent, event, count: ++count }) : '');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
}

/** The id, the time and a counter are others in each answer, and the event is what was asked for. */
const volatile = ({ event, count }: Judged) => ({
  request: randomUUID(),
  at: new Date().toISOString(),
  count,
  event: event.event ?? null,
  id: event.unique_id ?? null,
});
const some = ['--skip', 'must-not-break', '--skip', '20-at-once'];

describe('a rejection that is written in an answer of 2xx', () => {
  const rejecting = (judged: Judged) => JSON.stringify({ ok: judged.isGenuine, ...volatile(judged) });

  it('is not judged, as it can not be told from an acceptance', async () => {
    const { exitCode, findings, summary, cases } = await checked(await answering(rejecting), some);
    expect([exitCode, findings]).toEqual([1, []]);
    expect(summary.remarks.map(({ name }: { name: string }) => name)).toContain('rejection-answered-2xx');
    expect(cases.find(({ name }) => name === 'wrong-secret')).toMatchObject({
      verdict: 'not_judged',
      reason: 'answered 200 with another body than what is genuine',
    });
    expect(summary.incomplete).toContain('with another body');
  });

  it('is a rejection where --expect says what one looks like', async () => {
    const { exitCode, findings, named } = await checked(await answering(rejecting), [
      ...some,
      '--expect',
      'body:"ok":false',
    ]);
    expect([exitCode, findings, named('not_judged').length]).toEqual([0, [], expect.any(Number)]);
    expect(named('passed')).toContain('wrong-secret');
  });

  it.each([
    ['without what one looks like', '', 1, /too little was judged/],
    ['with it', `, expect: { status: 'body:"ok":false' }`, 0, /^$/],
  ])('is no finding in a suite, %s', async (_, expected, exitCode, failure) => {
    const url = await answering(rejecting);
    const only = '[wrong-secret, sha1, tampered-body, no-signature]';
    const suite = `cases:\n  - { check: scalev, to: "${url}", secret: env:OF_SCALEV, only: ${only}${expected} }\n`;
    const ran = await cli(['run', '--json'], {
      cwd: folderOf({ 'any.webhooks.yaml': suite }),
      env: { OF_SCALEV: secret },
    });
    const [result] = ran.json.filter(({ type }) => type === 'result');
    expect(ran.exitCode, ran.stderr).toBe(exitCode);
    expect(result.failures.map(({ message }: { message: string }) => message).join()).toMatch(failure);
  });

  it('written as a status, too, which then rejects nothing else', async () => {
    const url = await receiver((received) => (correct(received) === 401 ? 202 : correct(received)));
    const only = ['--only', 'wrong-secret', '--only', 'sha1', '--only', 'tampered-body'];
    const { exitCode, named } = await checked(url, ['--expect', '202,4xx', ...only]);
    expect([exitCode, named('passed')]).toEqual([0, expect.arrayContaining(['wrong-secret', 'sha1', 'tampered-body'])]);
  });

  it.each([
    ['a code', ({ isGenuine }: Judged) => `{"code":${isGenuine ? 0 : 40_001}}`],
    ['a word', ({ isGenuine }: Judged) => (isGenuine ? 'ok' : 'bad signature')],
  ])('is told apart by %s', async (_, body) => {
    const { findings, named } = await checked(await answering(body), ['--only', 'wrong-secret', '--only', 'sha1']);
    expect([findings, named('finding')]).toEqual([[], []]);
    expect(named('not_judged')).toEqual(expect.arrayContaining(['wrong-secret', 'sha1']));
  });
});

describe('a receiver that accepts forgeries is found', () => {
  it.each([
    ['ids and times of their own', (judged: Judged) => JSON.stringify({ ok: true, ...volatile(judged) })],
    ['text at random', ({ count }: Judged) => Array.from({ length: 1 + (count % 9) }, () => randomUUID()).join(' ')],
  ])('though its answers have %s', async (_, body) => {
    const only = ['wrong-secret', 'random-signature', 'tampered-body', 'no-signature'].flatMap((name) => [
      '--only',
      name,
    ]);
    const { exitCode, findings } = await checked(await answering(body, false), only);
    expect([exitCode, findings]).toEqual([1, ['no-verification']]);
  });
});

it.each([
  ['body:', 'needs the text'],
  ['teapot', 'is not a status'],
])('--expect %s is rejected', async (rule, words) => {
  const { exitCode, stderr, cases } = await checked('http://127.0.0.1:9/', ['--expect', rule]);
  expect([exitCode, cases]).toEqual([2, []]);
  expect(stderr).toContain(words);
});
