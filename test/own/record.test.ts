import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const secret = 'real-secret-123';
const body = '{"id":"7b1cdd13-3b68-4a32-9dbd-4c1a3c9d8a11","type":"order.created","total":12,"tags":["a"]}';
// printf '1767225600.%s' "$body" | openssl dgst -sha256 -hmac real-secret-123
const signature = '16fe313e34cf67a489312dddc651a1ac7777446c246007687e6c7458959da643';
const headers = [
  ['Host', 'shop.example.com'],
  ['User-Agent', 'Acme/2.0'],
  ['Content-Type', 'application/json'],
  ['X-Acme-Timestamp', '1767225600'],
  ['X-Acme-Signature', `sha256=${signature}`],
  ['X-Acme-Extra', '1'],
];

function capture(change: (each: string[]) => string[] = (each) => each): string {
  const lines = headers.map((each) => change(each).join(': '));
  return `POST /hooks HTTP/1.1\r\n${lines.join('\r\n')}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

const description = `# Acme of Senja
name: acme
headers:
  User-Agent: Acme/1.0
  Content-Type: application/json
  X-Acme-Timestamp: '{timestamp}'
  X-Acme-Signature: 'sha256={signature}'
values:
  timestamp: { kind: time, format: unix-seconds }
signatures:
  signature: { scheme: hmac, hash: sha256, content: '{timestamp}.{body}', encoding: hex }
eventAt: type
everyEvent: { certainty: inferred }
events:
  order.created: { title: Order created, trigger: An order is made. } # the first
`;
const sample = { id: '9c1cdd13-3b68-4a32-9dbd-4c1a3c9d8a10', type: 'order.created', total: 5 };

function project(files: Record<string, string> = {}): string {
  return folderOf({
    'webhook-sim.config.yaml': 'providers: webhooks\n',
    'webhooks/acme/provider.yaml': description,
    'webhooks/acme/events/order.created.json': JSON.stringify(sample),
    'cap.http': capture(),
    ...files,
  });
}

const record = ['provider', 'test', 'acme', '--record', 'cap.http'];
const given = [...record, '--secret', secret];
const vectorsOf = (cwd: string) => JSON.parse(readFileSync(join(cwd, 'webhooks/acme/vectors.json'), 'utf8'));
const textOf = (cwd: string) => readFileSync(join(cwd, 'webhooks/acme/provider.yaml'), 'utf8');

describe('provider test --record', () => {
  it('keeps a request as a vector with the variable of its secret, and what it confirmed', async () => {
    const cwd = project();
    const { json, exitCode, stdout } = await cli([...given, '--json'], { cwd });
    expect(exitCode).toBe(0);
    expect(json[0]).toMatchObject({
      type: 'provider-recorded',
      event: 'order.created',
      on: '2026-01-01',
      reason: null,
    });
    const { facts, fields, written } = json[0]!;
    expect(fields).toEqual({ sample: 'order.created', confirmed: 3, missing: [], unknown: ['tags'], otherTypes: [] });
    expect(written).toEqual(['webhooks/acme/vectors.json', 'webhooks/acme/provider.yaml']);
    const differing = (facts as { fact: string; verdict: string }[]).filter(({ verdict }) => verdict !== 'confirmed');
    expect(differing.map(({ fact, verdict }) => [fact, verdict])).toEqual([
      ['user-agent', 'differs'],
      ['other-headers', 'differs'],
    ]);
    expect(vectorsOf(cwd)).toEqual([
      {
        name: 'recorded on 2026-01-01',
        secret: 'env:ACME_WEBHOOK_SECRET',
        event: 'order.created',
        headers: headers.slice(1, 5),
        body,
        recorded: {
          on: '2026-01-01',
          confirmed: [
            'signature',
            'method',
            'header-names',
            'letter-case',
            'header-order',
            'content-type',
            'event',
            'dialect',
          ],
          differs: [
            'user-agent: the request has "Acme/2.0", the description "Acme/1.0".',
            'other-headers: the request also has X-Acme-Extra, which the description does not send.',
          ],
          unknown: ['tags'],
        },
      },
    ]);
    expect(json.at(-1)).toMatchObject({ type: 'provider-test-summary', ok: true });
    expect(stdout).not.toContain(secret);
  });

  it('makes an event observed that was less certain, and leaves all else of the description', async () => {
    const cwd = project();
    await cli(given, { cwd });
    expect(textOf(cwd)).toBe(
      description.replace(
        'An order is made. }',
        'An order is made., certainty: observed, source: "a request recorded on 2026-01-01, in vectors.json" }',
      ),
    );
  });

  it('leaves the event as it is where the request lacks a field of the sample', async () => {
    const other = JSON.stringify({ ...sample, note: 'warm', total: 'five' });
    const cwd = project({ 'webhooks/acme/events/order.created.json': other });
    await cli(given, { cwd });
    expect(textOf(cwd)).toBe(description);
    expect(vectorsOf(cwd)[0].recorded).toMatchObject({
      missing: ['note'],
      differs: expect.arrayContaining(['total: number in place of string']),
    });
  });

  it('holds the provider to the vector at once, and in a later test with the variable', async () => {
    const cwd = project();
    const { stdout } = await cli(given, { cwd, env: { LANG: 'C.UTF-8' } });
    expect(stdout).toContain('✓ requests that were captured are accepted');
    const env = { LANG: 'C.UTF-8', ACME_WEBHOOK_SECRET: 'another' };
    const later = await cli(['provider', 'test', 'acme'], { cwd, env });
    expect(later.stdout).toContain('✗ requests that were captured are accepted');
  });

  it('names the variable that the secret came from', async () => {
    const cwd = project();
    await cli([...record, '--secret', 'env:SHOP_KEY'], { cwd, env: { SHOP_KEY: secret } });
    expect(vectorsOf(cwd)[0].secret).toBe('env:SHOP_KEY');
  });

  it('writes the secret itself where it is asked to', async () => {
    const cwd = project();
    const { stdout, stderr } = await cli([...given, '--keep-secret'], { cwd });
    expect(vectorsOf(cwd)[0].secret).toBe(secret);
    expect(stdout + stderr).not.toContain(secret);
  });

  it('does not take small letters or a sorted list for a proof of letter case and order', async () => {
    const lower = capture(([name, value]) => [name!.toLowerCase(), value!]).replace('Content-L', 'content-l');
    const cwd = project({ 'cap.http': lower });
    const { json } = await cli([...given, '--json'], { cwd });
    const { facts } = json[0] as { facts: { fact: string; verdict: string }[] };
    expect(facts).toContainEqual(expect.objectContaining({ fact: 'letter-case', verdict: 'unproven' }));
    const sorted = capture().split('\r\n').slice(1, 7).sort().join('\r\n');
    const inOrder = capture().replace(capture().split('\r\n').slice(1, 7).join('\r\n'), sorted);
    const text = inOrder
      .replace(/Content-Length: \d+\r\n/, '')
      .replace('POST /hooks HTTP/1.1\r\n', `$&content-length: ${body.length}\r\n`);
    const other = await cli([...given, '--json'], { cwd: project({ 'cap.http': text }) });
    expect(other.json[0]!.facts).toContainEqual(expect.objectContaining({ fact: 'header-order', verdict: 'unproven' }));
  });

  it('adds to the vectors that are there, each once', async () => {
    const first = { secret: 'a', headers: {}, body: 'b', name: 'by hand' };
    const cwd = project({ 'webhooks/acme/vectors.json': JSON.stringify([first]) });
    await cli(given, { cwd });
    const text = readFileSync(join(cwd, 'webhooks/acme/vectors.json'), 'utf8');
    expect(JSON.parse(text).map(({ name }: { name: string }) => name)).toEqual(['by hand', 'recorded on 2026-01-01']);
    const again = await cli([...given, '--json'], { cwd });
    expect(again.json[0]).toMatchObject({ written: [], reason: 'it is among the vectors already.' });
    expect(readFileSync(join(cwd, 'webhooks/acme/vectors.json'), 'utf8')).toBe(text);
  });

  it.each([
    ['the wrong secret', capture(), 'wrong'],
    ['a body that was changed', capture().replace('"total":12', '"total":13'), secret],
  ])('writes nothing with %s', async (_, text, key) => {
    const cwd = project({ 'cap.http': text });
    const { json, exitCode } = await cli([...record, '--secret', key, '--json'], { cwd });
    expect(json[0]).toMatchObject({ written: [], reason: 'the request is not genuine with this secret.' });
    expect(json[0]!.facts).toEqual([expect.objectContaining({ fact: 'signature', verdict: 'differs' })]);
    expect(exitCode).toBe(1);
    expect(() => vectorsOf(cwd)).toThrow('ENOENT');
    expect(textOf(cwd)).toBe(description);
  });

  it('keeps no request that carries the secret, unless it is asked to', async () => {
    const text = capture(([name, value]) => [name!, name === 'User-Agent' ? `Acme ${secret}` : value!]);
    const cwd = project({ 'cap.http': text });
    const { json } = await cli([...given, '--json'], { cwd });
    expect(json[0]).toMatchObject({
      written: [],
      reason: expect.stringMatching(/carries the secret.*add --keep-secret\.$/),
    });
    expect(JSON.stringify(json)).not.toContain(secret);
    await cli([...given, '--keep-secret'], { cwd });
    expect(vectorsOf(cwd)).toHaveLength(1);
  });

  it('says what a request confirms of a provider that ships, and writes nothing', async () => {
    const cwd = folderOf({ 'cap.http': '' });
    const secrets = ['--secret', 'It-is-for-the-tests-alone'];
    const { stdout } = await cli(['export', 'github', 'ping', '--format', 'raw', ...secrets], { cwd });
    writeFileSync(join(cwd, 'cap.http'), stdout);
    const { json, exitCode } = await cli(['provider', 'test', 'github', '--record', 'cap.http', '--json', ...secrets], {
      cwd,
    });
    expect(json[0]).toMatchObject({
      event: 'ping',
      fields: { missing: [], unknown: [], otherTypes: [] },
      written: [],
      reason: expect.stringContaining('name the folder payloads/github'),
    });
    expect(json).toHaveLength(2);
    expect(exitCode).toBe(0);
  });

  it('fails with --strict where the request differs', async () => {
    expect((await cli([...given, '--strict'], { cwd: project() })).exitCode).toBe(1);
  });

  it.each([
    [record, {}, /needs the secret .* --secret env:NAME, or set ACME_WEBHOOK_SECRET\./],
    [['provider', 'test', 'acme', '--record', 'last', '--secret', 's'], {}, /was sent by webhook-sim itself/],
    [['provider', 'test', 'acme', '--record', 'none.http', '--secret', 's'], {}, /--record none\.http: there is no/],
    [['provider', 'test', '--record', 'cap.http', '--secret', 's'], {}, /is about one provider/],
    [['provider', 'test', 'acme', '--keep-secret'], {}, /--keep-secret is for --record/],
    [['provider', 'test', 'acme', '--entry', '2'], {}, /--entry is for --record/],
    [[...given, '--spec', 'openapi.yaml'], {}, /--record and --spec/],
    [[...given, '--entry', '7'], {}, /there is no entry 7/],
    [['provider', 'test', 'acme', '--record', '-', '--secret', '-'], {}, /Standard input can be read once/],
    [given, { 'webhooks/acme/vectors.json': '{' }, /vectors\.json is not JSON/],
    [given, { 'webhooks/acme/vectors.json': '{}' }, /vectors\.json is no list of vectors/],
    [given, { 'webhooks/acme/vectors.yaml': '[]' }, /vectors\.yaml is there/],
    [
      given,
      { 'webhooks/acme/provider.yaml': 'name: acme\nheaders: 5\n' },
      /fix the description before comparing a request with it/,
    ],
    [given, { 'cap.http': capture().replace('tags', '(secret a1b2c3d4)') }, /in place of a secret/],
  ])('stops before anything is written: %j %j', async (argv, files, message) => {
    const cwd = project(files as Record<string, string>);
    const before = textOf(cwd);
    const { stderr, exitCode } = await cli(argv, { cwd, stdin: '' } as never);
    expect(stderr.replaceAll('\n', ' ')).toMatch(message);
    expect(exitCode).toBe(2);
    expect(textOf(cwd)).toBe(before);
    if (!('webhooks/acme/vectors.json' in files)) expect(() => vectorsOf(cwd)).toThrow('ENOENT');
  });
});
