import { beforeAll, describe, expect, it } from 'vitest';
import { runCli, startCli } from '../support/child.js';
import { bundleCli } from '../support/process.js';
import { onRequest, rudeServer } from '../support/rude.js';

beforeAll(bundleCli);

const send = (to: string) => ['send', 'scalev', 'order.created', '-q', '--to', to];

/** Far less than the minute for which each of them would wait; more than a busy machine needs. */
const soonMs = 20_000;

/** A look-up of names that never comes back; like the system's, it keeps the process. */
const deafResolver = `
  import dns from 'node:dns';
  import { syncBuiltinESMExports } from 'node:module';
  dns.lookup = () => { process._rawDebug('looks up'); setTimeout(() => {}, 60_000); };
  syncBuiltinESMExports();`;

describe('a look-up of a name that hangs', () => {
  it('ends with the time limit, and the process with it', async () => {
    const { exitCode, stdout, elapsedMs } = await runCli([...send('hooks.example/x'), '--timeout', '300ms'], {
      before: deafResolver,
    });
    expect(exitCode).toBe(4);
    expect(stdout).toContain('hooks.example');
    expect(elapsedMs).toBeLessThan(soonMs);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends with %s', async (signal, code) => {
    const child = startCli(['send', 'scalev', 'order.created', '--to', 'hooks.example/x'], { before: deafResolver });
    await child.printed('looks up');
    child.process.kill(signal);
    const { exitCode, signal: endedBy, stdout, elapsedMs } = await child.ended;
    expect(stdout).toBe('Interrupted: 0 sent\n');
    // The exit code of a shell is the same for both.
    expect(exitCode ?? (endedBy === signal && code)).toBe(code);
    expect(elapsedMs).toBeLessThan(soonMs);
  });
});

describe('an error that nobody expected', () => {
  /** The first document of a command throws; the error itself is told as one, too. */
  const once = (thrown: string) =>
    `const { stringify } = JSON; JSON.stringify = () => { JSON.stringify = stringify; throw ${thrown}; };`;
  const report = /^webhook-sim: this is a bug in webhook-sim, please report it\.\nError: planted\n(\s+at .*\n)+$/;

  it.each([
    ['thrown by a timer', 'throw new Error("planted");'],
    ['of a promise that nobody awaits', 'Promise.reject(new Error("planted"));'],
    ['of an event', 'process.nextTick(() => process.emit("planted"));'],
  ])('is reported as a bug: %s', async (_, fault) => {
    const { url } = await rudeServer(onRequest(() => {}));
    const { exitCode, stdout, stderr, elapsedMs } = await runCli([...send(url), '--timeout', '1m'], {
      before: `
        import { subscribe } from 'node:diagnostics_channel';
        process.on('planted', () => { throw new Error('planted'); });
        subscribe('net.client.socket', () => setTimeout(() => { ${fault} }));`,
    });
    expect(stderr).toMatch(report);
    expect([exitCode, stdout]).toEqual([70, '']);
    expect(elapsedMs).toBeLessThan(soonMs);
  });

  it('is reported as a bug: of the command itself', async () => {
    const { exitCode, stdout, stderr } = await runCli(['list', '--json'], { before: once('new Error("planted")') });
    expect(stderr).toMatch(report);
    expect([exitCode, JSON.parse(stdout).code]).toEqual([70, 'BUG']);
  });

  it('is reported as a bug: something that is no Error', async () => {
    const { exitCode, stderr } = await runCli(['list', '--json'], { before: once('null') });
    expect(stderr).toBe('webhook-sim: this is a bug in webhook-sim, please report it.\nnull\n');
    expect(exitCode).toBe(70);
  });
});
