import { expect, it } from 'vitest';
import type { IdentityGroup, Provider } from '../../src/core/provider.js';
import { seededRandom } from '../../src/core/random.js';
import { toCurl } from '../../src/export/curl.js';
import { writeJson } from '../../src/json/dialect.js';
import { toJson } from '../../src/json/value.js';
import { compilePayload, fillPayload } from '../../src/payloads/compiled.js';
import { IdentityRenewal } from '../../src/payloads/identityRenewal.js';
import { rebuildDelivery } from '../../src/session/resend/rebuildDelivery.js';
import { verifyReceived } from '../../src/verify/verify.js';
import { compileOne } from '../support/compile.js';
import { exampleProvider } from '../support/exampleProviders.js';

it('basic auth is marked as secret, and is a variable in a curl line', () => {
  const delivery = compileOne({ provider: exampleProvider('chargebee'), body: '{}', secrets: ['user:hunter2'] });
  expect(delivery.headers).toContainEqual(['Authorization', 'Basic dXNlcjpodW50ZXIy']);
  expect(delivery.secretHeaders).toEqual(['authorization']);
  expect(toCurl(delivery)).toContain('-H "Authorization: $AUTHORIZATION"');
  expect(toCurl(delivery)).not.toContain('dXNlcjpodW50ZXIy');
});

it('a token that names another algorithm than its scheme is rejected', () => {
  const plaid = exampleProvider('plaid');
  const lying: Provider = {
    ...plaid,
    signatures: { ...plaid.signatures, token: { ...plaid.signatures.token, header: { alg: 'none' } } as never },
  };
  const delivery = compileOne({ provider: lying, body: '{}' });
  expect(verifyReceived(plaid, delivery, [plaid.secret.sample]).ok).toBe(false);
  const honest = {
    ...lying,
    signatures: { ...lying.signatures, token: { ...lying.signatures.token, header: {} } as never },
  };
  expect(verifyReceived(plaid, compileOne({ provider: honest, body: '{}' }), [plaid.secret.sample]).ok).toBe(true);
});

it('the times of a form move with its group, in place', () => {
  const sample = toJson({ At: '2026-01-14T02:31:07Z', Id: 'MSG_1 a' });
  const group: IdentityGroup = {
    name: 'x',
    title: 'x',
    events: ['x'],
    ids: [{ kind: 'code', literal: 'MSG_1 a', pattern: 'MSG_# a', deduplicates: true }],
    times: ['iso-seconds'],
    eventTime: ['At'],
  };
  const bytes = Buffer.from(writeJson(sample, 'form'));
  expect(bytes.toString()).toBe('At=2026-01-14T02%3A31%3A07Z&Id=MSG_1+a');
  const payload = compilePayload({ sample, bytes, identityGroup: group, fresh: 'all', dialect: 'form' });
  const filled = Buffer.from(fillPayload(payload, new IdentityRenewal(86_400_000, seededRandom(3)))).toString();
  expect(filled).toMatch(/^At=2026-01-15T02%3A31%3A07Z&Id=MSG_\d\+a$/);
});

it.each([
  ['keeps', [], '1767225600123'],
  ['renews', ['times', 'signature'] as const, '1767225900123'],
])('a resend %s the time that the body tells, and signs what it sends', async (_, value, time) => {
  const linear = exampleProvider('linear');
  const provider: Provider = { ...linear, policy: { ...linear.policy, resend: { ...linear.policy.resend, value } } };
  const first = compileOne({ provider, body: '{"webhookTimestamp":0}', now: 1_767_225_600_123 });
  const kept = { ...first, key: 'x', id: 'x', provider: 'linear', event: 'Issue.create', variant: null };
  const secrets = [{ value: linear.secret.sample, source: 'test', isSample: false }];
  const maker = { provider, secrets, url: first.url, now: 1_767_225_900_123, random: seededRandom(1) };
  const again = await rebuildDelivery({ entry: kept, body: first.body } as never, maker);
  expect(Buffer.from(again.body).toString()).toBe(`{"webhookTimestamp":${time}}`);
  expect(verifyReceived(linear, again, [linear.secret.sample])).toEqual({ ok: true });
});

it('what is read from a body can break no header', () => {
  const sns = exampleProvider('aws-sns');
  const body = '{"Type":"a\\r\\nX-Injected: 1","Signature":""}';
  expect(() => compileOne({ provider: sns, body })).toThrow(
    /The value of the header x-amz-sns-message-type holds a character/,
  );
});
