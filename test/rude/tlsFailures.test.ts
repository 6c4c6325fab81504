import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { identity, pem, pemPath } from '../support/pem.js';
import { receiver } from '../support/receiver.js';

const folder = mkdtempSync(join(tmpdir(), 'webhook-sim-tls-'));
const path = (name: string) => join(folder, name);
const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });

/** Signs a certificate for 127.0.0.1, or for what `names` says; with whatever is wrong with it. */
function issue(name: string, { md = 'sha256', bits = 2048, extension = '', names = 'IP:127.0.0.1' } = {}): void {
  openssl(
    'req',
    '-newkey',
    `rsa:${bits}`,
    '-nodes',
    '-keyout',
    path(`${name}.key`),
    '-out',
    path(`${name}.csr`),
    '-subj',
    '/CN=any',
  );
  writeFileSync(path(`${name}.ext`), `subjectAltName=${names}\n${extension}`);
  const authority = ['-CA', path('ca.pem'), '-CAkey', path('ca.key'), '-CAcreateserial'];
  openssl(
    'x509',
    '-req',
    '-in',
    path(`${name}.csr`),
    ...authority,
    '-days',
    '9',
    `-${md}`,
    '-extfile',
    path(`${name}.ext`),
    '-out',
    path(`${name}.pem`),
  );
}

beforeAll(() => {
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    path('ca.key'),
    '-out',
    path('ca.pem'),
    '-subj',
    '/CN=CA',
    '-days',
    '9',
  );
  issue('good');
  issue('sha1', { md: 'sha1' });
  issue('client', { extension: 'extendedKeyUsage=clientAuth' });
  issue('many', { names: 'DNS:a.example,DNS:*.b.example,DNS:c.example,DNS:d.example' });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Returns the result of one delivery. */
async function sending(to: string, args: readonly string[] = []) {
  const { json, stderr } = await cli([
    'send',
    'scalev',
    'order.created',
    '--to',
    to,
    '--timeout',
    '10s',
    '--json',
    ...args,
  ]);
  expect(json[0], stderr).toBeDefined();
  return json[0];
}

const trusting = () => ['--cacert', path('ca.pem')];

/** `openssl s_server` on a free port. */
async function opensslServer(certificate: string, ...args: string[]): Promise<string> {
  const files = ['-cert', path(`${certificate}.pem`), '-key', path(`${certificate}.key`)];
  const server = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', '-www', ...files, ...args]);
  onTestFinished(() => void server.kill());
  let message = '';
  for await (const chunk of server.stdout) {
    message += chunk;
    const port = /ACCEPT \S*:(\d+)/.exec(message)?.[1];
    if (port) {
      server.stdout.on('error', () => {}).resume();
      return `https://127.0.0.1:${port}`;
    }
  }
  throw new Error('openssl s_server did not start');
}

/** A server that has sent its alert may be seen to close first. */
const asksForOne = /client certificate[;:] give one with --cert and --key$/;

describe('what TLS rejects is told with what helps', () => {
  const weak = ['-cipher', 'ALL:@SECLEVEL=0'];
  const table: [name: string, certificate: string, args: string[], code: string, sentence: string | RegExp][] = [
    ['a SHA-1 certificate', 'sha1', weak, 'MD_TOO_WEAK', 'such as SHA-1; --insecure takes any certificate'],
    [
      'one for clients',
      'client',
      [],
      'INVALID_PURPOSE',
      'is not one for a server: its extended key usage names other purposes; --insecure',
    ],
    [
      'one for other hosts',
      'many',
      [],
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'is for another host (a.example, *.b.example, c.example and 1 more); send to a name that it is for, with --resolve',
    ],
    [
      'TLS 1.1 only',
      'good',
      ['-tls1_1', ...weak],
      'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
      'no version of TLS in common with this machine; it needs TLS 1.2 or newer',
    ],
    [
      'a wanted client certificate, TLS 1.3',
      'good',
      ['-Verify', '1', '-tls1_3'],
      'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED|CLOSED_EARLY|ECONNRESET',
      asksForOne,
    ],
    [
      'a wanted client certificate, TLS 1.2',
      'good',
      ['-Verify', '1', '-tls1_2'],
      'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED|CLOSED_EARLY|ECONNRESET',
      asksForOne,
    ],
    ['HTTP/2 only', 'good', ['-alpn', 'h2'], 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', 'speaks HTTP/2 only'],
  ];

  it.each(table)('%s', async (_, certificate, args, code, sentence) => {
    const { outcome, attempts } = await sending(await opensslServer(certificate, ...args), trusting());
    expect(outcome).toBe('unreachable');
    expect(attempts[0].error.code).toMatch(new RegExp(`^(${code})$`));
    const { message } = attempts[0].error;
    if (typeof sentence === 'string') expect(message).toContain(sentence);
    else expect(message).toMatch(sentence);
  });

  it.each(['sha1', 'client', 'many'])('--insecure takes the certificate %s, as is said', async (certificate) => {
    const files = { cert: readFileSync(path(`${certificate}.pem`)), key: readFileSync(path(`${certificate}.key`)) };
    const { port } = await receiver({ ...files, ciphers: 'DEFAULT@SECLEVEL=0' });
    expect((await sending(`https://127.0.0.1:${port}`, ['--insecure'])).outcome).toBe('accepted');
  });

  it('a client certificate that is not taken', async () => {
    const url = await opensslServer('good', '-Verify', '1', '-verify_return_error', '-CAfile', path('ca.pem'));
    const args = [...trusting(), '--cert', pemPath('self-signed'), '--key', pemPath('key')];
    const { attempts } = await sending(url, args);
    expect(attempts[0].error.message).toContain('it may not take the client certificate (--cert)');
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'a server that closes where it is shown no certificate, %s',
    async (maxVersion) => {
      const asking = { ca: pem('authority'), requestCert: true, rejectUnauthorized: true, maxVersion };
      const { port } = await receiver({ ...identity('right'), ...asking });
      const { attempts } = await sending(`https://127.0.0.1:${port}`, ['--cacert', pemPath('authority')]);
      expect(attempts[0].error.message).toMatch(/client certificate[;:] give one with --cert and --key$/);
    },
  );

  it.each([
    ['The plain HTTP request was sent to HTTPS port', 'The receiver takes TLS only: write https:// in --to.'],
    [
      'No required SSL certificate was sent',
      'The receiver asks for a client certificate: give one with --cert and --key.',
    ],
  ])('nginx says %s with a 400', async (title, hint) => {
    const body = `<html><head><title>400 ${title}</title></head></html>`;
    const { url } = await captureServer(`HTTP/1.1 400 Bad Request\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    const { stderr } = await cli(['send', 'scalev', 'order.created', '--to', url]);
    expect(stderr).toContain(hint);
    expect(stderr).not.toContain('Signed with');
  });

  it('says nothing of certificates where none was asked for', async () => {
    const { port } = await receiver({ ...identity('right') });
    const { outcome } = await sending(`https://127.0.0.1:${port}`, ['--cacert', pemPath('authority')]);
    expect(outcome).toBe('accepted');
  });

  it.each([
    ['self-signed', 'is self-signed; trust it with --cacert, or take any certificate with --insecure'],
    ['right', 'that this machine does not know; trust its authority with --cacert'],
    ['expired', 'has expired; renew it; until then --insecure takes any certificate', '--cacert', pemPath('authority')],
    ['not-yet-valid', 'is not valid yet; compare the clocks', '--cacert', pemPath('authority')],
  ])('the certificate %s', async (name, sentence, ...args) => {
    const { port } = await receiver(identity(name));
    expect((await sending(`https://127.0.0.1:${port}`, args)).attempts[0].error.message).toContain(sentence);
  });

  it('a server that speaks HTTP/2 without TLS', async () => {
    const server = http2.createServer().listen(0, '127.0.0.1');
    server.on('sessionError', () => {});
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const { attempts } = await sending(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(attempts[0].error.message).toContain('speaks HTTP/2 only');
  });
});
