import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

/** Requests of a company whose bodies are no JSON, each signed over its bytes by Python. */
interface Made {
  readonly name: string;
  readonly secret: string;
  /** In Base64. */
  readonly capture: string;
}

const script = join(import.meta.dirname, 'captured.py');
const captures: readonly Made[] = JSON.parse(execFileSync('python3', [script, 'bodies'], { encoding: 'utf8' }));
const { secret } = captures[0]!;
const env = { ACME_SECRET: secret };
const begin = ['provider', 'new', 'acme', '--from', 'capture', '--secret', 'env:ACME_SECRET'];
const captured = (name: string) =>
  new Uint8Array(Buffer.from(captures.find((each) => each.name === name)!.capture, 'base64'));

const receiver = spawn('python3', [script, 'receive', 'acme', secret], { stdio: ['ignore', 'pipe', 'inherit'] });
let url = '';
beforeAll(async () => {
  const [port] = await once(receiver.stdout, 'data');
  url = `http://127.0.0.1:${String(port).trim()}/hooks/in`;
});
afterAll(() => void receiver.kill());

const parts = 'multipart';
const samples: Readonly<Record<string, readonly [dialect: unknown, sample: string, hasVector: boolean]>> = {
  xml: ['text', 'order.paid.xml', true],
  text: ['text', 'order.paid.txt', true],
  empty: ['text', 'order.paid.txt', true],
  parts: [{ kind: parts, contents: { json: 'js' } }, 'order.paid.json', true],
  files: [{ kind: parts, contents: { json: 'js' } }, 'order.paid.json', false],
  nested: [{ kind: 'form', nesting: 'brackets', lists: 'indices' }, 'order.paid.json', true],
  payload: [{ kind: 'form', contents: { payload: 'js' } }, 'order.paid.json', true],
};

describe('provider new --from a body that is no JSON', () => {
  it.each(Object.keys(samples))('%s: it is proven, tested, and sent again fresh and signed', async (name) => {
    const [dialect, sample, hasVector] = samples[name]!;
    const cwd = folderOf({ capture: captured(name) });
    const begun = await cli(begin, { cwd, env });
    expect(begun.stderr).toContain("Proven: the capture's own text came out.");
    expect(begun.exitCode).toBe(0);
    expect(parse(readFileSync(join(cwd, 'webhooks/acme/provider.yaml'), 'utf8')).dialect).toEqual(dialect);
    expect(readdirSync(join(cwd, 'webhooks/acme/events'))).toEqual([sample]);
    expect(existsSync(join(cwd, 'webhooks/acme/vectors.json'))).toBe(hasVector);
    const tested = await cli(['provider', 'test', 'acme', '--json'], { cwd, env });
    expect(tested.exitCode).toBe(0);
    // An empty body has no id that could be another in each delivery, and a vector of bytes is none.
    const warned = tested.json.filter(({ verdict }) => verdict === 'warn').map(({ check }) => check);
    expect(warned).toEqual(name === 'empty' ? ['freshness'] : hasVector ? [] : ['vectors']);
    expect((await cli(['send', 'acme', 'order.paid', '--to', url], { cwd, env })).exitCode).toBe(0);
    const wrong = await cli(['send', 'acme', 'order.paid', '--to', url, '--secret', 'another'], { cwd, env });
    expect(wrong.exitCode).toBe(1);
    const again = ['send', 'acme', 'order.paid', '--dry-run', '--now', '2030-01-02T03:04:05Z', '--to', url];
    const { stdout } = await cli(again, { cwd, env });
    expect(stdout).not.toMatch(/0d3c2a9e|1790000000|2026-09-21/);
    if (name !== 'empty') expect(stdout).toMatch(/2030-01-02.03:04:05|1893553445/);
  });

  it('keeps an XML body to the byte, but for what is fresh', async () => {
    const cwd = folderOf({ capture: captured('xml') });
    await cli(begin, { cwd, env });
    const body = Buffer.from(captured('xml')).toString('utf8').split('\r\n\r\n')[1];
    expect(readFileSync(join(cwd, 'webhooks/acme/events/order.paid.xml'), 'utf8')).toBe(body);
    const sent = await cli(['send', 'acme', 'order.paid', '--exact', '--dry-run', '--to', url], {
      cwd,
      env,
    });
    expect(sent.stdout).toContain(body);
  });

  it('finds the secret in the JSON of a form, and writes it nowhere', async () => {
    const body = new URLSearchParams({ payload: '{"type":"order.paid","token":"acme-secret-4712"}' });
    const cwd = folderOf({ capture: `POST / HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\n${body}` });
    const begun = await cli(begin, { cwd, env });
    expect(begun.stderr).toContain(
      'the field payload.token of the body is the secret of env:ACME_SECRET itself. Proven',
    );
    const description = readFileSync(join(cwd, 'webhooks/acme/provider.yaml'), 'utf8');
    expect(parse(description)).toMatchObject({ eventAt: 'payload.type', fields: [['payload.token', '{secret}']] });
    expect(description + readFileSync(join(cwd, 'webhooks/acme/events/order.paid.json'), 'utf8')).not.toContain(secret);
  });

  it('leaves no secret in a text', async () => {
    const capture = `POST / HTTP/1.1\nContent-Type: text/plain\n\nkey ${secret} of order 12`;
    const cwd = folderOf({ capture });
    const { stderr } = await cli([...begin, '--event', 'order.paid'], { cwd, env });
    expect(readFileSync(join(cwd, 'webhooks/acme/events/order.paid.txt'), 'utf8')).toBe(
      'key acme-sample-secret of order 12',
    );
    expect(stderr).toContain('The secret in the body is replaced by "acme-sample-secret" in the sample.');
  });

  it('says of an empty body what the query of its address holds, and of times that none is fresh', async () => {
    const get = folderOf({ capture: 'GET /in?order=12 HTTP/1.1\nHost: shop.example\nX-Event: order.paid\n\n' });
    expect((await cli(begin, { cwd: get, env })).stderr).toContain('What the query of the address says is not sent');
    const json = folderOf({
      capture:
        'POST / HTTP/1.1\nContent-Type: application/json\n\n{"type":"a.b","at":"20 Sep 2026 12:00:00","created_at":"20260921T1253"}',
    });
    expect((await cli(begin, { cwd: json, env })).stderr).toContain(
      'created_at (20260921T1253) of the body stays as captured',
    );
  });

  it('makes times that count from 1970 fresh where nothing else looks like one', async () => {
    const of = async (body: string) => {
      const cwd = folderOf({ capture: `POST / HTTP/1.1\nContent-Type: application/json\n\n${body}` });
      const { stderr } = await cli(begin, { cwd, env });
      return { stderr, ...parse(readFileSync(join(cwd, 'webhooks/acme/provider.yaml'), 'utf8')).identities?.[0] };
    };
    const identity = await of(
      '{"type":"a.b","created":1790000000,"paid_at":"1790000000123","when":"2026-09-21T12:53:20Z"}',
    );
    expect(identity.times).toEqual(['iso-seconds', 'unix-seconds', { format: 'unix-millis', as: 'text' }]);
    expect(identity.eventTime).toEqual(['created']);
    const unsure = await of('{"type":"a.b","created":1790000000,"phone":1234567890}');
    expect(unsure.times).toBeUndefined();
    expect(unsure.stderr).toContain('created (1790000000) of the body stays as captured');
  });

  const form = 'POST / HTTP/1.1\nContent-Type: ';
  it.each<[string, string | Uint8Array, RegExp]>([
    [
      'JSON that is none',
      `${form}application/json\n\n<xml/>`,
      /its body is not JSON: .*line 1, column 1.* Correct the capture/,
    ],
    [
      'bytes',
      Buffer.from(`${form}application/octet-stream\n\n\xff\xfe`, 'latin1'),
      /not UTF-8.* webhook-sim docs providers/,
    ],
    [
      'parts with other line ends',
      `${form}multipart/form-data; boundary=x\n\n--x\n\na\n--x--`,
      /--x stands between.*CR LF/,
    ],
  ])('rejects %s, and writes nothing', async (_, capture, complaint) => {
    const cwd = folderOf({ capture: typeof capture === 'string' ? capture : new Uint8Array(capture) });
    const { stderr, exitCode } = await cli([...begin, '--event', 'a.b'], { cwd, env });
    expect(stderr).toMatch(complaint);
    expect(exitCode).toBe(2);
    expect(readdirSync(cwd)).toEqual(['capture']);
  });
});
