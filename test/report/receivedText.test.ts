import { expect, it } from 'vitest';
import type { Listened, SenderRule } from '../../src/core/listened.js';
import { SecretMask } from '../../src/core/secretMask.js';
import { textWidth } from '../../src/core/textWidth.js';
import { listenSummary, receivedText, senderText } from '../../src/report/listen/receivedText.js';

const at = new Date(2026, 0, 31, 9, 5, 7).getTime();
const listened: Listened = {
  type: 'received',
  request: {
    number: 5,
    at,
    remoteAddress: '127.0.0.1',
    cut: null,
    method: 'POST',
    url: `http://localhost/hooks/${'0123456789abcdef'.repeat(8)}?x=1`,
    headers: [],
    body: Buffer.alloc(24_847, ' '),
  },
  provider: { name: 'github', title: 'GitHub' },
  candidates: [],
  event: { name: 'pull_request_review_comment.created', isKnown: true },
  handshake: null,
  deliveryId: null,
  repeats: 3,
  verdict: 'genuine',
  reason: 'X-Hub-Signature did not come',
  diagnosis: null,
  secretHeaders: [],
  secretParameters: [],
  answer: { is: 'status', status: 200, bytes: 0, ms: 47, forwardedTo: null, error: null },
};
const look = (columns: number) => ({
  colour: false,
  unicode: true,
  verbose: false,
  columns,
  mask: new SecretMask(),
});

it('is one line where nothing breaks it', () => {
  expect(receivedText(listened, look(Number.POSITIVE_INFINITY))).toBe(
    '09:05:07 ✓ github pull_request_review_comment.created · 24,847 bytes · genuine · answered 200 in 47 ms  repeats request 3; X-Hub-Signature did not come\n',
  );
});

it.each([
  [
    80,
    [
      '09:05:07 ✓ github pull_request_review_comment.created · 24,847 bytes · genuine',
      '           answered 200 in 47 ms  repeats request 3; X-Hub-Signature did not',
      '           come',
    ],
  ],
  [
    60,
    [
      '09:05:07 ✓ github pull_request_review_comment.created',
      '           24,847 bytes · genuine · answered 200 in 47 ms',
      '           repeats request 3; X-Hub-Signature did not come',
    ],
  ],
])('breaks between its parts and words at %i columns', (columns, lines) => {
  expect(receivedText(listened, look(columns)).trimEnd().split('\n')).toEqual(lines);
  // Colours take no place.
  const coloured = receivedText(listened, { ...look(columns), colour: true });
  expect(
    coloured
      .replace(/\u001b\[\d+m/g, '')
      .trimEnd()
      .split('\n'),
  ).toEqual(lines);
});

it('cuts a long address to what a line holds', () => {
  const unknown: Listened = {
    ...listened,
    provider: null,
    event: null,
    verdict: 'unknown',
    repeats: null,
    reason: null,
  };
  const [first, second] = receivedText(unknown, look(60)).split('\n');
  expect(first).toBe('09:05:07 ? POST /hooks/0123456789abcdef0123456789abcdef0123…');
  expect(first).toHaveLength(60);
  expect(second).toBe('           24,847 bytes · not judged · answered 200 in 47 ms');
});

it('breaks the rules of a sender and the summary at words', () => {
  const rules: SenderRule[] = [
    {
      name: 'back-off',
      ok: null,
      says: 'fewer than two retries of one delivery came: answer with --script 500x3,200 to see more',
    },
  ];
  expect(senderText(rules, look(60))).toBe(
    '- back-off  fewer than two retries of one delivery came:\n            answer with --script 500x3,200 to see more (not\n            judged)\n',
  );
  const ended = { type: 'summary', received: 12_345, genuine: 12_000, false: 300, unknown: 45 } as const;
  expect(listenSummary({ ...ended, missing: null, interrupted: true }, look(60))).toBe(
    '12,345 received · 12,000 genuine · 300 that do not verify\n  45 not judged · interrupted\n',
  );
});

it.each([60, 80, 200])(
  'breaks long lines of a whole request at %i columns, and no secret out of sight of the mask',
  (columns) => {
    const secret = 'sk_live_0123456789abcdef0123456789abcdef';
    const whole: Listened = {
      ...listened,
      request: {
        ...listened.request,
        url: 'http://localhost/hooks',
        headers: [['X-Trace', `${'0123456789 '.repeat(12)}${secret}`]],
        body: Buffer.from(JSON.stringify({ note: '注文が支払われました'.repeat(12), keys: Array(8).fill(secret) })),
      },
    };
    const mask = new SecretMask();
    mask.add([secret]);
    const text = receivedText(whole, { ...look(columns), verbose: true, mask });
    const lines = text.trimEnd().split('\n');
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(columns);
    expect(text.replaceAll(/\n {4}/g, '')).not.toMatch(/sk_live|abcdef"/);
    const unbroken = receivedText(whole, { ...look(Number.POSITIVE_INFINITY), verbose: true, mask });
    // Without a terminal each header and each line of a body is one line.
    expect(unbroken.trimEnd().split('\n').slice(1)).toEqual(
      text
        .slice(text.indexOf('\n  POST') + 1)
        .trimEnd()
        .replaceAll(/\n {4}/g, '')
        .split('\n'),
    );
  },
);
