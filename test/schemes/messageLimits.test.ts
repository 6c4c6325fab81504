import { createHash, createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { completeProvider } from '../../src/providers/complete.js';
import { verifyReceived } from '../../src/verify/verify.js';

const secret = 's3cr3t';
const url = 'http://localhost:3000/hook';
const body = '{"id":"evt_1"}';
const components = ['@method', '@target-uri'];

const provider = completeProvider({
  name: 'bare',
  headers: { 'Signature-Input': 'sig1={signature.input}', Signature: 'sig1=:{signature}:' },
  signatures: { signature: { scheme: 'rfc9421', algorithm: 'hmac-sha256', components, parameters: { keyid: 'a' } } },
  events: ['paid'],
});

function judge(headers: readonly (readonly [string, string])[], covered = components, address = url) {
  const input = `(${covered.map((name) => (name.startsWith('"') ? name : `"${name}"`)).join(' ')});keyid="a"`;
  const line = (name: string) =>
    name.startsWith('"') ? `${name}: 1` : `"${name}": ${name === '@method' ? 'POST' : address}`;
  const base = [...covered.map(line), `"@signature-params": ${input}`].join('\n');
  const signature = createHmac('sha256', secret).update(base).digest('base64');
  const signed = [['Signature-Input', `sig1=${input}`] as const, ['Signature', `sig1=:${signature}:`] as const];
  const request = { method: 'POST', url: address, headers: [...headers, ...signed], body: Buffer.from(body) };
  return verifyReceived(provider, request, [secret]);
}

const digestOf = (text: string) => `sha-256=:${createHash('sha256').update(text).digest('base64')}:`;

it('judges a Content-Digest that no signature covers', () => {
  expect(judge([])).toEqual({ ok: true });
  expect(judge([['Content-Digest', digestOf(body)]])).toEqual({ ok: true });
  expect(judge([['Content-Digest', digestOf('another')]])).toEqual({
    ok: false,
    reason: 'Content-Digest is not the sha-256 of the body',
  });
});

it('looks for 200 components, and not for 20,000', () => {
  const asked = (count: number) => {
    const names = Array.from({ length: count }, (_, at) => `a${at}`);
    const covered = [...components, ...names.map((name) => `"@query-param";name="${name}"`)];
    return judge([], covered, `${url}?${names.map((name) => `${name}=1`).join('&')}`);
  };
  expect(asked(198)).toEqual({ ok: true });
  const began = process.cpuUsage();
  expect(asked(20_000)).toMatchObject({ ok: false, reason: expect.stringContaining('more than 200 components') });
  // Each of them looked for in the whole address takes minutes.
  expect(process.cpuUsage(began).user).toBeLessThan(20_000_000);
});
