import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cli } from '../support/cli.js';
import { inProject, projectFolder, startReceiver } from './receivers.js';

describe('keys', () => {
  it('prints the key with which a receiver of Discord verifies, and what is forged is rejected', async () => {
    const { stdout: hex, exitCode } = await inProject(['keys', 'discord', '--format', 'hex', '-q']);
    expect(hex).toMatch(/^[0-9a-f]{64}\n$/);
    expect(exitCode).toBe(0);
    const url = await startReceiver('receiver.mjs', 'discord', { PUBLIC_KEY: hex.trim() });
    const first = await inProject(['handshake', 'discord', '--to', url]);
    expect(first.stdout).toMatch(/✓ 204 discord PING[\s\S]*✓ 401 discord bad-signature \[tampered-signature\]/);
    expect(first.exitCode).toBe(0);
    expect((await inProject(['send', 'discord', '--all', '--to', url])).exitCode).toBe(0);
    const forged = ['send', 'discord', 'ENTITLEMENT_CREATE', '--forge', 'wrong-secret', '--expect', '401', '--to', url];
    expect((await inProject(forged)).exitCode).toBe(0);
  });

  it('prints the public half of a private key of one, and nothing of the private', async () => {
    const cwd = projectFolder();
    execFileSync('openssl', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', join(cwd, 'key.pem')]);
    const expected = execFileSync('openssl', ['ec', '-in', join(cwd, 'key.pem'), '-pubout'], {
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const own = (format: string) => cli(['keys', 'sendgrid', '--secret', 'file:key.pem', '--format', format], { cwd });
    expect((await own('pem')).stdout).toBe(expected);
    expect((await own('base64')).stdout.trim()).toBe(expected.split('\n').slice(1, -2).join(''));
    const jwk = JSON.parse((await own('jwk')).stdout);
    expect(createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' })).toBe(expected);
    writeFileSync(join(cwd, 'certificate.pem'), (await own('certificate')).stdout);
    const held = execFileSync('openssl', ['x509', '-in', join(cwd, 'certificate.pem'), '-noout', '-pubkey'], {
      encoding: 'utf8',
    });
    expect(held).toBe(expected);
    const all = await cli(['keys', 'sendgrid', '--secret', 'file:key.pem'], { cwd });
    const whole = await cli(['keys', 'sendgrid', '--secret', 'file:key.pem', '--json'], { cwd });
    const [, ...secret] = readFileSync(join(cwd, 'key.pem'), 'utf8').split('\n');
    for (const { stdout, stderr } of [all, whole]) {
      expect(stdout + stderr).not.toContain(secret[0]);
      expect(stdout).not.toMatch(/PRIVATE|"d":/);
    }
    expect(JSON.parse(whole.stdout).jwks.keys).toEqual([jwk]);
  });

  it('writes a file, and over one only with --force', async () => {
    const cwd = projectFolder();
    const write = (...more: string[]) =>
      cli(['keys', 'plaid', '--format', 'jwks', '--out', 'jwks.json', ...more], { cwd });
    expect(await write()).toMatchObject({ exitCode: 0, stdout: '' });
    expect(JSON.parse(readFileSync(join(cwd, 'jwks.json'), 'utf8')).keys[0].alg).toBe('ES256');
    writeFileSync(join(cwd, 'jwks.json'), 'mine');
    const again = await write();
    expect(again.stderr).toContain('--out: jwks.json is there already. Overwrite it with --force.');
    expect([again.exitCode, readFileSync(join(cwd, 'jwks.json'), 'utf8')]).toEqual([2, 'mine']);
    expect((await write('--force')).exitCode).toBe(0);
    expect((await cli(['keys', 'slack', '--format', 'pem', '--out', 'slack.pem'], { cwd })).exitCode).toBe(2);
    expect(existsSync(join(cwd, 'slack.pem'))).toBe(false);
  });

  it('says in which form there is no key', async () => {
    const { exitCode, stderr } = await inProject(['keys', 'aws-sns', '--format', 'hex']);
    expect(stderr).toContain(
      'hex is the form of Ed25519 keys, and Amazon SNS signs with RSA. Write pem, jwk or base64.',
    );
    expect(exitCode).toBe(2);
  });

  it('is named where a request is shown', async () => {
    const shown = await inProject(['show', 'discord', 'ENTITLEMENT_CREATE']);
    expect(shown.stdout).toContain('the receiver verifies with the public key: webhook-sim keys discord');
    const dry = await inProject(['send', 'plaid', 'ITEM.ERROR', '--dry-run', '--to', ':1']);
    expect(dry.stderr).toContain('The receiver verifies with the public key: webhook-sim keys plaid');
  });
});

/** A port that nobody has. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('served keys', () => {
  const serve = async () => {
    const port = await freePort();
    const stop = new AbortController();
    const ended = cli(['keys', 'plaid', '--serve', String(port)], { cwd: projectFolder(), signal: stop.signal });
    onTestFinished(() => stop.abort('SIGINT'));
    const url = `http://127.0.0.1:${port}`;
    while (!(await fetch(url).catch(() => null))) await setTimeout(20);
    return { url, port, ended, stop };
  };

  it('are fetched by a receiver of Plaid', async () => {
    const { url } = await serve();
    const receiver = await startReceiver('receiver.mjs', 'plaid', { JWKS_URL: `${url}/.well-known/jwks.json` });
    expect((await inProject(['send', 'plaid', '--all', '--to', receiver])).exitCode).toBe(0);
    const other = ['send', 'plaid', 'ITEM.ERROR', '--secret', 'seed:another', '--expect', '401', '--to', receiver];
    expect((await inProject(other)).exitCode).toBe(0);
  });

  it('are there to read and nothing else, whatever is asked, until Ctrl-C', async () => {
    const { url, port, ended, stop } = await serve();
    const head = await fetch(`${url}/token.pem`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(await (await fetch(`${url}/plaid/token.crt.pem?x=1`)).text()).toContain('BEGIN CERTIFICATE');
    expect((await fetch(`${url}/jwks.json`, { method: 'POST', body: 'x'.repeat(100_000) })).status).toBe(405);
    for (const path of ['/../../etc/passwd', '/%2e%2e/package.json', '/__proto__', '/constructor']) {
      expect((await fetch(url + path)).status, path).toBe(404);
    }
    for (const text of ['\0\xff\r\n\r\n', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n\r\n`, 'GET / HTTP/1.1\r\nHost']) {
      await new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1').on('error', () => {});
        socket.on('close', resolve).resume().end(text);
      });
    }
    expect((await fetch(`${url}/jwks.json`)).status).toBe(200);
    stop.abort('SIGINT');
    expect((await ended).exitCode).toBe(130);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('are served during a run, and a port that is taken is told before anything is sent', async () => {
    const port = String(await freePort());
    const JWKS_URL = `http://127.0.0.1:${port}/jwks.json`;
    const receiver = await startReceiver('receiver.mjs', 'plaid', { JWKS_URL });
    const suite = `target: ${receiver}\ncases: [{ send: plaid * }]\n`;
    const cwd = projectFolder({}, { 'a.webhooks.yaml': suite });
    expect((await cli(['run', '--serve-keys', port], { cwd })).exitCode).toBe(0);
    expect((await inProject(['send', 'plaid', 'ITEM.ERROR', '--to', receiver, '--serve-keys', port])).exitCode).toBe(0);
    expect((await inProject(['send', 'plaid', 'ITEM.ERROR', '--to', receiver])).exitCode).toBe(1);
    const taken = createServer().listen(Number(port), '127.0.0.1');
    onTestFinished(() => void taken.close());
    const rejected = await inProject(['send', 'plaid', 'ITEM.ERROR', '--to', receiver, '--serve-keys', port]);
    expect(rejected).toMatchObject({ exitCode: 2, stdout: '' });
    expect(rejected.stderr).toContain(`Port ${port} is in use`);
  });
});
