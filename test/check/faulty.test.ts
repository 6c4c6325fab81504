import { createHmac, timingSafeEqual } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checked } from './checked.js';
import { correct, equal, isJson, type Judge, type ReceivedRequest, receiver, secret } from './receiver.js';

/** A receiver that is right in all but how it verifies. */
const verifying =
  (verify: (received: ReceivedRequest) => boolean): Judge =>
  (received) => {
    if (received.request.method !== 'POST') return 405;
    if (!verify(received)) return 401;
    return isJson(received.body) ? 200 : 400;
  };

/** A receiver that verifies well and stumbles over what it works on. */
const working =
  (work: (event: { event: string }, received: ReceivedRequest) => number | null | undefined): Judge =>
  async (received) => {
    const status = await correct(received);
    if (status !== 200) return status;
    const answer = work(JSON.parse(received.body.toString()), received);
    return answer === undefined ? 200 : answer;
  };

const hmac = (content: string | Buffer, hash = 'sha256', key = secret) =>
  createHmac(hash, key).update(content).digest('base64');
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Each receiver, the finding it has, and the grade that it earns. */
const faulty: [finding: string, grade: string | null, what: string, judge: Judge][] = [
  ['no-verification', 'F', 'verifies nothing', verifying(() => true)],
  ['header-presence-only', 'F', 'looks only whether there is a signature', verifying(({ signature }) => !!signature)],
  [
    'missing-header-accepted',
    'F',
    'verifies a signature if there is one',
    verifying(({ signature, expected }) => !signature || equal(signature, expected)),
  ],
  [
    'prefix-comparison',
    'F',
    'compares with startsWith',
    verifying(({ signature, expected }) => !!signature && expected.startsWith(signature)),
  ],
  [
    'part-of-signature-accepted',
    'F',
    'compares with includes',
    verifying(({ signature, expected }) => !!signature && expected.includes(signature)),
  ],
  [
    'length-only-comparison',
    'F',
    'compares the length',
    verifying(({ signature, expected }) => signature?.length === expected.length),
  ],
  [
    'undefined-secret-accepted',
    'F',
    'has a second secret that is not set',
    verifying(({ signature, expected, body }) =>
      [expected, hmac(body, 'sha256', `${undefined}`)].some((fit) => equal(signature, fit)),
    ),
  ],
  [
    'weak-hash-accepted',
    'A',
    'takes SHA-1, too',
    verifying(({ signature, expected, body }) => [expected, hmac(body, 'sha1')].some((fit) => equal(signature, fit))),
  ],
  [
    'large-body-cut',
    'C',
    'hashes the first 32 KiB',
    verifying(({ signature, body }) => equal(signature, hmac(body.subarray(0, 32 * 1024)))),
  ],
  [
    'first-bytes-only',
    'D',
    'verifies the first KiB, if not the whole',
    verifying(({ signature, body, expected }) =>
      [expected, hmac(body.subarray(0, 1024))].some((fit) => equal(signature, fit)),
    ),
  ],
  [
    'wrong-charset-decoding',
    'C',
    'reads the body as latin1',
    verifying(({ signature, body }) => equal(signature, hmac(body.toString('latin1')))),
  ],
  [
    'crash-on-bad-length',
    'B',
    'lets timingSafeEqual throw',
    verifying(({ signature = '', expected }) => timingSafeEqual(Buffer.from(signature), Buffer.from(expected))),
  ],
  [
    'crash-on-missing-header',
    'B',
    'trims a header that is not there',
    verifying(({ signature, expected }) => equal(signature!.trim(), expected)),
  ],
  ['crash-on-unknown-shape', 'B', 'expects an object', working((event) => void event.event.length)],
  [
    'unknown-fields-rejected',
    'C',
    'has a strict schema',
    working((event) => ('webhooksimfield' in Object(event) ? 422 : undefined)),
  ],
  ['body-limit', 'A', 'stops at 100 KiB', (received) => (received.body.length > 100 * 1024 ? 413 : correct(received))],
  [
    'forgeries-answered-5xx',
    'B',
    'throws for what is forged',
    async (received) => ((await correct(received)) === 401 ? 500 : correct(received)),
  ],
  [
    'forgeries-redirected',
    'B',
    'sends forgers to the login',
    async (received) => ((await correct(received)) === 401 ? 302 : correct(received)),
  ],
  [
    'duplicate-crash',
    'C',
    'has a unique constraint',
    (() => {
      const ids = new Set<string>();
      return working((event, { signature }) => {
        if (!isObject(event)) return undefined;
        if (ids.has(signature!)) return 500;
        ids.add(signature!);
        return undefined;
      });
    })(),
  ],
  [
    'broken-after-battery',
    'C',
    'does not recover from an array',
    (() => {
      let broken = false;
      return working((event) => {
        broken ||= Array.isArray(event);
        return broken ? 500 : undefined;
      });
    })(),
  ],
];

describe('a finding is named, and nothing else', () => {
  it.each(faulty)('%s (grade %s): it %s', async (finding, grade, _, judge) => {
    const { exitCode, findings, summary, named } = await checked(await receiver(judge));
    const isRemark = grade === 'A';
    const remarks = summary.remarks.map(({ name }: { name: string }) => name);
    expect([findings, remarks]).toEqual(isRemark ? [[], [finding]] : [[finding], []]);
    expect(summary.grade).toBe(grade);
    expect(exitCode).toBe(isRemark ? 0 : 1);
    expect(named('finding').length > 0).toBe(!isRemark);
    const [reported] = [...summary.findings, ...summary.remarks];
    expect(reported.why).not.toMatch(/[{}]header/);
    expect(reported.cases.length).toBeGreaterThan(0);
  });

  it('after which case the receiver was lost', async () => {
    let lost = false;
    const url = await receiver((received) => {
      lost ||= received.request.method === 'PUT' && received.signature !== undefined;
      return lost ? 503 : correct(received);
    });
    const { summary } = await checked(url);
    expect(summary.findings[0]).toMatchObject({ name: 'broken-after-battery', cases: ['put', 'plain-again'] });
    expect(summary.findings[0].title).toContain('after put');
  });
});

describe('where the plain event is rejected, it is tried why:', () => {
  const rejecting: [finding: string, provider: 'scalev' | 'commercelayer', judge: Judge][] = [
    ['never-accepted', 'scalev', verifying(() => false)],
    [
      'undefined-secret-accepted',
      'scalev',
      verifying(({ signature, body }) => equal(signature, hmac(body, 'sha256', 'undefined'))),
    ],
    ['empty-body-hashed', 'scalev', verifying(({ signature }) => equal(signature, hmac('')))],
    ['other-algorithm-expected', 'scalev', verifying(({ signature, body }) => equal(signature, hmac(body, 'sha1')))],
    [
      'reserialised-body',
      'commercelayer',
      verifying(
        ({ signature, body }) => isJson(body) && equal(signature, hmac(JSON.stringify(JSON.parse(body.toString())))),
      ),
    ],
    [
      'wrong-charset-decoding',
      'commercelayer',
      verifying(({ signature, body }) => equal(signature, hmac(body.toString('latin1')))),
    ],
  ];

  it.each(rejecting)('%s for %s', async (finding, provider, judge) => {
    const { exitCode, findings, named, summary } = await checked(await receiver(judge, provider), [], { provider });
    expect({ exitCode, findings, failed: named('finding'), passed: named('passed') }).toEqual({
      exitCode: 1,
      findings: [finding],
      failed: ['plain'],
      passed: [],
    });
    expect(summary).toMatchObject({ grade: null, gradeReason: 'nothing genuine is accepted', reached: true });
  });
});
