import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

/** What `provider test` finds: the names of checks that did not pass. */
async function found(cwd: string) {
  const { json } = await cli(['provider', 'test', '--json'], { cwd });
  return json.slice(0, -1).flatMap(({ check, verdict }) => (verdict === 'pass' ? [] : [`${check} ${verdict}`]));
}

describe('provider new --from a specification', () => {
  it('writes a provider that is as it has to be, and can be sent', async () => {
    const cwd = folderOf({ 'openapi.json': text31 });
    const made = await cli([...begin, 'openapi.json'], { cwd });
    expect(made.exitCode, made.stderr).toBe(0);
    const description = parse(read(cwd, provider));
    expect(description).toMatchObject({
      title: 'Acme Shop',
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
    expect(made.stderr).toContain('guessed, as it names the header X-Acme-Signature');
    expect(made.stderr).toContain('Left out, as their content is not specified: X-Acme-Odd.');
    expect(made.stderr).toContain('openapi.json#/webhooks/odd/post: its body is text/csv');
    expect(await found(cwd)).toEqual(['vectors warn']);
    const server = await captureServer();
    expect((await cli(['send', 'acme', '--all', '--to', server.url, '--expect', '2xx'], { cwd })).exitCode).toBe(0);
    expect(server.requests).toHaveLength(3);
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
    const made = await cli([...begin, '-'], { cwd, stdin: openApi30 });
    expect(made.exitCode, made.stderr).toBe(0);
    expect(made.stderr).toContain('its webhooks ask for HTTP basic authentication');
    expect(parse(read(cwd, provider)).headers).toMatchObject({ Authorization: 'Basic {credentials}' });
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

  it('shows no control characters of a specification', async () => {
    const hostile = structuredClone(openApi31) as unknown as {
      webhooks: Record<string, unknown>;
      info: { title: string };
    };
    hostile.webhooks['\u001b[31mred'] = { post: {} };
    hostile.info.title = 'A\u001b[2Jcme';
    const cwd = folderOf({ 's.json': JSON.stringify(hostile) });
    const { exitCode, stderr, stdout } = await cli([...begin, 's.json'], { cwd });
    expect(exitCode, stderr).toBe(0);
    expect(stderr + stdout + read(cwd, provider)).not.toContain('\u001b');
  });
});
