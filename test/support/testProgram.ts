import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cleanEnv } from './installed.js';

const root = join(import.meta.dirname, '../..');

/** The tests of each form in which the command line is distributed; `place` gives a folder for projects, and the program. */
export function testProgram(place: () => { folder: string; program: string }, env: NodeJS.ProcessEnv = {}): void {
  const run = (args: string[], cwd = place().folder) =>
    spawnSync(place().program, args, {
      cwd,
      env: { ...cleanEnv(), ...env },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });

  it('prints its version', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(run(['--version']).stdout).toBe(`${version}\n`);
  });

  it('sends to the built-in receiver and says that nothing of the user was tested', () => {
    const { status, stdout, stderr } = run(['send', 'scalev', 'order.created']);
    expect(stdout).toMatch(/ 200 scalev order\.created [\d.]+ ms\n$/);
    expect(stderr).toContain('It verified the signature as Scalev documents it.');
    expect(stderr).toContain('Nothing of yours was tested');
    expect(status).toBe(0);
  });

  it('knows the whole catalogue by name, and says how to describe another', () => {
    const sent = run(['send', 'stripe', 'payment_intent.succeeded', '--to', 'demo']);
    expect(sent.stdout).toMatch(/ 200 stripe payment_intent\.succeeded /);
    expect([sent.status, sent.stderr]).toEqual([0, expect.stringContaining('as Stripe documents it')]);
    const { providers } = JSON.parse(run(['list', '--json']).stdout);
    expect(providers.map(({ name }: { name: string }) => name)).toEqual(readdirSync(join(root, 'payloads')).sort());
    const unknown = run(['send', 'strpe', 'payment_intent.succeeded']);
    expect(unknown.stderr).toMatch(/There is no provider strpe\. Did you mean stripe\?.* webhook-sim provider new\n$/);
    expect(unknown.status).toBe(2);
  });

  it('sends to a receiver of the user', async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.statusCode = 204;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const child = spawn(place().program, ['send', 'scalev', 'order.created', '--to', `:${port}/hooks`], {
      cwd: place().folder,
      env: { ...cleanEnv(), ...env },
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    server.close();
    expect(seen).toEqual(['POST /hooks']);
    expect(status).toBe(0);
  });

  it.each(['yaml', 'ts', 'json'])('begins a config in %s and goes by it', (format) => {
    const project = join(place().folder, `project-${format}`);
    mkdirSync(project);
    const argv = ['--provider', 'scalev', '--target', 'localhost:3000/{provider}'];
    expect(run(['init', '--format', format, ...argv], project).status).toBe(0);
    writeFileSync(join(project, '.env'), 'SCALEV_SIGNING_SECRET=mine\n');
    const { stdout, status } = run(['config', '--json'], project);
    expect(JSON.parse(stdout)).toMatchObject({
      file: `webhook-sim.config.${format}`,
      target: { value: 'local' },
      targets: { local: { url: 'localhost:3000/{provider}' } },
    });
    expect(status).toBe(0);
    expect(run(['send', 'scalev', 'order.created', '--curl'], project).stdout).toContain(
      "'http://localhost:3000/scalev'",
    );
  });

  it('loads a TypeScript config and its neighbours, and complains of a broken one', () => {
    const project = join(place().folder, 'typescript');
    mkdirSync(project);
    writeFileSync(join(project, 'port.ts'), 'export const port: number = 3999;');
    writeFileSync(
      join(project, 'webhook-sim.config.ts'),
      "import { defineConfig } from 'webhook-sim';\nimport { port } from './port.ts';\nexport default defineConfig({ target: 'localhost:' + port });",
    );
    expect(run(['send', 'scalev', 'order.created', '--curl'], project).stdout).toContain("'http://localhost:3999/'");
    writeFileSync(join(project, 'webhook-sim.config.ts'), 'export default {');
    const { status, stderr } = run(['config'], project);
    expect(stderr).toContain("webhook-sim.config.ts: can't be loaded: SyntaxError");
    expect(status).toBe(2);
  });
}
