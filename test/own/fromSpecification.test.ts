import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { openApi30, openApi31 } from '../spec/specifications.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const begin = ['provider', 'new', 'acme', '--from'];
const provider = 'webhooks/acme/provider.yaml';
const text31 = JSON.stringify(openApi31);
const read = (cwd: string, file: string) => readFileSync(join(cwd, file), 'utf8');

/** Returns the names of the checks of `provider test` that did not pass. */
async function found(cwd: string) {
  const { json } = await cli(['provider', 'test', '--json'], { cwd });
  return json.slice(0, -1).flatMap(({ check, verdict }) => (verdict === 'pass' ? [] : [`${check} ${verdict}`]));
}

describe('provider new --from a specification', () => {
  it('writes a provider that is as it has to be, and can be sent', async () => {
    const cwd = folderOf({ 'openapi.json': text31 });
    const result = await cli([...begin, 'openapi.json'], { cwd });
    expect(result.exitCode, result.stderr).toBe(0);
    const description = parse(read(cwd, provider));
    expect(description).toMatchObject({
      title: 'Acme Shop',
      spec: '../../openapi.json',
      eventAt: 'type',
      everyEvent: { certainty: 'schema', source: 'https://acme.example.com/docs' },
      policy: { success: { value: '204', certainty: 'schema' } },
      events: { 'order.paid': { title: 'The money has come', trigger: 'Sent for order.paid.' } },
    });
    expect(Object.entries(description.headers)).toEqual([
      ['Content-Type', 'application/json'],
      ['X-Acme-Signature', 'sha256={signature}'],
      ['X-Acme-Delivery-ID', '{delivery}'],
      ['X-ACME-Event', '{event}'],
      ['X-Acme-Version', '2026-01'],
    ]);
    expect(result.stderr).toContain('guessed, as it names the header X-Acme-Signature');
    expect(result.stderr).toContain('Left out, as their content is not specified: X-Acme-Odd.');
    expect(result.stderr).toContain('openapi.json#/webhooks/odd/post: its body is text/csv');
    expect(await found(cwd)).toEqual(['vectors warn']);
    renameSync(join(cwd, 'openapi.json'), join(cwd, 'moved.json'));
    expect(await found(cwd)).toEqual(['description warn', 'vectors warn']);
    const server = await captureServer();
    expect((await cli(['send', 'acme', '--all', '--to', server.url, '--expect', '2xx'], { cwd })).exitCode).toBe(0);
    expect(server.requests).toHaveLength(3);
  });

  it('names the contradiction of a schema that no body satisfies', async () => {
    const post = (schema: object) => ({ post: { requestBody: { content: { 'application/json': { schema } } } } });
    const member = { type: 'object', required: ['user'], properties: { user: { type: 'object' } } };
    const type = { type: 'string' };
    const spec = {
      openapi: '3.1.0',
      info: { title: 'Acme', version: '1' },
      webhooks: {
        'session.created': post({
          type: 'object',
          required: ['type', 'data'],
          properties: { type, data: { allOf: [{ $ref: '#/components/schemas/Session' }, member] } },
        }),
        'user.created': post({ type: 'object', required: ['type'], properties: { type } }),
      },
      components: { schemas: { Session: { type: 'object', additionalProperties: false, properties: { id: type } } } },
    };
    const cwd = folderOf({ 'openapi.json': JSON.stringify(spec) });
    const { stderr, exitCode } = await cli([...begin, 'openapi.json'], { cwd });
    expect(exitCode, stderr).toBe(0);
    const why =
      'data: required member user (data.allOf[1]) is not among the properties of a closed schema (Session, additionalProperties: false)';
    expect(stderr).toContain(
      `2 events of openapi.json; 1 of 1 satisfiable samples are valid, and 1 can't be satisfied.\nNo body satisfies these, as their schemas contradict themselves:\n  session.created: ${why}\n`,
    );
    expect(stderr).not.toContain('by hand');
    const { json } = await cli(['provider', 'test', 'acme', '--spec', 'openapi.json', '--json'], { cwd });
    const { problems, verdict } = json.find(({ check }) => check === 'specification');
    expect([verdict, problems.map(({ message }: { message: string }) => message)]).toEqual([
      'warn',
      [expect.stringContaining(`can't be valid, as the schema contradicts itself: ${why}.`)],
    ]);
  });

  it('writes events whose long names begin alike', async () => {
    const operation = (name: string) => ({
      post: {
        requestBody: {
          content: { 'application/json': { schema: { type: 'object', properties: { type: { const: name } } } } },
        },
        responses: { 200: { description: 'taken' } },
      },
    });
    const names = ['created', 'deleted'].map((each) => `balancePlatform.balanceAccountPayoutSchedule.${each}`);
    const webhooks = Object.fromEntries(names.map((name) => [name, operation(name)]));
    const cwd = folderOf({
      'openapi.json': JSON.stringify({ openapi: '3.1.0', info: { title: 'Acme', version: '1' }, webhooks }),
    });
    const { exitCode, stderr } = await cli([...begin, 'openapi.json', '--scheme', 'token'], { cwd });
    expect(exitCode, stderr).toBe(0);
    expect(readdirSync(join(cwd, 'webhooks/acme/events')).sort()).toEqual(names.map((name) => `${name}.json`));
  });

  it('describes times that are fresh in each delivery, also where no event says when it happened', async () => {
    const data = {
      type: 'object',
      required: ['createdAt', 'expiresAt'],
      properties: Object.fromEntries(
        ['createdAt', 'expiresAt'].map((key) => [key, { type: 'string', format: 'date-time' }]),
      ),
    };
    const schema = { type: 'object', required: ['type', 'data'], properties: { type: { const: 'order.made' }, data } };
    const content = { 'application/json': { schema } };
    const post = { requestBody: { content }, responses: { 200: { description: 'taken' } } };
    const specification = {
      openapi: '3.1.0',
      info: { title: 'Acme', version: '1' },
      webhooks: { 'order.made': { post } },
    };
    const cwd = folderOf({ 'openapi.json': JSON.stringify(specification) });
    expect((await cli([...begin, 'openapi.json'], { cwd })).exitCode).toBe(0);
    const server = await captureServer();
    await cli(['send', 'acme', 'order.made', '--to', server.url, '--now', '2031-05-06T07:08:09Z'], { cwd });
    const sent = JSON.parse(server.requests[0]!.body.toString()).data;
    const day = 86_400_000;
    const sinceNow = (text: string) => (Date.parse(text) - Date.parse('2031-05-06T07:08:09Z')) / day;
    expect(sinceNow(sent.createdAt)).toBeGreaterThan(-1);
    expect(sinceNow(sent.createdAt)).toBeLessThanOrEqual(0);
    expect(sinceNow(sent.expiresAt)).toBeGreaterThan(1);
    expect(await found(cwd)).toEqual(expect.not.arrayContaining([expect.stringContaining('fail')]));
  });

  it('reads YAML from standard input, and takes the scheme that it tells', async () => {
    const cwd = folderOf({});
    const result = await cli([...begin, '-'], { cwd, stdin: openApi30 });
    expect(result.exitCode, result.stderr).toBe(0);
    expect(result.stderr).toContain('its webhooks ask for HTTP basic authentication');
    expect(parse(read(cwd, provider)).headers).toMatchObject({ Authorization: 'Basic {credentials}' });
    expect(parse(read(cwd, provider))).not.toHaveProperty('spec');
    expect(await found(cwd)).toEqual(['freshness warn']);
  });

  it('takes a scheme, some events, a seed and the shape of examples', async () => {
    const cwd = folderOf({ 's.json': text31 });
    const argv = [...begin, 's.json', '--scheme', 'standard-webhooks', '--event', 'order.paid', '--examples'];
    expect((await cli([...argv, '--seed', '7'], { cwd })).exitCode).toBe(0);
    const sample = read(cwd, 'webhooks/acme/events/order.paid.json');
    expect(readdirSync(join(cwd, 'webhooks/acme/events'))).toEqual(['order.paid.json']);
    expect(parse(read(cwd, provider)).headers).toHaveProperty('webhook-signature');
    await cli([...argv, '--seed', '7', '--force'], { cwd });
    expect(read(cwd, 'webhooks/acme/events/order.paid.json')).toBe(sample);
    await cli([...argv, '--seed', '8', '--force'], { cwd });
    expect(read(cwd, 'webhooks/acme/events/order.paid.json')).not.toBe(sample);
  });

  it.each([
    ['an event that it has not', [...begin, 's.json', '--event', 'order.piad'], /order\.paid/],
    ['a secret', [...begin, 's.json', '--secret', 'x'], /--secret goes with a captured request/],
    ['a wrong seed', [...begin, 's.json', '--seed', 'x'], /--seed/],
    ['a specification without webhooks', [...begin, 'none.json'], /describes no webhooks/],
    ['a seed beside a capture', [...begin, 'capture', '--seed', '1'], /--seed goes with --from/],
  ])('writes nothing for %s', async (_, argv, message) => {
    const cwd = folderOf({
      's.json': text31,
      'none.json': '{"openapi":"3.1.0","info":{}}',
      capture: 'POST / HTTP/1.1\r\n\r\n{}',
    });
    const { exitCode, stderr } = await cli(argv, { cwd });
    expect([exitCode, existsSync(join(cwd, 'webhooks'))], stderr).toEqual([2, false]);
    expect(stderr).toMatch(message);
  });

  it('shows no character of a specification that controls or reorders text', async () => {
    const odd = '\u001b[31m\u202e\u2066';
    const hostile = structuredClone(openApi31) as unknown as {
      webhooks: Record<string, { post: object }>;
      info: { title: string };
    };
    const paid = { ...hostile.webhooks['order.paid']!.post, requestBody: { content: {} as object } };
    paid.requestBody.content = {
      'application/json': { schema: { type: 'object', properties: { id: { $ref: `#/${odd}` } } } },
    };
    hostile.webhooks = {
      [`${odd}red`]: { post: {} },
      [`${odd}blue`]: {
        post: { ...paid, summary: `The ${odd} money`, description: `Sent${odd} late.`, operationId: odd },
      },
    };
    hostile.info.title = `A${odd}cme`;
    const cwd = folderOf({
      's.json': JSON.stringify(hostile),
      'none.json': JSON.stringify({ ...hostile, webhooks: { [`${odd}red`]: { post: {} } }, paths: {} }),
      'bad.yaml': `openapi: 3.1.0\nx: *${odd.replaceAll(/[[\]]/g, '')}a`,
    });
    const result = await cli([...begin, 's.json'], { cwd });
    const shown = await cli([...begin, 's.json', '--dry-run'], { cwd });
    const none = await cli([...begin, 'none.json', '--force'], { cwd });
    const bad = await cli([...begin, 'bad.yaml', '--force'], { cwd });
    const compared = await cli(['provider', 'test', 'acme', '--spec', 's.json'], { cwd });
    expect([result, shown, none, bad].map(({ exitCode }) => exitCode)).toEqual([0, 0, 2, 2]);
    const all = [result, shown, none, bad, compared].map(({ stdout, stderr }) => stdout + stderr).join('');
    expect(all + read(cwd, provider)).not.toMatch(/[\u001b\u202e\u2066]/);
    expect(all).toContain('\\u{202e}');
  });

  /** A specification of events without bodies of interest. */
  const ofEvents = (...names: readonly string[]) => {
    const post = { requestBody: { content: { 'application/json': { schema: { type: 'object' } } } } };
    const webhooks = Object.fromEntries(names.map((name) => [name, { post }]));
    return { openapi: '3.1.0', info: { title: 'Acme', version: '1' }, webhooks };
  };

  it('leaves out events whose samples would be one file, and writes the others', async () => {
    const names = [
      'order.paid',
      'Order.Paid',
      'a',
      'a.json/c',
      'b/c.json/d',
      'b/c',
      'x'.repeat(149),
      'é'.repeat(100),
      'con',
    ];
    const cwd = folderOf({ 's.json': JSON.stringify(ofEvents(...names)) });
    const { exitCode, stderr } = await cli([...begin, 's.json'], { cwd });
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toMatch(/Order\.Paid differs from order\.paid only in the case of its letters/);
    expect(stderr).toMatch(/a\.json\/c would be the folder of a, or the other way round/);
    expect(stderr).toMatch(/b\/c would be the folder of b\/c\.json\/d/);
    expect(stderr).toMatch(/é is too long for a file/);
    const files = readdirSync(join(cwd, 'webhooks/acme/events'), { recursive: true, withFileTypes: true });
    expect(files.flatMap((each) => (each.isFile() ? [each.name] : [])).sort()).toEqual(
      ['%63on.json', 'a.json', 'd.json', 'order.paid.json', `${'x'.repeat(149)}.json`].sort(),
    );
    expect((await found(cwd)).filter((line) => /fail/.test(line))).not.toContainEqual(
      expect.stringMatching(/samples|description/),
    );
    const drifted = await cli(['provider', 'test', '--spec', 's.json'], { cwd });
    expect(drifted.stdout).not.toMatch(/is not in the specification|is new in/);
  });

  it('writes all files or none, and tells what is left of an earlier run', async () => {
    const cwd = folderOf({ 's.json': text31, 'events.json': JSON.stringify(ofEvents('a', 'b')) });
    const events = join(cwd, 'webhooks/acme/events');
    mkdirSync(join(events, 'order.paid.json'), { recursive: true });
    const before = readdirSync(cwd, { recursive: true });
    const refused = await cli([...begin, 's.json', '--force'], { cwd });
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(/order\.paid\.json can't be written \(EISDIR\), so nothing was written\./);
    expect(refused.stdout).toBe('');
    expect(readdirSync(cwd, { recursive: true })).toEqual(before);
    rmSync(join(events, 'order.paid.json'), { recursive: true });
    expect((await cli([...begin, 'events.json'], { cwd })).exitCode).toBe(0);
    const again = await cli([...begin, 's.json', '--force'], { cwd });
    expect(again.exitCode).toBe(0);
    expect(again.stderr).toMatch(
      /There from before.*\n {2}webhooks\/acme\/events\/a\.json\n {2}webhooks\/acme\/events\/b\.json\n/,
    );
  });

  it('gives each header a value of its own, and leaves out a name that is none', async () => {
    const specification = ofEvents('order.paid') as unknown as { webhooks: Record<string, { post: object }> };
    const header = (name: string, example: string) => ({ in: 'header', name, schema: { type: 'string', example } });
    const parameters = [
      header('X-Sent-Time', '2024-01-01T00:00:00Z'),
      header('X-Timestamp', '1700000000000'),
      header('X-Other-Timestamp', '1700000000000'),
      header('X-Request-Id', 'req_abcdefgh12'),
      header('X-Delivery-Id', '3f0c'),
      { in: 'header', name: '__proto__', schema: { const: 'z' } },
    ];
    specification.webhooks['order.paid']!.post = { ...specification.webhooks['order.paid']!.post, parameters };
    const cwd = folderOf({ 's.json': JSON.stringify(specification) });
    const result = await cli([...begin, 's.json'], { cwd });
    expect(result.exitCode).toBe(0);
    expect(result.stderr).toMatch(/parameters\/5: its name is none of a header, and it is left out/);
    const server = await captureServer();
    await cli(['send', 'acme', 'order.paid', '--to', server.url, '--now', '2031-05-06T07:08:09Z'], { cwd });
    const headers = Object.fromEntries(server.requests[0]!.headers.map(([name, value]) => [name.toLowerCase(), value]));
    expect(headers).toMatchObject({
      'x-sent-time': '2031-05-06T07:08:09Z',
      'x-timestamp': '1935817689000',
      'x-other-timestamp': '1935817689000',
    });
    expect(headers['x-request-id']).toMatch(/^req_[A-Za-z0-9]{10}$/);
    expect(headers['x-delivery-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});
