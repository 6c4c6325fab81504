import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';

const send = ['send', 'scalev', 'order.created'];

describe('the URL', () => {
  it.each([
    ['', '/'],
    ['/', '/'],
    ['?a=1', '/?a=1'],
    ['/hooks/scalev?token=a%20b&x=%C3%A9&empty=&x=2', '/hooks/scalev?token=a%20b&x=%C3%A9&empty=&x=2'],
    ['/a//b/?q=1?2', '/a//b/?q=1?2'],
    ['/path#fragment', '/path'],
    ['/grüße?ö=☕', '/gr%C3%BC%C3%9Fe?%C3%B6=%E2%98%95'],
  ])('%j is sent as %s', async (written, sent) => {
    const server = await captureServer();
    expect((await cli([...send, '--to', server.url + written])).exitCode).toBe(0);
    expect(server.requests[0]!.requestLine).toBe(`POST ${sent} HTTP/1.1`);
    expect(server.requests[0]!.header('host')).toBe(`127.0.0.1:${server.port}`);
  });

  it.each([
    ['ada:s3cr3t-pass', 'ada:s3cr3t-pass'],
    ['ada:', 'ada:'],
    [':s3cr3t-pass', ':s3cr3t-pass'],
    ['ad%40:s3cr3t%3A%2Fpass', 'ad@:s3cr3t:/pass'],
    ['ada:s3cr3t%E2%98%95', 'ada:s3cr3t☕'],
  ])('with %s becomes Authorization: Basic of %s', async (written, pair) => {
    const server = await captureServer();
    const to = server.url.replace('//', `//${written}@`);
    expect((await cli([...send, '--to', to])).exitCode).toBe(0);
    const { head, headers, requestLine } = server.requests[0]!;
    expect(requestLine).toBe('POST / HTTP/1.1');
    expect(headers.filter(([name]) => /authorization/i.test(name))).toEqual([
      ['Authorization', `Basic ${Buffer.from(pair).toString('base64')}`],
    ]);
    expect(head).not.toContain('@');
  });

  it.each(['', '--json', '-v', '--dry-run', '--dry-run --json', '--dry-run -v', '--curl'])(
    'with a password prints neither it nor its Base64, with flags "%s"',
    async (flags) => {
      const server = await captureServer('HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n');
      const to = server.url.replace('//', '//ada:s3cr3t-pass@');
      const { stdout, stderr } = await cli([...send, '--to', to, ...flags.split(' ').filter(Boolean)]);
      expect(stdout).not.toBe('');
      for (const secret of ['s3cr3t', Buffer.from('ada:s3cr3t-pass').toString('base64')]) {
        expect(stdout + stderr).not.toContain(secret);
      }
    },
  );

  it('with a password prints it not even where nothing listens', async () => {
    const { stdout, stderr, exitCode } = await cli([...send, '--to', 'http://ada:s3cr3t-pass@127.0.0.1:1', '-v']);
    expect(exitCode).toBe(3);
    expect(stdout + stderr).not.toContain('s3cr3t');
  });
});
