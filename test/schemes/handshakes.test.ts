import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../src/core/attempt.js';
import type { Handshake } from '../../src/core/handshake.js';
import { seededRandom } from '../../src/core/random.js';
import { type AwaitedAnswer, buildHandshake } from '../../src/handshake/handshake.js';
import { judgeHandshake } from '../../src/handshake/sendHandshakes.js';
import { verifyReceived } from '../../src/verify/verify.js';
import { exampleProvider } from '../support/exampleProviders.js';

const slack = exampleProvider('slack');

function build(handshake: Handshake, provider = slack) {
  const secrets = [{ value: provider.secret.sample, source: 'sample', isSample: true }];
  const source = { provider, url: 'http://127.0.0.1:3000/in', secrets, headers: [] };
  return buildHandshake(handshake, source, { now: 1_767_225_600_123, random: seededRandom(1) });
}

const handshakeOf = (name: string, handshake: string) => {
  const provider = exampleProvider(name);
  return build(provider.handshakes!.find((candidate) => candidate.name === handshake)!, provider);
};

const answer = (status: number, body = '', headers: [string, string][] = [], totalMs = 5) =>
  ({
    status,
    error: null,
    timing: { totalMs },
    response: { headers, body: Buffer.from(body), bytes: body.length, truncated: false },
  }) as unknown as Attempt;

describe('the challenge of Slack', async () => {
  const { url_verification } = { url_verification: await handshakeOf('slack', 'url_verification') };
  const { delivery } = url_verification;
  const { challenge, ...rest } = JSON.parse(Buffer.from(delivery.body).toString());

  it('is drawn anew, and signed with the body', () => {
    expect(rest).toEqual({ token: 'kedai-sample-token', type: 'url_verification' });
    expect(challenge).toMatch(/^[A-Za-z0-9]{52}$/);
    expect(verifyReceived(slack, delivery, [slack.secret.sample])).toEqual({ ok: true });
    expect(delivery.method).toBe('POST');
  });

  it('has to come back, as text or as JSON', () => {
    expect(judgeHandshake(url_verification, answer(200, challenge))).toBeNull();
    expect(judgeHandshake(url_verification, answer(200, `${challenge}\n`))).toBeNull();
    expect(judgeHandshake(url_verification, answer(200, JSON.stringify({ challenge })))).toBeNull();
    expect(judgeHandshake(url_verification, answer(200, `challenge=${challenge}`))).toBeNull();
  });

  it('is told to be missing without a word of the receiver', () => {
    const expected = `The answer has to be the text ${challenge}, or JSON with challenge: "${challenge}", or the text challenge=${challenge}.`;
    for (const body of ['', 'ok\u001b[31m', '{"challenge":null}', '[', `x${challenge}`])
      expect(judgeHandshake(url_verification, answer(200, body))).toBe(expected);
    expect(judgeHandshake(url_verification, answer(404, challenge))).toBe('The answer was 404; it has to be 200.');
    expect(judgeHandshake(url_verification, answer(200, challenge, [], 3001))).toBe(
      'The answer took 3 s; it has to come within 3 s.',
    );
    const error = { kind: 'unreachable', code: 'ECONNREFUSED', phase: 'connect', message: 'Nobody is there.' } as const;
    expect(judgeHandshake(url_verification, { ...answer(200), status: null, response: null, error })).toBe(
      'Nobody is there.',
    );
  });
});

describe('Discord', () => {
  it('pings, and wants 204', async () => {
    const ping = await handshakeOf('discord', 'PING');
    expect(verifyReceived(exampleProvider('discord'), ping.delivery, ['seed:discord-sample-key'])).toEqual({
      ok: true,
    });
    expect(judgeHandshake(ping, answer(204))).toBeNull();
    expect(judgeHandshake(ping, answer(200))).toBe('The answer was 200; it has to be 204.');
  });

  it('signs wrongly on purpose, and wants to be rejected', async () => {
    const bad = await handshakeOf('discord', 'bad-signature');
    expect(verifyReceived(exampleProvider('discord'), bad.delivery, ['seed:discord-sample-key']).ok).toBe(false);
    expect(judgeHandshake(bad, answer(401))).toBeNull();
    expect(judgeHandshake(bad, answer(204))).toBe(
      'The answer was 204; it has to be 401. The signature was deliberately invalid.',
    );
  });
});

it('SNS signs what confirms a subscription, token and all', async () => {
  const { delivery } = await handshakeOf('aws-sns', 'SubscriptionConfirmation');
  const sns = exampleProvider('aws-sns');
  expect(delivery.headers).toContainEqual(['x-amz-sns-message-type', 'SubscriptionConfirmation']);
  expect(verifyReceived(sns, delivery, [sns.secret.sample])).toEqual({ ok: true });
  const other = Buffer.from(Buffer.from(delivery.body).toString().replace('"Token": "5', '"Token": "6'));
  expect(verifyReceived(sns, { ...delivery, body: other }, [sns.secret.sample]).ok).toBe(false);
});

describe('handshakes of other kinds', () => {
  const shared = { title: 'x', certainty: 'documented', source: 'x' } as const;

  it('may be a GET whose answer is in a header, or computed from the secret', async () => {
    const prepared = await build({
      ...shared,
      name: 'crc',
      method: 'GET',
      headers: [['X-Hook-Id', '{id}']],
      query: [['crc_token', '{token} ']],
      values: { id: { kind: 'hex', length: 8 }, token: { kind: 'digits', length: 6 } },
      signatures: { proof: { scheme: 'hmac', hash: 'sha256', content: '{token}', encoding: 'base64' } },
      answer: {
        status: '2xx',
        oneOf: [
          { header: ['X-Hook-Id', '{id}'] },
          {
            json: [
              ['response.token', 'sha256={proof}'],
              ['n', { number: '{token}' }],
            ],
          },
        ],
      },
    });
    const { delivery } = prepared;
    expect(delivery).toMatchObject({ method: 'GET', headers: [['X-Hook-Id', expect.stringMatching(/^[0-9a-f]{8}$/)]] });
    expect(delivery.body).toHaveLength(0);
    const token = /^http:\/\/127\.0\.0\.1:3000\/in\?crc_token=(\d{6})%20$/.exec(delivery.url)![1]!;
    expect(judgeHandshake(prepared, answer(204, '', [['x-hook-id', delivery.headers[0]![1]]]))).toBeNull();
    expect(judgeHandshake(prepared, answer(204, '', [['x-hook-id', 'another']]))).toMatch(/a header X-Hook-Id: /);
    const [, json] = prepared.oneOf;
    const proof = (json as Extract<AwaitedAnswer, { is: 'json' }>).members[0]!.text;
    expect(judgeHandshake(prepared, answer(200, `{"response":{"token":"${proof}"},"n":${token}.0}`))).toBeNull();
    expect(judgeHandshake(prepared, answer(200, `{"response":{"token":"${proof}"},"n":"${token}"}`))).not.toBeNull();
  });

  it('name what they know, and nothing else', async () => {
    const answerOf = (text: string) => build({ ...shared, name: 'x', answer: { status: '200', oneOf: [{ text }] } });
    await expect(answerOf('{challange}')).rejects.toThrow(/slack: answer to x: unknown placeholder \{challange\}/);
    await expect(answerOf('{secret}')).rejects.toThrow(/unknown placeholder \{secret\}/);
  });
});
