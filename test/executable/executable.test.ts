import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanEnv, installPackage } from '../support/installed.js';
import { testProgram } from '../support/testProgram.js';

const root = join(import.meta.dirname, '../..');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'webhook-sim-executable-')));
const program = join(folder, 'webhook-sim');
/** No Node.js is found, and what is written goes to the folder. */
const env = { PATH: join(folder, 'nowhere'), HOME: folder, XDG_STATE_HOME: join(folder, 'state') };

let installed: string;
let url: string;
const seen: string[] = [];
const server = createServer((request, response) => {
  seen.push(`${request.method} ${request.url}`);
  request.resume().on('end', () => response.end());
});

beforeAll(async () => {
  installed = await installPackage();
  const argv = ['run', 'build:executable', '--', program, join(installed, 'node_modules/webhook-sim')];
  const { status, stdout, stderr } = spawnSync('npm', argv, { cwd: root, env: cleanEnv(), encoding: 'utf8' });
  if (status !== 0) throw new Error(stdout + stderr);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 600_000);

afterAll(() => {
  server.close();
  for (const each of [folder, installed]) rmSync(each, { recursive: true, force: true });
});

/** Runs it beside the receiver of this process, which has to answer meanwhile. */
function run(args: readonly string[], input = '') {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    const child = spawn(program, args, { cwd: folder, env: { ...cleanEnv(), ...env } });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
  });
}

describe('the single executable, in an empty folder and with no Node.js to be found', () => {
  testProgram(() => ({ folder, program }), env);

  it('writes no warning, and has no file but its own and its licences', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, stderr: '' });
    const licences = readFileSync(join(folder, 'LICENSES.md'), 'utf8');
    for (const name of ['# webhook-sim ', '## undici ', '# Node.js 26']) expect(licences).toContain(name);
    expect(statSync(program).size).toBeLessThan(170_000_000);
    // It is most of the image of examples/container, which has to be below 80 MB.
    expect(gzipSync(readFileSync(program)).length).toBeLessThan(75_000_000);
  });

  it('runs a suite by a config in TypeScript that imports another file', async () => {
    writeFileSync(join(folder, 'url.ts'), `export const url: string = '${url}';`);
    writeFileSync(
      join(folder, 'webhook-sim.config.ts'),
      "import { defineConfig } from 'webhook-sim';\nimport { url } from './url.ts';\nexport default defineConfig({ target: url + '/suite' });\n",
    );
    writeFileSync(join(folder, 'smoke.webhooks.yaml'), 'cases:\n  - send: scalev order.created\n');
    const { code, stdout } = await run(['run']);
    expect(stdout).toContain('1 passed');
    expect(code).toBe(0);
    expect(seen).toContain('POST /suite');
  });

  it('checks a receiver that accepts everything, and says so', async () => {
    const { code, stdout } = await run(['check', 'scalev', '--to', url, '--json', '-q']);
    expect(JSON.parse(stdout.trim().split('\n').at(-1)!)).toMatchObject({ grade: 'F' });
    expect(code).not.toBe(2);
  });

  it('sends a load from threads', async () => {
    const argv = ['load', 'scalev', 'order.created', '--to', `${url}/load`, '--rate', '50/s', '--for', '1s'];
    // Its exit code tells of a busy machine, too.
    expect((await run([...argv, '--workers', '2'])).stdout).toMatch(/ [1-9]\d* ok, 0 failed, /);
    expect(seen).toContain('POST /load');
  });

  it('shows its documentation, completes, and tells an agent of its tools', async () => {
    expect((await run(['docs', 'load'])).stdout).toMatch(/^# Load\n/);
    expect((await run(['completion', 'bash'])).stdout).toContain('_webhook_sim()');
    const hello = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
    const asked = { jsonrpc: '2.0', id: 1, method: 'initialize', params: hello };
    expect((await run(['mcp'], `${JSON.stringify(asked)}\n`)).stdout).toContain('"name":"webhook-sim"');
  });

  it('serves the page, and listens until an event has come', async () => {
    const project = join(folder, 'specified');
    mkdirSync(join(project, 'acme/events'), { recursive: true });
    for (const [name, text] of Object.entries({
      'webhook-sim.config.yaml': 'providers: .\n',
      'acme/provider.yaml': 'name: acme\nspec: ../paid.json\nheaders: { Content-Type: application/json }\n',
      'acme/events/paid.json': '{"id":"1"}',
      'paid.json': '{"type":"object","properties":{"id":{"type":"string"}}}',
    })) {
      writeFileSync(join(project, name), text);
    }
    const ui = spawn(program, ['ui', '--port', '0', '--json'], { cwd: project, env: { ...cleanEnv(), ...env } });
    const address = await new Promise<string>((resolve) => {
      let text = '';
      ui.stdout.setEncoding('utf8').on('data', (more) => {
        text += more;
        const found = /http:\/\/127\.0\.0\.1:\d+\/[^"\s]*/.exec(text);
        if (found) resolve(found[0]);
      });
    });
    expect(await (await fetch(address)).text()).toContain('<!doctype html>');
    const [page, token] = address.split('#token=') as [string, string];
    const hints = await fetch(`${page}api/hints?provider=acme&event=paid`, {
      headers: { 'x-webhook-sim-token': token },
    });
    expect(await hints.json()).toMatchObject({ fields: [{ path: 'id', types: ['string'] }] });
    ui.kill('SIGINT');
    const listen = spawn(program, ['listen', 'scalev', '--port', '0', '--until', 'order.created', '--json', '-q'], {
      cwd: folder,
      env: { ...cleanEnv(), ...env },
    });
    const ended = new Promise((resolve) => listen.on('close', resolve));
    const line = await new Promise<string>((resolve) => listen.stdout.setEncoding('utf8').once('data', resolve));
    const sent = await run(['send', 'scalev', 'order.created', '--to', JSON.parse(line.split('\n')[0]!).url]);
    expect(sent.code).toBe(0);
    expect(await ended).toBe(0);
  });
});
