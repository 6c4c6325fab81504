import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type Captured, captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { fiveProviders } from '../support/providers.js';

const run = promisify(execFile);
const fixed = ['--seed', '3', '--now', '2026-06-01T12:00:00Z'];

/** The sender's part of a request; host, connection and length are the client's. */
const wire = ({ requestLine, headers, body }: Captured) => ({
  requestLine,
  headers: headers.filter(([name]) => !/^(host|connection|content-length)$/i.test(name)),
  body: body.toString('latin1'),
});

describe.each(fiveProviders.map(({ name }) => name))('what is exported is what is sent: %s', (name) => {
  it('by a script with curl, its first events', async () => {
    const server = await captureServer();
    const events = Object.keys(fiveProviders.find((provider) => provider.name === name)!.events).slice(0, 10);
    const to = ['--to', `${server.url}/hooks?x='1'&y=$HOME`];
    await cli(['send', name, ...events, ...fixed, ...to]);
    const sent = server.requests.splice(0).map(wire);
    expect(sent.length).toBeGreaterThan(8);
    const cwd = folderOf({});
    await cli(['export', name, ...events, '--format', 'curl', '--out', 'send.sh', ...fixed, ...to], { cwd });
    await run(join(cwd, 'send.sh'), [], { env: { PATH: process.env.PATH! }, maxBuffer: 1e8 });
    expect(server.requests.map(wire)).toEqual(sent);
    server.requests.splice(0);
    await run('bash', [join(cwd, 'send.sh')], { env: { PATH: process.env.PATH! } });
    expect(server.requests.map(wire)).toEqual(sent);
  });

  it('by raw HTTP through a socket', async () => {
    const server = await captureServer();
    const to = ['--to', `${server.url}/hooks`];
    await cli(['send', name, '--all', ...fixed, ...to]);
    const sent = server.requests.splice(0).map(wire);
    const cwd = folderOf({});
    await cli(['export', name, '--format', 'raw', '--out', 'raw', ...fixed, ...to], { cwd });
    const events = Object.keys(fiveProviders.find((provider) => provider.name === name)!.events);
    expect(readdirSync(join(cwd, 'raw')).sort()).toEqual(events.map((event) => `${event}.http`).sort());
    for (const event of events) await pipe(readFileSync(join(cwd, 'raw', `${event}.http`)), server.port);
    expect(server.requests.map(wire)).toEqual(sent);
    expect(server.requests.every((request) => request.header('connection') === 'close')).toBe(true);
  });
});

describe('a raw request', () => {
  it('is read by the server of Python, and its signature fits by openssl', async () => {
    const cwd = folderOf({ 'server.py': pythonServer });
    await cli(['export', 'scalev', 'order.created', '--format', 'raw', '--out', '.', '--secret', 's3cret'], { cwd });
    const { stdout } = await run('python3', ['server.py', 'order.created.http'], { cwd });
    const { signature, path } = JSON.parse(stdout);
    expect(path).toBe('/webhooks');
    const hmac = execFileSync('openssl', ['dgst', '-sha256', '-hmac', 's3cret', '-binary', join(cwd, 'body')]);
    expect(signature).toBe(hmac.toString('base64'));
  });

  it('goes to stdout where it is the only one and all text, and verify takes it', async () => {
    const { stdout, exitCode } = await cli(['export', 'webconnex', 'registration', '--format', 'raw']);
    expect(stdout).toMatch(/^POST \/webhooks HTTP\/1\.1\r\nhost: localhost:3000\r\nconnection: close\r\n/);
    expect(exitCode).toBe(0);
    expect(await cli(['verify', 'webconnex', '-'], { stdin: stdout })).toMatchObject({ exitCode: 0 });
    const forged = await cli(['export', 'webconnex', 'ping', '--forge', 'sha1', '--format', 'raw', '--out', '.'], {
      cwd: folderOf({}),
    });
    expect(forged.stdout).toBe('ping.http\nping--forged-sha1.http\n');
  });

  it('keeps bytes that are no text, in a file', async () => {
    const body = Buffer.from([0, 255, 13, 10, 128]);
    const cwd = folderOf({ 'body.bin': body });
    const argv = ['export', 'scalev', 'order.created', '--raw', 'body.bin', '--format', 'raw'];
    expect(await cli(argv, { cwd })).toMatchObject({ exitCode: 2, stdout: '' });
    await cli([...argv, '--out', 'there'], { cwd });
    expect(readFileSync(join(cwd, 'there/order.created.http')).subarray(-5)).toEqual(body);
    const { stdout } = await cli(['export', 'scalev', 'order.created', '--raw', 'body.bin'], { cwd });
    expect(JSON.parse(stdout).vectors[0]).toMatchObject({ bodyBase64: 'AP8NCoA=' });
    expect(JSON.parse(stdout).vectors[0].body).toBeUndefined();
    const script = (await cli(['export', 'scalev', 'order.created', '--raw', 'body.bin', '--format', 'curl'], { cwd }))
      .stdout;
    const server = await captureServer();
    writeFileSync(join(cwd, 'send.sh'), script.replace('http://localhost:3000', server.url));
    await run('bash', ['send.sh'], { cwd });
    expect(server.requests[0]!.body).toEqual(body);
  });
});

it('forgeries are those of send', async () => {
  const server = await captureServer();
  for (const forge of ['wrong-secret', 'tampered-body', 'false-header-first', 'empty-signature']) {
    const to = ['--to', server.url];
    await cli(['send', 'bharatcart', 'order.created', '--forge', forge, ...fixed, ...to]);
    const { stdout } = await cli(['export', 'bharatcart', 'order.created', '--forge', forge, ...fixed, ...to]);
    const [, { headers, body, valid, forge: name }] = JSON.parse(stdout).vectors;
    const sent = server.requests.at(-1)!;
    expect({ headers, body, valid, name }).toEqual({
      ...wire(sent),
      body: sent.body.toString(),
      valid: false,
      name: forge,
      requestLine: undefined,
    });
  }
});

function pipe(bytes: Uint8Array, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('error', reject);
    socket.once('data', () => socket.destroy());
    socket.on('close', () => resolve());
  });
}

/** Serves one request, which it sends itself from a file, keeps its body and tells its signature. */
const pythonServer = `
import json, socket, sys, threading
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        with open("body", "wb") as file:
            file.write(self.rfile.read(int(self.headers["Content-Length"])))
        print(json.dumps({"signature": self.headers["X-Scalev-Hmac-Sha256"], "path": self.path}))
        self.send_response(200)
        self.end_headers()
    def log_message(self, *args):
        pass

server = HTTPServer(("127.0.0.1", 0), Handler)
thread = threading.Thread(target=server.handle_request)
thread.start()
with socket.create_connection(server.server_address) as client:
    client.sendall(open(sys.argv[1], "rb").read())
    assert client.recv(12) == b"HTTP/1.0 200"
thread.join()
`;
