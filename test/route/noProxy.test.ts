import { describe, expect, it } from 'vitest';
import type { Io } from '../../src/cli/io/io.js';
import { flagName } from '../../src/cli/options/flags.js';
import { isExcepted, proxyFor } from '../../src/core/proxyFor.js';
import { directRoute } from '../../src/core/route.js';
import { readRoute } from '../../src/session/project/projectRoute.js';

describe('NO_PROXY', () => {
  const table: [exception: string, url: string, excepted: boolean][] = [
    ['*', 'http://hooks.example.test', true],
    ['hooks.example.test', 'http://hooks.example.test', true],
    ['hooks.example.test', 'http://HOOKS.example.test.', true],
    ['Hooks.Example.Test', 'http://hooks.example.test', true],
    ['hooks.example.test.', 'http://hooks.example.test', true],
    ['example.test', 'http://hooks.example.test', true],
    ['.example.test', 'http://hooks.example.test', true],
    ['.example.test', 'http://example.test', true],
    ['*.example.test', 'http://hooks.example.test', true],
    ['example.test', 'http://notexample.test', false],
    ['.example.test', 'http://notexample.test', false],
    ['hooks.example.test', 'http://example.test', false],
    ['hooks', 'http://hooks.example.test', false],
    ['hooks.example.test:8080', 'http://hooks.example.test:8080', true],
    ['hooks.example.test:8080', 'http://hooks.example.test', false],
    ['hooks.example.test:443', 'https://hooks.example.test', true],
    ['.example.test:443', 'https://hooks.example.test', true],
    ['.example.test:80', 'https://hooks.example.test', false],
    ['10.1.2.3', 'http://10.1.2.3:8080', true],
    ['10.1.2.3:8080', 'http://10.1.2.3:8080', true],
    ['10.1.2.3:80', 'http://10.1.2.3:8080', false],
    ['10.1.2.3', 'http://110.1.2.3', false],
    ['10.0.0.0/8', 'http://10.255.0.1', true],
    ['10.0.0.0/8', 'http://11.0.0.1', false],
    ['10.0.0.0/33', 'http://10.0.0.1', false],
    ['10.0.0.0/x', 'http://10.0.0.1', false],
    ['0.0.0.0/0', 'http://10.0.0.1', true],
    ['0.0.0.0/0', 'http://[2001:db8::1]', false],
    ['2001:db8::1', 'http://[2001:db8::1]:8080', true],
    ['[2001:DB8:0::1]', 'http://[2001:db8::1]', true],
    ['[2001:db8::1]:8080', 'http://[2001:db8::1]:8080', true],
    ['[2001:db8::1]:8081', 'http://[2001:db8::1]:8080', false],
    ['2001:db8::/32', 'http://[2001:db8:1::1]', true],
    ['2001:db9::/32', 'http://[2001:db8:1::1]', false],
    ['.', 'http://hooks.example.test', false],
    ['', 'http://hooks.example.test', false],
    [':80', 'http://hooks.example.test', false],
  ];

  it.each(table)('%j and %s: %s', (exception, url, excepted) => {
    const route = { ...directRoute, proxy: 'http://proxy.test', noProxy: ['other.test', exception] };
    expect(proxyFor(route, new URL(url)) === null).toBe(excepted);
  });

  it('counts an address that the user names for a host', () => {
    const destination = { hostname: 'hooks.example.test', port: 80, address: '10.0.0.1' };
    expect(isExcepted(['10.0.0.0/8'], destination)).toBe(true);
    expect(isExcepted(['10.0.0.0/8'], { ...destination, address: null })).toBe(false);
  });
});

describe('the proxy of the environment', () => {
  const [one, two, three, four] = ['http://one.test/', 'http://two.test/', 'http://three.test/', 'http://four.test/'];
  const http = 'http://hooks.example.test/';
  const https = 'https://hooks.example.test/';
  const table: [env: Record<string, string>, url: string, proxy: string | null][] = [
    [{}, http, null],
    [{ http_proxy: one }, http, one],
    [{ http_proxy: one }, https, null],
    [{ HTTP_PROXY: one }, http, one],
    [{ HTTP_PROXY: one, REQUEST_METHOD: 'GET' }, http, null],
    [{ http_proxy: one, REQUEST_METHOD: 'GET' }, http, one],
    [{ HTTPS_PROXY: one, REQUEST_METHOD: 'GET' }, https, one],
    [{ http_proxy: one, HTTP_PROXY: two, all_proxy: three, ALL_PROXY: four }, http, one],
    [{ https_proxy: one, HTTPS_PROXY: two, all_proxy: three, ALL_PROXY: four }, https, one],
    [{ HTTPS_PROXY: two, all_proxy: three }, https, two],
    [{ all_proxy: three, ALL_PROXY: four }, http, three],
    [{ ALL_PROXY: four }, https, four],
    [{ http_proxy: '', HTTP_PROXY: two }, http, two],
    [{ http_proxy: ' ' }, http, null],
    [{ http_proxy: 'one.test' }, http, one],
    [{ http_proxy: 'one.test:3128' }, http, 'http://one.test:3128/'],
    [{ http_proxy: 'HTTPS://one.test' }, http, 'https://one.test/'],
    [{ http_proxy: one, NO_PROXY: 'a.test, hooks.example.test' }, http, null],
    [{ http_proxy: one, NO_PROXY: 'a.test hooks.example.test' }, http, null],
    [{ http_proxy: one, no_proxy: 'a.test', NO_PROXY: '*' }, http, one],
    [{ http_proxy: one, no_proxy: '', NO_PROXY: '*' }, http, null],
    [{ http_proxy: 'socks5://one.test', no_proxy: '*' }, http, null],
    [{ all_proxy: 'socks5://one.test', https_proxy: two }, https, two],
    [{ all_proxy: 'socks5://one.test' }, 'http://localhost:3000/', null],
    [{ http_proxy: one }, 'http://127.0.0.1:3000/', null],
  ];

  const read = (env: Record<string, string>, url: string, flags = {}) =>
    readRoute({ ...flags, nameOf: flagName }, { env, cwd: '/' } as unknown as Io, url);

  it.each(table)('%j for %s', async (env, url, proxy) => {
    expect((await read(env, url)).proxy).toBe(proxy);
  });

  it('gives way to --proxy, NO_PROXY too', async () => {
    const env = { http_proxy: one, no_proxy: '*' };
    const route = await read(env, http, { proxy: two });
    expect(proxyFor(route, new URL(http))).toBe(two);
    expect((await read(env, http, { proxy: 'none' })).proxy).toBeNull();
  });

  it.each([
    ['ALL_PROXY', 'socks5h://user:CANARY@one.test', /^ALL_PROXY: socks5h:\/\/ proxies are not supported\./],
    ['http_proxy', 'http://user:CANARY@', /^http_proxy: that is not the address of a proxy\./],
    ['HTTP_PROXY', 'http://one.test/CANARY', /^HTTP_PROXY: that is not the address of a proxy\./],
    ['http_proxy', 'http://user:CANARY%@one.test', /^http_proxy: the user name or password has a "%"/],
    ['http_proxy', 'http://user:CANARY%ff@one.test', /^http_proxy: the user name or password has a "%"/],
  ])('%s=%s is a usage error without its password', async (name, value, message) => {
    const error = await read({ [name]: value }, http).catch((caught: Error) => caught);
    expect(error).toMatchObject({ code: 'BAD_PROXY', message: expect.stringMatching(message) });
    expect(String(error)).not.toContain('CANARY');
  });
});
