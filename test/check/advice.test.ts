import { createHmac } from 'node:crypto';
import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cli } from '../support/cli.js';
import { secret as zooSecret } from '../zoo/facts.js';
import { isRunnable, programs } from '../zoo/programs.js';
import { start } from '../zoo/start.js';
import { checked } from './checked.js';
import { correct, equal, isJson, type Judge, type ReceivedRequest, receiver, secret } from './receiver.js';

const only = (names: string) => names.split(' ').flatMap((name) => ['--only', name]);
const few = only('no-signature random-signature tampered-body truncated-to-8 truncated-to-1 wrong-secret');
const ofPlain = ({ cases, summary }: Awaited<ReturnType<typeof checked>>) =>
  [cases.find(({ name }) => name === 'plain')!.fix, ...summary.findings.map(({ fix }: { fix: string }) => fix)].join(
    ' ',
  );

/** A port on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A small proxy, which answers 502 where nothing listens behind it. */
async function proxyTo(upstream: number): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const onward = ask({ host: '127.0.0.1', port: upstream, path: url, method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.writeHead(502, { Server: 'proxy' }).end('Bad Gateway'));
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
}

describe('where the plain event is not accepted, the advice is on what came:', () => {
  const suspects = /compare the secret|bytes of the body/i;

  it.each([
    [404, /path of the receiver into its address/],
    [405, /does not take POST/],
    [413, /limit for the size/],
    [415, /Content-Type/],
    [500, /log of the receiver/],
    [503, /takes no requests/],
    [302, /redirect/],
  ])('%i', async (status, advice) => {
    const result = await checked(await receiver(() => status), few);
    expect(ofPlain(result)).toMatch(advice);
    expect(ofPlain(result)).not.toMatch(suspects);
  });

  it('502 of a proxy before a program that does not run', async () => {
    const result = await checked(await proxyTo(await closedPort()), few);
    expect(ofPlain(result)).toMatch(/what a proxy answers/);
    expect(ofPlain(result)).not.toMatch(suspects);
  });

  it('nothing within the time limit', async () => {
    const result = await checked(await receiver(() => null), [...few, '--timeout', '200ms']);
    expect(ofPlain(result)).toMatch(/time limit/);
    expect(ofPlain(result)).not.toMatch(suspects);
  });

  it('no connection, where nothing listens', async () => {
    const result = await checked(`http://127.0.0.1:${await closedPort()}/`, few);
    expect(ofPlain(result)).toMatch(/nothing listens/);
    expect(ofPlain(result)).not.toMatch(suspects);
  });

  it('401 of a receiver with another secret, or that reads another header', async () => {
    const other: Judge = ({ body, signature }) =>
      equal(signature, createHmac('sha256', 'another').update(body).digest('base64')) ? 200 : 401;
    const elsewhere: Judge = ({ request, expected }) => (request.headers['x-signature'] === expected ? 200 : 401);
    for (const judge of [other, elsewhere]) {
      const result = await checked(await receiver(judge), few);
      expect(ofPlain(result)).toMatch(/Compare the secret .* finds X-Scalev-Hmac-Sha256/);
    }
  });
});

it('forgeries that are all rejected with 500 let nobody in, and it is said so', async () => {
  const throwing: Judge = (received) => {
    if (received.request.method === 'POST' && !equal(received.signature, received.expected))
      throw new Error('Wrong signature');
    return correct(received);
  };
  const { cases, summary, findings } = await checked(await receiver(throwing), few);
  expect(findings).toEqual(['forgeries-answered-5xx']);
  const texts = [...summary.findings, ...cases.filter(({ verdict }) => verdict === 'finding')].map(
    ({ why, fix }) => `${why} ${fix}`,
  );
  expect(texts.length).toBeGreaterThan(4);
  for (const text of texts) expect(text).not.toMatch(/anybody|can send/i);
  expect(summary.findings[0].title).toBe('Forgeries are answered with 500');
});

/** Checks a program of the zoo, which has a secret of its own. */
async function checkedProgram(url: string, flags: readonly string[]) {
  const { json } = await cli(['check', 'scalev', '--to', url, '--secret', zooSecret, '--json', ...flags]);
  return json.at(-1);
}

const python = { file: './faulty/receiver.py', provider: 'scalev', correct: false, finding: null, why: '' } as const;

it.each(['latin-1', 'json-dumps'])('a receiver in Python (%s) gets advice in Python, and no other', async (form) => {
  const { url, stop } = await start({ ...python, form, run: programs.python });
  onTestFinished(stop);
  const { findings } = await checkedProgram(url, only('non-ascii dialect-python dialect-pretty'));
  const [{ fix }] = findings;
  expect(fix).toMatch(/request\.get_data\(\)/);
  expect(fix).not.toMatch(/express|rawBody|php|latin1/i);
});

it.skipIf(!isRunnable('receiver.rb'))('a receiver in Ruby gets no code of another language', async () => {
  const { url, stop } = await start({
    ...python,
    file: './faulty/receiver.rb',
    form: 'start-with',
    run: programs.ruby,
  });
  onTestFinished(stop);
  const { findings } = await checkedProgram(url, few);
  for (const { fix } of findings) expect(fix).not.toMatch(/express|timingSafeEqual|compare_digest|hash_equals/);
});

const verifying =
  (verify: (received: ReceivedRequest) => boolean): Judge =>
  (received) => {
    if (received.request.method !== 'POST') return 405;
    return verify(received) ? (isJson(received.body) ? 200 : 400) : 401;
  };
const sign = (content: string | Buffer) => createHmac('sha256', secret).update(content).digest('base64');
const whole = ({ signature, expected }: ReceivedRequest) => equal(signature, expected);

/** A finding, the receiver that has it, and the same after what the printed advice says was done. */
const mended: [finding: string, names: string, faulty: Judge, advice: RegExp, after: Judge][] = [
  [
    'missing-header-accepted',
    'no-signature random-signature empty-signature',
    verifying((received) => !received.signature || whole(received)),
    /Answer 401 where X-Scalev-Hmac-Sha256 is missing/,
    verifying((received) => received.signature !== undefined && received.signature !== '' && whole(received)),
  ],
  [
    'prefix-comparison',
    'random-signature no-signature truncated-to-1 truncated-to-8 tampered-body wrong-secret',
    verifying(({ signature, expected }) => !!signature && expected.startsWith(signature)),
    /Compare the whole received value.*timingSafeEqual/,
    verifying(whole),
  ],
  [
    'reserialised-body',
    'non-ascii dialect-pretty dialect-python',
    verifying(({ signature, body }) => isJson(body) && equal(signature, sign(JSON.stringify(JSON.parse(`${body}`))))),
    /Verify the bytes of the body as they came/,
    verifying(({ signature, body }) => equal(signature, sign(body))),
  ],
  [
    'undefined-secret-accepted',
    'undefined-secret random-signature wrong-secret',
    verifying(
      ({ signature, expected, body }) =>
        equal(signature, expected) || equal(signature, createHmac('sha256', 'undefined').update(body).digest('base64')),
    ),
    /verify with secrets that are set/,
    verifying(whole),
  ],
  [
    'forgeries-answered-5xx',
    'random-signature no-signature truncated-to-1 truncated-to-8 tampered-body wrong-secret',
    (received) => {
      if (received.request.method === 'POST' && !whole(received)) throw new Error('Wrong signature');
      return correct(received);
    },
    /Catch errors while verifying, and answer 401/,
    (received) => {
      try {
        if (received.request.method === 'POST' && !whole(received)) throw new Error('Wrong signature');
      } catch {
        return 401;
      }
      return correct(received);
    },
  ],
  [
    'crash-on-bad-json',
    'malformed-json',
    (received) => {
      if (received.request.method !== 'POST') return 405;
      if (!whole(received)) return 401;
      JSON.parse(`${received.body}`);
      return 200;
    },
    /Catch what the parser says .* answer 400/,
    correct,
  ],
];

it.each(mended)('%s is no more after its advice was followed', async (finding, names, faulty, advice, after) => {
  const before = await checked(await receiver(faulty), only(names));
  const named = before.summary.findings.find(({ name }: { name: string }) => name === finding);
  expect(named?.fix).toMatch(advice);
  const result = await checked(await receiver(after), only(names));
  expect([result.exitCode, result.findings]).toEqual([0, []]);
});
