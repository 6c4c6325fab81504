import { describe, expect, it } from 'vitest';
import { isLoopback, parseTarget } from '../../src/core/target.js';

const names = ['demo', 'staging'];

function failureOf(text: string): Error & { code: string } {
  try {
    parseTarget(text, names);
  } catch (error) {
    return error as Error & { code: string };
  }
  throw new Error(`"${text}" is accepted`);
}

describe('parseTarget', () => {
  it.each([
    ['localhost:3000', 'http://localhost:3000/'],
    [':3000', 'http://localhost:3000/'],
    [':3000/path', 'http://localhost:3000/path'],
    ['3000', 'http://localhost:3000/'],
    ['3000/path', 'http://localhost:3000/path'],
    ['3000?a=1', 'http://localhost:3000/?a=1'],
    ['3000#part', 'http://localhost:3000/'],
    [' 3000 ', 'http://localhost:3000/'],
    ['host/path', 'http://host/path'],
    ['host:65535/a b', 'http://host:65535/a%20b'],
    ['localhost/hook', 'http://localhost/hook'],
    ['app.localhost/hook', 'http://app.localhost/hook'],
    ['localhost.:3000', 'http://localhost.:3000/'],
    ['api.internal/hook', 'http://api.internal/hook'],
    ['box.home.arpa/hook', 'http://box.home.arpa/hook'],
    ['printer.local', 'http://printer.local/'],
    ['host.docker.internal:8080', 'http://host.docker.internal:8080/'],
    ['10.0.0.5:8080/x', 'http://10.0.0.5:8080/x'],
    ['172.16.0.1', 'http://172.16.0.1/'],
    ['172.31.255.1', 'http://172.31.255.1/'],
    ['192.168.1.2/x', 'http://192.168.1.2/x'],
    ['[::1]:3000/x', 'http://[::1]:3000/x'],
    ['[fd00::1]/x', 'http://[fd00::1]/x'],
    ['[fe80::1]/x', 'http://[fe80::1]/x'],
    ['[::ffff:127.0.0.1]/x', 'http://[::ffff:7f00:1]/x'],
    ['example.com', 'https://example.com/'],
    ['example.com/hook', 'https://example.com/hook'],
    ['example.com:8443/hook?a=b&c', 'https://example.com:8443/hook?a=b&c'],
    ['10.example.com/hook', 'https://10.example.com/hook'],
    ['127.0.0.1.example.com/hook', 'https://127.0.0.1.example.com/hook'],
    ['172.32.0.1/x', 'https://172.32.0.1/x'],
    ['8.8.8.8/x', 'https://8.8.8.8/x'],
    ['[2001:db8::1]/x', 'https://[2001:db8::1]/x'],
    ['[fc::1]/x', 'https://[fc::1]/x'],
    ['https://h/p?q=1', 'https://h/p?q=1'],
    ['https://localhost:3000#part', 'https://localhost:3000/'],
    ['http://example.com/a?x=%20#y', 'http://example.com/a?x=%20'],
    ['HTTP://Localhost:3000', 'http://localhost:3000/'],
    ['münchen.example/hook', 'https://xn--mnchen-3ya.example/hook'],
    ['https://münchen.example/ü', 'https://xn--mnchen-3ya.example/%C3%BC'],
    ['user:pass@host/path', 'http://user:pass@host/path'],
    ['user:pass@example.com', 'https://user:pass@example.com/'],
    ['https://user:p%40ss@example.com/', 'https://user:p%40ss@example.com/'],
    ['data:8080/hook', 'http://data:8080/hook'],
    ['host/a?to=http://other:0/', 'http://host/a?to=http://other:0/'],
  ])('%s is %s', (text, url) => {
    expect(parseTarget(text, names)).toEqual({ url });
  });

  it('takes an umlaut also when it has been asked often', () => {
    for (let at = 0; at < 20_000; at++) parseTarget('https://m\u00fcnchen.example/', []);
    expect(parseTarget('https://m\u00fcnchen.example/', [])).toEqual({ url: 'https://xn--mnchen-3ya.example/' });
  });

  it('names come first', () => {
    expect(parseTarget('demo', names)).toEqual({ name: 'demo' });
    expect(parseTarget(' staging ', names)).toEqual({ name: 'staging' });
    expect(parseTarget('3000', ['3000'])).toEqual({ name: '3000' });
    expect(parseTarget('demo/path', names)).toEqual({ url: 'http://demo/path' });
  });

  it.each([
    [
      'stagging',
      'There is no target named stagging. Did you mean staging? An address needs a port or a path: stagging:3000, stagging/webhooks.',
    ],
    [
      'localhost',
      'There is no target named localhost. Known: demo, staging. An address needs a port or a path: localhost:3000, localhost/webhooks.',
    ],
    [
      'bücher',
      'There is no target named bücher. Known: demo, staging. An address needs a port or a path: bücher:3000, bücher/webhooks.',
    ],
  ])('%s names no target', (text, message) => {
    expect(failureOf(text)).toMatchObject({ name: 'UsageError', code: 'UNKNOWN_TARGET', message });
  });

  it('without names, the sentence has no gap', () => {
    expect(() => parseTarget('localhost', [])).toThrow(
      'There is no target named localhost. An address needs a port or a path: localhost:3000, localhost/webhooks.',
    );
  });

  it.each(['', '  ', '\n'])('%j is empty', (text) => {
    const message = 'The target is empty. Write localhost:3000 or a URL.';
    expect(failureOf(text)).toMatchObject({ code: 'BAD_TARGET', message });
  });

  it.each([
    ['ftp://x', 'ftp'],
    ['ws://localhost:3000', 'ws'],
    ['file:///etc/passwd', 'file'],
    ['javascript:alert(1)', 'javascript'],
    ['mailto:x@y', 'mailto'],
    ['DATA:text/plain,x', 'data'],
    ['chrome-extension://x/y', 'chrome-extension'],
  ])('%s is not for webhooks', (text, scheme) => {
    const message = `A webhook can't be sent to ${scheme}:. Write an http:// or https:// URL.`;
    expect(failureOf(text)).toMatchObject({ code: 'BAD_TARGET', message });
  });

  it.each([
    'http://',
    'https:///path',
    'http:localhost:3000',
    'https:/example.com',
    'http:\\\\localhost',
    'http:3000',
    '/webhooks',
    '//host/x',
    '?a=1',
    '#part',
    ':',
    ':/x',
    ':abc',
    'localhost:',
    'http://localhost:/x',
    'localhost:99999',
    '99999',
    ':65536',
    'localhost:0',
    ':0',
    '0',
    'http://localhost:0/x',
    'https://localhost:-1/',
    'localhost:3000a',
    '3000:80',
    'local host:3000',
    'http://local host/',
    'exam\tple.com/x',
    'host\\path',
    'C:\\hooks',
    '.',
    '../hook',
    'example..com',
    '.example.com',
    'https://exa mple.com',
    '[::1/x',
    '300.1.2.3/x',
    'a%00b/x',
  ])('%j is not an address', (text) => {
    const shown = text.replace('\t', ' ');
    const message = `"${shown}" is not an address to send to. Write localhost:3000, :3000/path or a whole URL; a port is 1 to 65535.`;
    expect(failureOf(text)).toMatchObject({ name: 'UsageError', code: 'BAD_TARGET', message });
  });

  it.each([
    'user:hunter2@',
    'user:hunter2@:3000',
    'user:hunter2@host:0',
    'user:hunter2@ho st/x',
    'user:hunter2@host:99999/x',
    'user:hunter2@host:/x',
    'https://user:hunter2@/x',
    'https://user:a/hunter2@host',
    'https://user:a@hunter2@host:0',
    'https://user:hunter2\n@host',
    'http:user:hunter2@host',
    'mailto:hunter2@host',
    'ftp://user:hunter2@host/x',
    'user:hunter2@host\\x',
    '//user:hunter2@host',
    '/user:hunter2@host',
  ])('the error for %j does not tell the password', (text) => {
    const error = failureOf(text);
    expect(error.code).toBe('BAD_TARGET');
    expect(`${error.message}\n${error.stack}`).not.toContain('hunter2');
    // A cause would be printed with the error, and the URL parser's own holds the text that it was given.
    expect(error.cause).toBeUndefined();
  });

  it('shows the rest of an address with a password', () => {
    const rest = 'is not an address to send to. Write localhost:3000, :3000/path or a whole URL; a port is 1 to 65535.';
    expect(failureOf('https://user:hunter2@host:0/x').message).toBe(`"https://…@host:0/x" ${rest}`);
    expect(failureOf('user:hunter2@host:0').message).toBe(`"…@host:0" ${rest}`);
  });
});

describe('isLoopback', () => {
  const host = (url: string) => new URL(url).hostname;

  it.each([
    'http://localhost',
    'http://LOCALHOST',
    'http://localhost.',
    'http://app.localhost',
    'http://127.0.0.1',
    'http://127.1',
    'http://0.0.0.0',
    'http://[::1]',
    'http://[::]',
    'http://[::ffff:127.0.0.1]',
    'http://2130706433',
  ])('%s stays here', (url) => {
    expect(isLoopback(host(url))).toBe(true);
  });

  it.each([
    'http://127.example.com',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://notlocalhost',
    'http://10.0.0.1',
    'http://[::2]',
    'http://[::ffff:7f:1]',
    'http://[fe80::1]',
  ])('%s does not', (url) => {
    expect(isLoopback(host(url))).toBe(false);
  });
});
