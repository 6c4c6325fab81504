import { describe, expect, it } from 'vitest';
import type { Header } from '../../src/core/delivery.js';
import { credentialMistakes } from '../../src/diagnose/hypotheses/credentialMistakes.js';
import { diagnosisDocument, diagnosisText } from '../../src/report/verify/diagnosis.js';
import { exampleProvider } from '../support/exampleProviders.js';
import { openssl, python } from './elsewhere.js';
import { diagnosed, namesOf, secret } from './support.js';

const chargebee = exampleProvider('chargebee');
const gitlab = exampleProvider('gitlab');
const look = { colour: false, unicode: true, columns: Number.POSITIVE_INFINITY };
const base64 = (text: string) => openssl(['base64', '-A'], text).toString();
const inPython = (expression: string, text: string) => python(`t=sys.argv[1]\nprint(${expression})`, text);
const basic = (text: string) => `Basic ${base64(text)}`;
const pair = 'anna:pässword-CANARY';

const said = (authorization: string, more: Partial<Parameters<typeof diagnosed>[0]> = {}) =>
  diagnosed({ provider: chargebee, headers: [['Authorization', authorization]], secrets: [pair], ...more });

const rows: [name: string | string[], what: string, header: () => string][] = [
  ['credentials-scheme', 'Bearer', () => `Bearer ${base64(pair)}`],
  ['credentials-scheme', 'another letter case', () => `basic ${base64(pair)}`],
  ['credentials-scheme', 'nothing', () => base64(pair)],
  ['credentials-not-encoded', 'as it is', () => `Basic ${pair}`],
  ['secret-encoded', 'twice', () => basic(base64(pair))],
  [
    'credentials-latin1',
    "Python's latin-1",
    () => `Basic ${inPython("base64.b64encode(t.encode('latin-1')).decode()", pair)}`,
  ],
  ['secret-newline', 'echo', () => basic(`${pair}\n`)],
  [
    'credentials-percent-encoded',
    'as in a URL',
    () => basic(inPython("':'.join(urllib.parse.quote(p, safe='') for p in t.split(':'))", pair)),
  ],
  ['credentials-swapped', 'the other way round', () => basic('pässword-CANARY:anna')],
  ['credentials-part', 'the password as the user', () => basic('pässword-CANARY:')],
  ['credentials-part', 'the user', () => basic('anna')],
  ['credentials-password', 'another password', () => basic('anna:CANARY-else')],
  ['credentials-user', 'another user', () => basic('CANARY-bob:pässword-CANARY')],
  ['credentials-malformed', 'no pair', () => basic('CANARY')],
  ['credentials-malformed', 'no Base64', () => 'Basic !!CANARY!!'],
  ['signature-whitespace', 'white space', () => `  ${basic(pair)} `],
  ['signature-quoted', 'quotes', () => `"${basic(pair)}"`],
  ['encoding-base64url', 'URL-safe', () => `Basic ${inPython('base64.urlsafe_b64encode(t.encode()).decode()', pair)}`],
  ['secret-other', 'an old one', () => basic('old:CANARY')],
  ['secret-sample', 'the sample', () => basic('chargebee:sample-password')],
];

describe('basic auth', () => {
  it.each(rows)('%s (%s)', async (names, _, write) => {
    const given = names === 'encoding-base64url' ? { secrets: ['anna:~~~???>>>'] } : {};
    const text = names === 'encoding-base64url' ? 'anna:~~~???>>>' : pair;
    const header = text === pair ? write() : `Basic ${inPython('base64.urlsafe_b64encode(t.encode()).decode()', text)}`;
    const diagnosis = await said(header, { ...given, others: [secret('old:CANARY', 'env:OLD')] });
    expect(diagnosis.genuine).toBe(false);
    expect(namesOf(diagnosis)).toEqual([names].flat());
    const shown = diagnosisText(diagnosis, look) + diagnosisDocument(diagnosis);
    expect(shown).not.toMatch(/\{(detail|provider|expected|thing)\}|undefined/);
    expect(shown).not.toMatch(/CANARY|anna|pässword/);
    expect(shown).not.toContain(base64(pair));
  });

  it('is genuine', async () => {
    expect(await said(basic(pair))).toMatchObject({ genuine: true, proof: 'secret' });
    expect(diagnosisText(await said(basic(pair)), look)).toMatch(
      /^✓ genuine: Authorization holds Chargebee's secret, which signs nothing/,
    );
  });

  it('is missing, or shown as a fingerprint', async () => {
    expect((await said('', { headers: [] })).problems).toMatchObject([{ header: 'Authorization', problem: 'missing' }]);
    expect((await said('(secret 0123abcd)')).problems).toMatchObject([{ problem: 'masked' }]);
  });

  it('of others is told by its fingerprint', async () => {
    const { findings, next, expected } = await said(basic('CANARY-bob:CANARY-else'));
    expect([findings, expected]).toEqual([[], null]);
    expect(next.join(' ')).toMatch(/The value received in Authorization has the fingerprint [0-9a-f]{8}/);
    expect(next.join(' ')).not.toContain('CANARY');
  });
});

describe('a token', () => {
  const token = 'glpat-CANARY-7f3a';
  const diagnosisOf = (text: string, secrets = [token]) => {
    const headers: Header[] = [['X-Gitlab-Token', text]];
    return diagnosed({ provider: gitlab, headers, secrets, others: [secret('CANARY-old', 'env:OLD')] });
  };

  it.each([
    ['signature-quoted', `"${token}"`, undefined],
    ['signature-whitespace', ` ${token} `, undefined],
    ['credentials-scheme', `Bearer ${token}`, undefined],
    ['credentials-scheme', `Token ${token}`, undefined],
    [
      'signature-percent-encoded',
      inPython('urllib.parse.quote(t)', 'a/b+c CANARY').replaceAll('/', '%2F'),
      ['a/b+c CANARY'],
    ],
    ['secret-other', 'CANARY-old', undefined],
    ['secret-trimmed', token, [`${token}\n`]],
    ['secret-unquoted', token, [`"${token}"`]],
  ])('%s', async (name, text, secrets) => {
    const diagnosis = await diagnosisOf(text, secrets);
    expect(namesOf(diagnosis)).toEqual([name]);
    const shown = diagnosisText(diagnosis, look) + diagnosisDocument(diagnosis);
    expect(shown).not.toMatch(/CANARY|7f3a|\{(detail|thing)\}/);
  });

  it('of others is told by its fingerprint', async () => {
    const diagnosis = await diagnosisOf('short');
    expect(namesOf(diagnosis)).toEqual([]);
    expect(diagnosisText(diagnosis, look)).toMatch(/^✗ not genuine: X-Gitlab-Token does not hold GitLab's secret/);
    expect(diagnosis.next.join(' ')).toMatch(/X-Gitlab-Token has the fingerprint [0-9a-f]{8}/);
  });
});

it('has a case for each mistake', () => {
  const named = rows.flatMap(([names]) => names);
  expect(credentialMistakes.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([]);
});
