import { describe, expect, it } from 'vitest';
import { contentsOf, contentText, contentValue } from '../../src/json/form.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { otherProviders, projectOf } from './providers.js';

const cwd = () => projectOf(otherProviders);

describe('multipart', () => {
  it('is what the parser of the platform reads, file names and bytes included', async () => {
    const { url, requests } = await captureServer();
    expect((await cli(['send', 'parts', 'signed', '--to', url], { cwd: cwd() })).exitCode).toBe(0);
    const [{ body, header }] = requests as [(typeof requests)[0]];
    const sent = new Response(body, { headers: { 'Content-Type': header('content-type')! } });
    const form = await sent.formData();
    expect([...form.keys()]).toEqual(['json', 'na"me', 'attachment', 'picture']);
    expect(JSON.parse(String(form.get('json'))).title).toBe('Ünï/x');
    expect(form.get('na"me')).toBe('two\nlines');
    const picture = form.get('picture') as File;
    expect([picture.name, picture.type, picture.size]).toEqual(['ü "1".gif', 'image/gif', 35]);
  });

  it('takes edits of fields and of parts', async () => {
    const { url, requests } = await captureServer();
    const edits = ['--set', 'json.title=Tea', '--set', 'attachment.$text=x', '--unset', 'picture'];
    expect((await cli(['send', 'parts', 'signed', ...edits, '--to', url], { cwd: cwd() })).exitCode).toBe(0);
    const text = requests[0]!.body.toString();
    expect(text).toContain('"title":"Tea"');
    expect(text).toContain('filename="amounts.csv"\r\nContent-Type: text/csv\r\n\r\nx\r\n--xYzZY--\r\n');
  });

  it('refuses a field that holds the boundary, and a body of another one', async () => {
    const held = await cli(['send', 'parts', 'signed', '--set', '["na\\"me"]=--xYzZY', '--to', ':1'], { cwd: cwd() });
    expect([held.exitCode, held.stderr]).toEqual([2, expect.stringContaining('Name another boundary')]);
    const other = await cli(['send', 'parts', 'signed', '--data', '-', '--to', ':1'], {
      cwd: cwd(),
      stdin: '--other\r\n',
    });
    expect([other.exitCode, other.stderr]).toEqual([2, expect.stringContaining('does not begin with --xYzZY')]);
  });
});

describe('a payload in the query', () => {
  it('has no body, and a fresh id and time', async () => {
    const { url, requests } = await captureServer();
    const send = () => cli(['send', 'query', 'paid', '--to', `${url}/in?shop=1`], { cwd: cwd() });
    expect([(await send()).exitCode, (await send()).exitCode]).toEqual([0, 0]);
    const [first, second] = requests.map(({ requestLine }) => new URL(requestLine.split(' ')[1]!, url).searchParams);
    expect([...first!.keys()]).toEqual(['shop', 'order_id', 'status', 'sign', 'note', 'at']);
    expect(first!.get('note')).toBe('a&b c=☕');
    expect(first!.get('order_id')).not.toBe(second!.get('order_id'));
    expect(first!.get('at')).not.toContain('2026-01-14');
    expect(requests[0]!.requestLine).toMatch(/^GET \/in\?shop=1&order_id=/);
    expect([requests[0]!.body.length, requests[0]!.header('content-length')]).toEqual([0, undefined]);
  });
});

describe('Base64 in lines', () => {
  const form = { kind: 'form', contents: { bt_payload: 'base64-lines' } } as const;
  const xml = '<notification>\n  <kind>subscription_canceled</kind>\n  <subject>café</subject>\n</notification>\n';
  // What Ruby's pack('m') makes of it.
  const lines =
    'PG5vdGlmaWNhdGlvbj4KICA8a2luZD5zdWJzY3JpcHRpb25fY2FuY2VsZWQ8\nL2tpbmQ+CiAgPHN1YmplY3Q+Y2Fmw6k8L3N1YmplY3Q+Cjwvbm90aWZpY2F0\naW9uPgo=\n';

  it('breaks after 60 characters and at its end, and is read again', () => {
    expect(contentText('bt_payload', xml, contentsOf(form, 'bt_payload'))).toBe(lines);
    expect(contentValue(lines, contentsOf(form, 'bt_payload'))).toBe(xml);
  });
});

describe('a text', () => {
  it('is sent as it stands in its file, with a fresh id and time', async () => {
    const { url, requests } = await captureServer();
    expect((await cli(['send', 'note', '--all', '--to', url], { cwd: cwd() })).exitCode).toBe(0);
    const [paid, ping] = requests as [(typeof requests)[0], (typeof requests)[0]];
    expect(paid.body.toString()).toMatch(
      /^<\?xml version="1.0"\?>\n<order id="\d{8}">\n {2}<at>2\S+Z<\/at>\n<\/order>\n$/,
    );
    expect(paid.body.toString()).not.toMatch(/80017364|2026-01-14/);
    expect([ping.body.length, ping.header('x-note-event')]).toEqual([0, 'ping']);
  });

  it('is edited as text, and has no fields', async () => {
    const { url, requests } = await captureServer();
    const edit = (text: string) => text.replace('<order ', '<order paid="yes" ');
    await cli(['send', 'note', 'order.paid', '--edit', '--to', url], { cwd: cwd(), edit, isTTY: true });
    expect(requests[0]!.body.toString()).toContain('<order paid="yes" id=');
    const set = await cli(['send', 'note', 'order.paid', '--set', 'at=1', '--to', url], { cwd: cwd() });
    expect([set.exitCode, set.stderr]).toEqual([2, expect.stringContaining('has no at')]);
  });
});

describe('a sample', () => {
  it('is refused where there are two of one event, or its kind is not what is sent', async () => {
    const two = projectOf({
      a: { description: { headers: {}, dialect: 'text' }, samples: { 'x.txt': '', 'x.xml': '' } },
    });
    expect((await cli(['send', 'a', 'x', '--to', ':1'], { cwd: two })).stderr).toMatch(
      /x\.xml and x\.txt are samples of the same event/,
    );
    const text = projectOf({ a: { description: { headers: {} }, samples: { 'x.xml': '<a/>' } } });
    const { stderr, exitCode } = await cli(['send', 'a', 'x', '--to', ':1'], { cwd: text });
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/x\.xml: is a text, and its provider sends JSON\. Write dialect: text/),
    ]);
  });
});
