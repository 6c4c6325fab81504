import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Header } from '../../src/core/delivery.js';
import { completeProvider } from '../../src/providers/complete.js';
import { keyPair, signedBy } from './elsewhere.js';
import { diagnosed, hmac, namesOf, secret } from './support.js';

const ed = keyPair('ED25519');
const other = keyPair('ED25519');
const url = 'https://shop.example.com/hooks?shop=7';
const body = '{"event":"paid","n":1.50}';
const created = 1_700_000_000;
const now = created * 1000;
const sha256 = (text: string) => `sha-256=:${createHash('sha256').update(text).digest('base64')}:`;

const described = (algorithm: 'ed25519' | 'hmac-sha256', parameters: Readonly<Record<string, string>> = {}) =>
  completeProvider({
    name: 'acme',
    headers: {
      'Content-Type': 'application/json',
      'Content-Digest': 'sha-256=:{digest}:',
      'Signature-Input': 'sig1={signature.input}',
      Signature: 'sig1=:{signature}:',
    },
    values: { created: { kind: 'time', format: 'unix-seconds' } },
    signatures: {
      digest: { scheme: 'digest', hash: 'sha256', content: '{body}', encoding: 'base64' },
      signature: {
        scheme: 'rfc9421',
        algorithm,
        components: ['@method', '@target-uri', 'content-digest'],
        parameters: { created: '{created}', keyid: 'k1', ...parameters },
      },
    },
    events: ['paid'],
  });

const input = `("@method" "@target-uri" "content-digest");created=${created};keyid="k1"`;
const lines = [`"@method": POST`, `"@target-uri": ${url}`, `"content-digest": ${sha256(body)}`];
const params = (text = input) => `"@signature-params": ${text}`;
const right = [...lines, params()].join('\n');
const signedHeaders = (signature: string, tells = `sig1=${input}`, digest = sha256(body)): Header[] => [
  ['Content-Type', 'application/json'],
  ['Content-Digest', digest],
  ['Signature-Input', tells],
  ['Signature', `sig1=:${signature}:`],
];
const signed = (base: string, key = ed) => signedBy(key.secret, base).toString('base64');
const without = (name: string, headers: Header[]) => headers.filter(([candidate]) => candidate !== name);

const judge = (headers: Header[], more: object = {}) =>
  diagnosed({
    provider: described('ed25519'),
    headers,
    body: Buffer.from(body),
    url,
    secrets: [secret(ed.half)],
    now,
    ...more,
  });

describe('a message that is signed by RFC 9421', () => {
  it('is genuine as it should be, in another order and under another label, too', async () => {
    expect((await judge(signedHeaders(signed(right)))).genuine).toBe(true);
    const turned = `("content-digest" "@target-uri" "@method");created=${created};keyid="k1"`;
    const base = [...lines.toReversed(), params(turned)].join('\n');
    const headers = signedHeaders(signed(base), `mine=${turned}`).map(
      ([name, value]): Header => [name, value.replace(/^sig1=:/, 'mine=:')],
    );
    expect((await judge(headers)).genuine).toBe(true);
  });

  it.each<[string, RegExp, () => Header[]]>([
    ['message-missing', /Signature-Input is missing/, () => without('Signature-Input', signedHeaders(signed(right)))],
    ['message-missing', /Signature is missing/, () => without('Signature', signedHeaders(signed(right)))],
    ['message-digest', /Content-Digest is missing/, () => without('Content-Digest', signedHeaders(signed(right)))],
    [
      'message-syntax',
      /Signature-Input is no structured field: a value is expected at character 7/,
      () => signedHeaders(signed(right), `sig1=(@method);created=${created}`),
    ],
    ['message-syntax', /a name in lower case is expected/, () => signedHeaders(signed(right), `Sig1=${input}`)],
    ['message-syntax', /sig1 is there twice/, () => signedHeaders(signed(right), `sig1=${input}, sig1=${input}`)],
    ['message-syntax', /no list of components/, () => signedHeaders(signed(right), 'sig1="@method"')],
    ['message-label', /Signature has no sig2, .* but sig1/, () => signedHeaders(signed(right), `sig2=${input}`)],
    [
      'message-coverage',
      /does not cover content-digest/,
      () => signedHeaders(signed(right), `sig1=${input.replace(' "content-digest"', '')}`),
    ],
    [
      'message-coverage',
      /covers "@method" twice/,
      () => signedHeaders(signed(right), `sig1=${input.replace('"@method"', '"@method" "@method"')}`),
    ],
    [
      'message-parameter',
      /no parameter created/,
      () => signedHeaders(signed(right), `sig1=${input.replace(/;created=\d+/, '')}`),
    ],
    [
      'message-parameter',
      /another algorithm than ed25519/,
      () => signedHeaders(signed(right), `sig1=${input};alg="hmac-sha256"`),
    ],
    [
      'message-component',
      /covers date, and there is no such header/,
      () => signedHeaders(signed(right), `sig1=${input.replace(')', ' "date")')}`),
    ],
    [
      'message-component',
      /"@status", which is no component of a request/,
      () => signedHeaders(signed(right), `sig1=${input.replace(')', ' "@status")')}`),
    ],
  ])('that is wrong in itself is told so: %s, %s', async (name, says, headers) => {
    const { genuine, findings } = await judge(headers());
    expect(genuine).toBe(false);
    expect(namesOf({ findings } as never)).toContain(name);
    expect(findings.map((finding) => finding.says).join(' ')).toMatch(says);
  });

  it.each<[string, string, string]>([
    ['message-order', 'in another order', [...lines.toReversed(), params()].join('\n')],
    [
      'message-order',
      'in the order that Signature-Input had before it was rewritten',
      [...lines.toReversed(), params(`("content-digest" "@target-uri" "@method");created=${created};keyid="k1"`)].join(
        '\n',
      ),
    ],
    ['message-form', 'with a line feed at its end', `${right}\n`],
    ['message-form', 'with CR LF', right.replaceAll('\n', '\r\n')],
    ['message-form', 'without the parameters', lines.join('\n')],
    ['message-form', 'without quotes', right.replace(/^"([^"]+)": /gm, '$1: ')],
    ['message-form', 'with the label', right.replace(params(), params(`sig1=${input}`))],
    ['message-component-value', 'http for https', right.replace('https:', 'http:')],
    ['message-component-value', 'the path alone', right.replace(url, '/hooks?shop=7')],
    ['message-component-value', 'a method in lower case', right.replace('POST', 'post')],
    ['message-component-missing', 'without the method', right.replace(/^.*\n/, '')],
  ])('that was signed otherwise is explained: %s, %s', async (name, _, base) => {
    const { genuine, findings } = await judge(signedHeaders(signed(base)));
    expect(genuine).toBe(false);
    expect(namesOf({ findings } as never)).toEqual([name]);
  });

  it('of which a receiver computes another HMAC has the same explanations', async () => {
    const provider = described('hmac-sha256');
    const headers = signedHeaders(hmac('hush', right).toString('base64'));
    const given = { provider, secrets: [secret('hush')] };
    expect((await judge(headers, given)).genuine).toBe(true);
    const computed = hmac('hush', `${right}\n`).toString('base64');
    const { findings } = await judge(headers, { ...given, computed });
    expect(namesOf({ findings } as never)).toEqual(['message-form']);
  });

  it('whose body is another has a digest that does not fit, which is explained, though the signature fits', async () => {
    const digest = sha256(`${body}\n`);
    const base = right.replace(sha256(body), digest);
    const { genuine, findings } = await judge(signedHeaders(signed(base), undefined, digest));
    expect(genuine).toBe(false);
    expect(namesOf({ findings } as never)[0]).toBe('message-digest');
    expect(findings.length).toBe(2);
  });

  it('whose body was changed after it was signed has a signature that fits, and nothing is to be looked for in the secret', async () => {
    const { findings, next } = await judge(signedHeaders(signed(right)), {
      body: Buffer.from('{"event":"paid","n":9.50}'),
    });
    expect([namesOf({ findings } as never), next]).toEqual([['message-digest'], []]);
  });

  it('by another key is none of these', async () => {
    const { genuine, findings } = await judge(signedHeaders(signed(right, other)));
    expect([genuine, findings]).toEqual([false, []]);
  });

  it('that has expired is told so', async () => {
    const provider = described('ed25519', { expires: '{created}' });
    const tells = `${input};expires=${created + 60}`;
    const headers = signedHeaders(signed([...lines, params(tells)].join('\n')), `sig1=${tells}`);
    expect((await judge(headers, { provider, now: now + 59_000 })).genuine).toBe(true);
    const { genuine, findings } = await judge(headers, { provider, now: now + 61_000 });
    expect([genuine, namesOf({ findings } as never)]).toEqual([false, ['message-expired']]);
  });

  it('that is old is told so', async () => {
    const { genuine, findings } = await judge(signedHeaders(signed(right)), {
      now: now + 3_600_000,
      toleranceMs: 300_000,
    });
    expect([genuine, namesOf({ findings } as never)]).toEqual([false, ['time-old']]);
  });
});
