import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createDelivery, deliver } from '../../src/index.js';
import { secret } from '../check/receiver.js';
import { loggedProject } from '../log/project.js';
import { answer, runJson, runSuite } from '../suite/run.js';
import { endure } from '../support/endure.js';
import { python } from '../support/python.js';
import { answering, onRequest, rudeServer } from '../support/rude.js';

const text = '{"receipt":"r-17","note":"Zoë"}';

/** Encodes a text with Python. */
function inPython(expression: string): Buffer {
  const program = `import gzip, zlib, sys; text = sys.stdin.buffer.read(); sys.stdout.buffer.write(${expression})`;
  return python(program, [], text);
}

const gzip = inPython('gzip.compress(text)');
const brotli = zlib.brotliCompressSync(text);
const bareDeflate = inPython('(lambda c: c.compress(text) + c.flush())(zlib.compressobj(9, zlib.DEFLATED, -15))');

/** An answer with a body as bytes. */
function encoded(body: Uint8Array, coding: string, head = 'HTTP/1.1 200 OK'): Buffer {
  const fields = `${head}\r\nContent-Type: application/json\r\nContent-Encoding: ${coding}\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(fields, 'latin1'), body]);
}

describe('an answer with Content-Encoding', () => {
  const table: [coding: string, body: Uint8Array, shown: string][] = [
    ['gzip', gzip, 'gzip'],
    ['x-gzip', gzip, 'x-gzip'],
    ['GZip', gzip, 'gzip'],
    ['deflate', inPython('zlib.compress(text)'), 'deflate'],
    ['deflate', bareDeflate, 'deflate'],
    ['br', brotli, 'br'],
    ['identity, gzip', gzip, 'gzip'],
    ['deflate, gzip', inPython('gzip.compress(zlib.compress(text))'), 'deflate, gzip'],
    ['gzip\r\nContent-Encoding: br', zlib.brotliCompressSync(gzip), 'gzip, br'],
    ['gzip', Buffer.concat([inPython('gzip.compress(text[:9])'), inPython('gzip.compress(text[9:])')]), 'gzip'],
  ];

  it.each(table)('%s is decoded', async (coding, body, shown) => {
    const { url } = await rudeServer(answering(encoded(body, coding)));
    const { attempt, exitCode, verbose } = await endure(url);
    expect(exitCode).toBe(0);
    expect(attempt.response).toMatchObject({
      bytes: body.length,
      contentEncoding: shown,
      decodedBytes: Buffer.byteLength(text),
      body: text,
      truncated: false,
    });
    expect(attempt.response).not.toHaveProperty('decodingProblem');
    expect(verbose.stdout).toContain(
      `answer 200 · ${body.length} bytes of ${shown}, ${Buffer.byteLength(text)} decoded\n`,
    );
    expect(verbose.stdout).toContain(`    ${text}\n`);
  });

  it.runIf('createZstdDecompress' in zlib)('zstd is decoded where Node has it', async () => {
    const body = (zlib as unknown as { zstdCompressSync(text: string): Buffer }).zstdCompressSync(text);
    const { url } = await rudeServer(answering(encoded(body, 'zstd')));
    expect((await endure(url)).attempt.response).toMatchObject({ contentEncoding: 'zstd', body: text });
  });

  it.each([
    ['an empty body', encoded(Buffer.alloc(0), 'gzip')],
    ['204', Buffer.from('HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n')],
    ['identity only', encoded(Buffer.from(''), 'identity')],
  ])('is no error with %s', async (_, bytes) => {
    const { url } = await rudeServer(answering(bytes));
    const { attempt, exitCode, human } = await endure(url);
    expect([exitCode, attempt.response.body]).toEqual([0, '']);
    expect(attempt.response).not.toHaveProperty('decodingProblem');
    expect(human.stdout).not.toContain('as it came');
  });

  const raw: [name: string, coding: string, body: Uint8Array, problem: string][] = [
    ['plain text', 'gzip', Buffer.from(text), 'it is not gzip, though its Content-Encoding says so'],
    ['one that was cut', 'gzip', gzip.subarray(0, -9), 'it is no whole gzip, though its Content-Encoding says so'],
    ['one with a false checksum', 'gzip', changed(gzip), 'it is not gzip, though its Content-Encoding says so'],
    ['plain text', 'deflate', Buffer.from(text), 'it is not deflate, though its Content-Encoding says so'],
    ['plain text', 'br', Buffer.from(text), 'it is not br, though its Content-Encoding says so'],
    ['a coding of long ago', 'compress', gzip, 'its Content-Encoding is none of gzip, x-gzip, deflate, br'],
    ['a coding that is none', '\x9b31mgzip', gzip, 'its Content-Encoding is none of gzip, x-gzip, deflate, br'],
    ['a name of every object', 'constructor', gzip, 'its Content-Encoding is none of gzip, x-gzip, deflate, br'],
    ['five codings', 'gzip, gzip, gzip, gzip, gzip', gzip, 'it has 5 codings, of which 4 are read'],
  ];

  it.each(raw)('that is %s (%s) is kept as it came, with a warning', async (_, coding, body, problem) => {
    const { url } = await rudeServer(answering(encoded(body, coding)));
    const { attempt, exitCode, human, verbose } = await endure(url);
    expect(exitCode).toBe(0);
    const { response } = attempt;
    expect(Buffer.from(response.bodyBase64 ?? Buffer.from(response.body).toString('base64'), 'base64')).toEqual(
      Buffer.from(body),
    );
    expect(response).toMatchObject({ bytes: body.length, decodedBytes: null, truncated: false });
    expect(response.decodingProblem).toContain(problem);
    for (const { stdout } of [human, verbose]) {
      expect(stdout).toContain(`the body of the answer is shown as it came: ${problem}`);
    }
  });

  it.each([
    ['gzip', zlib.gzipSync(Buffer.alloc(64 << 20))],
    ['gzip, gzip', zlib.gzipSync(zlib.gzipSync(Buffer.alloc(64 << 20)))],
    ['br', zlib.brotliCompressSync(Buffer.alloc(64 << 20), { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 2 } })],
  ])('that is a bomb of %s is read up to 1 MiB', async (coding, body) => {
    expect(body.length).toBeLessThan(100_000);
    const { url } = await rudeServer(answering(encoded(body, coding)));
    const { attempt, exitCode } = await endure(url, [], { limitMs: 10_000 });
    expect(exitCode).toBe(0);
    expect(attempt.response).toMatchObject({ bytes: body.length, decodedBytes: 1 << 20, truncated: true });
    expect(attempt.response.body.length).toBe(1 << 16);
  });

  it('that is longer than what is read is decoded as far as it goes', async () => {
    // Noise does not get shorter; JSON of it does, a little.
    const noise = Buffer.from(new Array(2 << 20).fill(0).map((_, i) => ((i * 2654435761) >>> 13) & 0xff));
    const body = zlib.gzipSync(noise, { level: 0 });
    const { url } = await rudeServer(answering(encoded(body, 'gzip')));
    const { attempt, exitCode } = await endure(url, [], { limitMs: 10_000 });
    expect(exitCode).toBe(0);
    expect(attempt.response).toMatchObject({ bytes: 1 << 20, truncated: true });
    expect(attempt.response.decodedBytes).toBeGreaterThan(1_000_000);
    expect(Buffer.from(attempt.response.bodyBase64, 'base64')).toEqual(noise.subarray(0, 1 << 16));
  });

  it('that breaks off is decoded as far as it came', async () => {
    const body = zlib.gzipSync('a word and another. '.repeat(50), { level: 0 });
    const { url } = await rudeServer(onRequest((socket) => socket.end(encoded(body, 'gzip').subarray(0, -200))));
    const { delivery, attempt } = await endure(url);
    expect(delivery.outcome).toBe('broken');
    expect(attempt.response.body).toMatch(/^a word and another\. /);
    expect(attempt.response).not.toHaveProperty('decodingProblem');
  });

  it('is what suites expect and capture', async () => {
    const { results, requests, exitCode } = await runJson(
      `target: RECEIVER
cases:
  - { send: scalev order.created, expect: { body: { contains: r-17, json: { receipt: r-17 } } }, capture: { receipt: receipt } }
  - { send: scalev order.created, set: { data.order_id: "\${receipt}" }, expect: { body: { json: { receipt: r-18 } } } }
`,
      { answer: () => encoded(gzip, 'gzip').toString('latin1') },
    );
    expect([exitCode, results[0]?.status]).toEqual([1, 'passed']);
    expect(requests[1]!.body.toString()).toContain('r-17');
    expect(results[1].failures[0].message).toBe('receipt in the body is "r-17", expected "r-18"');
  });

  it('that can not be decoded is why an expectation fails', async () => {
    const { results } = await runJson(
      'target: RECEIVER\ncases: [{ send: scalev order.created, expect: { body: { contains: r-17 } } }]\n',
      { answer: answer(200, 'zipped', { 'Content-Encoding': 'compress' }) },
    );
    expect(results[0].failures[0].message).toMatch(
      /does not contain "r-17" \(it could not be decoded: its Content-Encoding is none of/,
    );
  });

  it('is told in HAR and HTML', async () => {
    const suite = 'target: RECEIVER\ncases: [{ send: scalev order.created, expect: 401 }]\n';
    const reported = async (kind: string) =>
      (await runSuite(suite, { answer: encoded(gzip, 'gzip').toString('latin1'), args: ['--report', `${kind}=-`] }))
        .stdout;
    const [entry] = JSON.parse(await reported('har')).log.entries;
    const decodedBytes = Buffer.byteLength(text);
    expect(entry.response).toMatchObject({
      bodySize: gzip.length,
      content: { size: decodedBytes, compression: decodedBytes - gzip.length, text },
    });
    expect(await reported('html')).toContain(`${gzip.length} bytes of gzip, ${decodedBytes} decoded`);
  });

  it('is kept in the log as text', async () => {
    const { url } = await rudeServer(answering(encoded(gzip, 'gzip', 'HTTP/1.1 400 No')));
    const project = loggedProject({ 'package.json': '{}' });
    await project.run(['send', 'scalev', 'order.created', '--to', url]);
    const [kept] = await project.kept();
    expect(kept.attempts[0].response).toMatchObject({
      bytes: gzip.length,
      contentEncoding: 'gzip',
      decodedBytes: Buffer.byteLength(text),
      body: text,
    });
    const shown = await project.run(['log', 'last']);
    expect(shown.stdout).toContain(`${gzip.length} bytes of gzip, ${Buffer.byteLength(text)} decoded`);
    expect(shown.stdout).toContain(text);
  });

  it('is what the library tells, with the bytes as they came', async () => {
    const delivery = await createDelivery({ provider: 'scalev', url: '/hooks', secret });
    const handler = () => new Response(new Uint8Array(gzip), { headers: { 'Content-Encoding': 'gzip' } });
    const { text: decoded, response } = await deliver(delivery).to(handler);
    expect(decoded).toBe(text);
    expect(response).toMatchObject({
      bytes: gzip.length,
      contentEncoding: 'gzip',
      decodedBytes: Buffer.byteLength(text),
    });
    expect(Buffer.from(response!.encodedBody!)).toEqual(gzip);
  });
});

function changed(bytes: Buffer): Buffer {
  const other = Buffer.from(bytes);
  other[other.length - 6]! ^= 1;
  return other;
}
