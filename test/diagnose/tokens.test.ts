import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Header } from '../../src/core/delivery.js';
import type { Provider } from '../../src/core/provider.js';
import { tokenMistakes } from '../../src/diagnose/hypotheses/tokenMistakes.js';
import { diagnosisText } from '../../src/report/verify/diagnosis.js';
import { exampleProvider } from '../support/exampleProviders.js';
import { ecKey, numbersOf, openssl, python, signedBy, tokenStart } from './elsewhere.js';
import { diagnosed, namesOf, secret } from './support.js';

const plaid = exampleProvider('plaid');
const body = '{\n  "webhook_code": "ERROR",\n  "note": "café"\n}';
const sha256 = (text: string) => openssl(['dgst', '-sha256', '-hex'], text).toString().trim().split(' ').at(-1)!;
const now = 1_700_000_000;
const ec = ecKey();
const old = ecKey();
const kid = '56fc2f6c-2f44-4738-811f-d259aec530e7';
const head = { alg: 'ES256', kid, typ: 'JWT' };
const claims = { iat: now, request_body_sha256: sha256(body) };
const look = { colour: false, unicode: true, columns: Number.POSITIVE_INFINITY };

/** A token of openssl's signature. */
function token(header: object = head, claimed: object = claims, key = ec): string {
  const start = tokenStart(header, claimed);
  return `${start}.${numbersOf(signedBy(key.secret, start, '-sha256')).toString('base64url')}`;
}

const derToken = () => {
  const start = tokenStart(head, claims);
  return `${start}.${signedBy(ec.secret, start, '-sha256').toString('base64url')}`;
};

/** A token with signs in its signature that Base64 writes otherwise than Base64URL. */
function base64Token(): string {
  for (;;) {
    const [start, signature] = token().split(/\.(?=[^.]*$)/) as [string, string];
    if (/[-_]/.test(signature)) return `${start}.${signature.replaceAll('-', '+').replaceAll('_', '/')}==`;
  }
}

/** A token that is signed with the text of the public key, by Python. */
function confusedToken(): string {
  const start = tokenStart({ ...head, alg: 'HS256' }, claims);
  const script =
    "print(base64.urlsafe_b64encode(hmac.new(sys.argv[1].encode(), sys.argv[2].encode(), 'sha256').digest()).decode().rstrip('='))";
  return `${start}.${python(script, ec.half, start)}`;
}

const carried = (text: string): Header[] => [['Plaid-Verification', text]];
const said = (text: string, more: Partial<Parameters<typeof diagnosed>[0]> = {}) =>
  diagnosed({ provider: plaid, headers: carried(text), body: Buffer.from(body), secrets: [ec.half], ...more });

const rows: [names: string | string[], what: string, text: () => string, captured?: string][] = [
  ['token-malformed', 'two parts', () => token().split('.').slice(0, 2).join('.')],
  ['token-malformed', 'no JSON', () => token().replace(/^[^.]+/, 'xxxx')],
  ['token-malformed', 'claims that are none', () => token().replace(/\.[^.]+\./, '.xxxx.')],
  ['token-unsigned', 'alg none', () => `${tokenStart({ alg: 'none' }, claims)}.`],
  ['token-algorithm', 'RS256', () => token({ ...head, alg: 'RS256' })],
  ['token-key-confused', 'the public key as a shared secret', confusedToken],
  ['token-key-id', 'a key that nobody knows', () => token({ ...head, kid: 'another' }, claims, ecKey())],
  ['secret-other', 'an old key', () => token(head, claims, old)],
  ['token-encoding', 'DER', derToken],
  ['token-encoding', 'Base64', base64Token],
  ['token-claim-missing', 'no hash', () => token(head, { iat: now })],
  ['token-claim-type', 'a time as text', () => token(head, { ...claims, iat: String(now) })],
  ['token-claim', 'of another body', () => token(head, { ...claims, request_body_sha256: sha256('{}x') })],
  [
    ['token-claim', 'body-js'],
    'written anew',
    () => token(head, { ...claims, request_body_sha256: sha256(JSON.stringify(JSON.parse(body))) }),
  ],
  [['token-claim', 'body-newline-removed'], 'a newline in the capture', () => token(), `${body}\n`],
  [
    ['token-claim', 'encoding-upper-hex'],
    'capitals',
    () => token(head, { ...claims, request_body_sha256: sha256(body).toUpperCase() }),
  ],
  ['token-expired', 'exp', () => token(head, { ...claims, exp: now - 60 })],
  ['token-not-yet', 'nbf', () => token(head, { ...claims, nbf: now + 60 })],
  ['signature-quoted', 'quotes', () => `"${token()}"`],
  ['signature-prefix', 'Bearer', () => `Bearer ${token()}`],
  ['time-old', 'an hour ago', () => token(head, { ...claims, iat: now - 3600 })],
];

describe('a token of openssl and Python', () => {
  it.each(rows)('%s (%s)', async (names, _, text, captured = body) => {
    const diagnosis = await said(text(), { body: Buffer.from(captured), others: [secret(old.half, 'env:OLD_KEY')] });
    expect(diagnosis.genuine).toBe(false);
    expect(namesOf(diagnosis)).toEqual([names].flat());
    expect(diagnosisText(diagnosis, look)).not.toMatch(
      /\{(detail|provider|expected|call|algorithm|own|form|thing)\}|undefined/,
    );
  });

  it('is genuine, with its time', async () => {
    expect(await said(token())).toMatchObject({ genuine: true, time: { header: 'iat', ageMs: 0 } });
    expect((await said(token(), { secrets: [ec.secret] })).genuine).toBe(true);
  });

  it('with a word before it, which the advice names', async () => {
    const { findings } = await said(`Bearer ${token()}`);
    expect(findings.map(({ change }) => change)).toEqual(['Cut off "Bearer", which stands before the signature.']);
  });

  it('whose signature nothing explains', async () => {
    const { findings, next } = await said(token(head, claims, ecKey()));
    expect(findings).toEqual([]);
    expect(next.join(' ')).toContain('Only who has the private key can sign');
  });

  it('is missing', async () => {
    expect((await said('', { headers: [] })).problems).toMatchObject([
      { header: 'Plaid-Verification', problem: 'missing' },
    ]);
  });

  it('lets a receiver ask after the hash that it computed', async () => {
    const computed = sha256(JSON.stringify(JSON.parse(body)));
    expect(namesOf(await said(token(), { computed }))).toEqual(['body-js']);
    expect(await said(token(), { computed: sha256(body) })).toMatchObject({ genuine: true, requestFits: true });
  });

  it.each(['a.b.c', '..', '.', `${'.'.repeat(5000)}`, 'e30.e30.e30', 'bnVsbA.bnVsbA.bnVsbA', '\u0000.\u001b[2J.x'])(
    'may be anything: %j',
    async (text) => {
      expect((await said(text)).genuine).toBe(false);
      expect((await said(`${tokenStart({ alg: '\u001b[2J' }, {})}.x`)).genuine).toBe(false);
    },
  );
});

describe('a token of a shared secret', () => {
  const shared: Provider = {
    ...plaid,
    signatures: {
      bodyHash: plaid.signatures.bodyHash!,
      token: { ...plaid.signatures.token!, algorithm: 'HS256', header: {} } as Provider['signatures'][string],
    },
  };
  const tokenWith = (key: string) => {
    const start = tokenStart({ alg: 'HS256' }, claims);
    const script =
      "print(base64.urlsafe_b64encode(hmac.new(sys.argv[1].encode(), sys.argv[2].encode(), 'sha256').digest()).decode().rstrip('='))";
    return `${start}.${python(script, key, start)}`;
  };

  it('is genuine, or of another secret', async () => {
    expect((await said(tokenWith('k'), { provider: shared, secrets: ['k'] })).genuine).toBe(true);
    const others = [secret('old', 'env:OLD')];
    expect(namesOf(await said(tokenWith('old'), { provider: shared, secrets: ['k'], others }))).toEqual([
      'secret-other',
    ]);
    expect(namesOf(await said(tokenWith('else'), { provider: shared, secrets: ['k'] }))).toEqual([]);
  });
});

it('has a case for each mistake', () => {
  const named = rows.flatMap(([names]) => names);
  expect(
    Object.values(tokenMistakes)
      .map(({ name }) => name)
      .filter((name) => !named.includes(name)),
  ).toEqual([]);
  expect(createPublicKey(ec.half).asymmetricKeyType).toBe('ec');
});
