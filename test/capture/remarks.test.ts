import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCapture } from '../../src/capture/readCapture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const read = (bytes: string | Uint8Array) => readCapture(Buffer.from(bytes as string), { source: 'it', having: [] });
const notesOf = async (bytes: string) => (await read(bytes)).notes.join('\n');
const bodyOf = async (bytes: string) => Buffer.from((await read(bytes)).request.body).toString();

describe('a key that is there twice', () => {
  const body = '{"type":"a","user":{"id":1,"id":2}}';

  it('is said of a body, whose bytes stay', async () => {
    const raw = `POST /hook HTTP/1.1\nHost: x\nContent-Length: ${body.length}\n\n${body}`;
    expect(await bodyOf(raw)).toBe(body);
    expect(await notesOf(raw)).toBe(
      'The body has the key user.id twice: both are signed, and parsers keep one of them, most the last. Where it is written again and signed again, the last one is left.',
    );
  });

  it('is said of the JSON of a capture', async () => {
    const given = `{"headers":{"X-A":"1"},"body":"{}","body":"[]"}`;
    expect(await bodyOf(given)).toBe('[]');
    expect(await notesOf(given)).toBe('The JSON of the capture has the key body twice; the last one was read.');
    const lines = `{"headers":{"X-A":"1"},"body":"{}"}\n${given}`;
    const { notes } = await readCapture(Buffer.from(lines), { source: 'it', having: [], entry: 1 });
    expect(notes).toEqual([expect.stringContaining('has the key body twice')]);
    expect(await notesOf('{"headers":{"X-A":"1"},"body":"{}"}')).toBe('');
  });

  it('is said where it is sent again, and where a field of it is changed', async () => {
    const sent = ['--to', ':9', '--dry-run', '--secret', 'whsec_x'];
    const json = '{"id":"evt_1","type":"invoice.paid","data":{"object":{"id":"in_1","id":"in_2"}}}';
    const stdin = `POST /hook HTTP/1.1\nHost: x\nStripe-Signature: t=1,v1=ab\n\n${json}`;
    const again = await cli(['send', 'stripe', '--from', '-', ...sent], { stdin });
    expect(again.stderr).toContain('note: The body has the key data.object.id twice');
    expect(again.stdout).not.toContain('in_1');
    const exact = await cli(['send', 'stripe', '--from', '-', '--exact', ...sent], { stdin });
    expect(exact.stdout).toContain(json);
    const own = ['send', 'stripe', 'invoice.paid', '--data', '-', ...sent];
    const changed = await cli([...own, '--set', 'type=invoice.paid'], { stdin: json });
    expect(changed.stderr).toContain(
      'Standard input has the key data.object.id twice. As a field is changed, it is written again with the last one only.',
    );
    const unchanged = await cli(own, { stdin: json });
    expect(unchanged.stdout).toContain(json);
    expect(unchanged.stderr).not.toContain('twice');
  });
});

describe('halves of a character', () => {
  it('are shown as they are written, where they are joined', async () => {
    const command = String.raw`curl http://x/ --data-raw $'{"a":"\ud83d\ude80 \uD83D\uDC4B \ud83d\ude80"}'`;
    expect(await bodyOf(command)).toBe('{"a":"🚀 👋 🚀"}');
    expect(await notesOf(command)).toBe(
      String.raw`The command writes 3 characters as two halves (\ud83d\ude80, \uD83D\uDC4B), as browsers do; they were joined. bash itself would send other bytes.`,
    );
    expect(await notesOf(String.raw`curl http://x/ --data-raw $'\ud83e\udd16'`)).toContain(
      String.raw`writes a character as two halves (\ud83e\udd16), as`,
    );
  });

  it('are named with their place, where one stands alone', async () => {
    await expect(read("curl http://x/ \\\n  -H 'A: b' \\\n  --data-raw $'ok\n \\ude80'")).rejects.toThrow(
      String.raw`it holds half of a character (\ude80 in line 4), which UTF-8 does not have. Save the body as a file`,
    );
    await expect(read(String.raw`curl http://x/ --data-raw $'\ud83d'`)).rejects.toThrow(String.raw`(\ud83d), which`);
    await expect(read(String.raw`curl http://x/ --data-raw $'\U00110000'`)).rejects.toThrow(
      String.raw`no character (\U00110000)`,
    );
  });

  it.each([
    ['JSON', JSON.stringify({ headers: { 'X-A': '1' }, body: '{"a":"x\ud83d"}' })],
    ['Hurl', 'POST http://x/\nX-A: 1\n`{"a":"x\\u{d83d}"}`\nHTTP 200\n'],
    ['PowerShell', `Invoke-RestMethod http://x/ -Method Post -Body "{\`"a\`":\`"x$([char]0xd83d)\`"}"`],
  ])('are said of a text in %s', async (_, given) => {
    expect(await bodyOf(given)).toBe('{"a":"x\ufffd"}');
    expect(await notesOf(given)).toContain(
      String.raw`The body holds half of a character (\ud83d, character 8), which UTF-8 does not have: U+FFFD stands in its place`,
    );
  });
});

describe('a file of nothing', () => {
  it.each([
    ['a mark of UTF-8', '\ufeff', 'a byte order mark'],
    ['a mark of UTF-16', Buffer.from([0xff, 0xfe]), 'a byte order mark'],
    ['a mark of UTF-16 in the other order', Buffer.from([0xfe, 0xff]), 'a byte order mark'],
    ['blank lines', ' \r\n\n\t', 'blank lines'],
    ['a mark and a line end', '\ufeff\r\n', 'blank lines'],
  ])('is empty: %s', async (_, given, what) => {
    await expect(read(given)).rejects.toThrow(`it: it is empty: it holds only ${what}.`);
  });
});

it('tells the way out of a file that is too large', async () => {
  const cwd = await folderOf({});
  const file = await open(join(cwd, 'large.har'), 'w');
  await file.truncate(32 * 1024 * 1024 + 1);
  await file.close();
  const errorOf = async (...args: string[]) => (await cli(args, { cwd })).stderr;
  const only = 'large.har: it holds more than 32 MiB. Save only the request that you want, and give that file.';
  expect(await errorOf('verify', 'stripe', 'large.har', '--secret', 'x')).toContain(only);
  expect(await errorOf('provider', 'new', 'acme', '--from', 'large.har')).toContain(only);
  expect(await errorOf('send', 'stripe', 'invoice.paid', '--raw', 'large.har', '--to', ':9')).toContain(
    '--raw large.har: it holds more than 32 MiB. No provider sends a body of that size. Take a smaller one.',
  );
});

describe('PowerShell', () => {
  const post = 'Invoke-RestMethod -Uri http://x/hook -Method Post';

  it.each([
    ["-Form @{ a = 'b' }", 'it sends a multipart form (-Form), whose boundary PowerShell makes each time. Capture'],
    ['-InFile body.json', 'its body is in a file (-InFile). Write its content behind -Body.'],
    ['-Authentication Bearer -Token $t', 'it signs in with -Authentication, whose -Token or -Credential is no text.'],
    ['-Credential $c', 'it signs in with -Credential, which is no text. Write the header Authorization.'],
  ])('says of %s what it does', async (more, reason) => {
    await expect(read(`${post} ${more}`)).rejects.toThrow(`can't be read: ${reason}`);
  });

  it('has parameters that stand alone before an address', async () => {
    const { request } = await read("irm -UseBasicParsing http://x/hook -SkipCertificateCheck -Method Post -Body 'a'");
    expect([request.method, request.url, Buffer.from(request.body).toString()]).toEqual(['POST', 'http://x/hook', 'a']);
  });

  it('makes a form of a table', async () => {
    const command = `${post} -Body ([ordered]@{ text = 'two words'; cmd = '/go*'; note = "caf$([char]233)'~" })`;
    expect(await bodyOf(command)).toBe('text=two+words&cmd=%2Fgo*&note=caf%C3%A9%27%7E');
    expect((await read(command)).request.headers).toEqual([['Content-Type', 'application/x-www-form-urlencoded']]);
    expect(await notesOf(command)).toContain('The fields of -Body stand in the order of the table');
    const { request } = await read("Invoke-RestMethod 'http://x/hook?a=1' -Body @{ b = 'c d' }");
    expect([request.method, request.url, request.body.length]).toEqual(['GET', 'http://x/hook?a=1&b=c+d', 0]);
  });
});
