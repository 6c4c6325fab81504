import { describe, expect, it } from 'vitest';
import { endure } from '../support/endure.js';
import { answering, rudeServer } from '../support/rude.js';

const sequence = '\u001b[2J\u001b]0;owned\u0007\u001b[31mred';
const c1 = '\u009b31m\u0085\u009d0;owned\u009c';
const hidden = '\u202egnp.exe\u2066x\u2069\u200b\u200d\ufeff\u2028\u061c';
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const withBody = (body: Buffer, head = '', status = '500 No') =>
  Buffer.concat([latin1(`HTTP/1.1 ${status}\r\n${head}Content-Length: ${body.length}\r\n\r\n`), body]);

describe('text of a receiver that would control a terminal is shown as escapes', () => {
  it.each([
    ['escape sequences', Buffer.from(sequence), sequence],
    ['C1 controls', Buffer.from(c1), c1],
    ['characters that reorder or hide text', Buffer.from(hidden), hidden],
    [
      'NUL, backspace and carriage return',
      Buffer.from('good\0\b\b\b\b\rbad\v\f\u007f'),
      'good\0\b\b\b\b\rbad\v\f\u007f',
    ],
  ])('in a body: %s', async (_, body, text) => {
    const { url } = await rudeServer(answering(withBody(body)));
    const { attempt, exitCode, human } = await endure(url);
    expect(exitCode).toBe(1);
    expect(attempt.response.body).toBe(text);
    expect(human.stdout).toMatch(/answer: .*(\\x|\\u\{)/);
  });

  it.each([
    ['bytes that are not UTF-8', Buffer.from([0xff, 0xfe, 0x9b, 0x33, 0x31, 0x6d, 0xc0, 0x80])],
    ['surrogates as UTF-8', Buffer.from([0xed, 0xa0, 0x80, 0x61])],
    ['half a character', Buffer.from([0x61, 0xe2, 0x82])],
  ])('in a body: %s, which JSON has as base64', async (_, body) => {
    const { url } = await rudeServer(answering(withBody(body)));
    const { attempt, exitCode } = await endure(url);
    expect(exitCode).toBe(1);
    expect(attempt.response).not.toHaveProperty('body');
    expect(Buffer.from(attempt.response.bodyBase64, 'base64').equals(body)).toBe(true);
  });

  it('in the reason phrase', async () => {
    const { url } = await rudeServer(answering(withBody(latin1('no'), '', `500 ${sequence}${c1}`)));
    const { attempt, exitCode } = await endure(url);
    expect([attempt.status, exitCode]).toEqual([500, 1]);
  });

  it('in values of headers, where HTTP lets them in', async () => {
    const { url } = await rudeServer(
      answering(
        Buffer.concat([
          latin1(`HTTP/1.1 302 Found\r\nLocation: /${c1}\r\nX-Text: `),
          Buffer.from(hidden),
          latin1('\r\nContent-Length: 0\r\n\r\n'),
        ]),
      ),
    );
    const { attempt, exitCode, human, verbose } = await endure(url);
    expect([attempt.status, exitCode]).toEqual([302, 1]);
    expect(attempt.response.headers[0]).toEqual(['Location', `/${c1}`]);
    expect(human.stdout).toContain('redirects to /\\x9b31m\\x85');
    expect(verbose.stdout).toContain('Location: /\\x9b31m\\x85');
  });

  it('in values and names of headers, where HTTP does not', async () => {
    for (const line of [`X-Text: ${sequence}`, `${sequence}: text`, `${c1}: text`]) {
      const { url } = await rudeServer(answering(withBody(latin1('no'), `${line}\r\n`)));
      const { attempt, exitCode } = await endure(url);
      expect([attempt.error.code, exitCode]).toEqual(['INVALID_HEADER', 3]);
    }
  });

  it('in a body of many lines, of which few are shown', async () => {
    const { url } = await rudeServer(answering(withBody(Buffer.from(`${sequence}\n`.repeat(2000)))));
    const { verbose } = await endure(url);
    expect(verbose.stdout).toContain('more lines');
    expect(verbose.stdout.split('\n').length).toBeLessThan(60);
  });

  it('also when a person with colours looks', async () => {
    const { url } = await rudeServer(answering(withBody(Buffer.from(sequence))));
    const { cli } = await import('../support/cli.js');
    const { stdout, stderr } = await cli(['send', 'scalev', 'order.created', '--to', url, '-v'], {
      isTTY: true,
      env: { FORCE_COLOR: '1' },
    });
    const colours = new Set(`${stdout}${stderr}`.match(/\u001b(?:\[\d+m)?/g));
    for (const colour of colours) expect(colour).toMatch(/^\u001b\[(1|2|22|31|32|33|36|39)m$/);
    expect(stdout).toContain('\\x1b[2J\\x1b]0;owned\\x07');
  });
});
