import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { check } from '../../src/index.js';
import { frameworks } from './frameworks.js';
import { secret } from './proof.js';

const correct = frameworks.find(({ name }) => name === 'a Node listener')!.handler;
const accepting = () => new Response('ok');

describe('check', () => {
  it('yields each case as it ends, and the summary last', async () => {
    const names: string[] = [];
    let last = '';
    const run = check({ provider: 'scalev', secret, url: '/hooks', to: correct() });
    for await (const event of run) {
      if (event.type === 'case') names.push(event.name);
      last = event.type;
    }
    expect(names.length).toBeGreaterThan(60);
    expect(names[0]).toBe('plain');
    expect(last).toBe('check-summary');
    const result = await run.result();
    expect(result.cases.map(({ name }) => name)).toEqual(names);
    expect(result).toMatchObject({
      provider: 'scalev',
      url: 'a handler in this process',
      reached: true,
      incomplete: null,
    });
    expect(
      result.cases.filter(({ class: group, verdict }) => group === 'must-reject' && verdict === 'finding'),
    ).toEqual([]);
  });

  it('names what is wrong with a receiver', async () => {
    const result = await check({ provider: 'scalev', secret, to: accepting }).result();
    expect(result).toMatchObject({ ok: false, grade: 'F' });
    expect(result.findings.map(({ name }) => name)).toContain('no-verification');
  });

  it('knows a receiver by its URL, and attacks no foreign one', async () => {
    const server = createServer(correct() as never).listen(0, '127.0.0.1');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
    const result = await check({ provider: 'scalev', secret, url, only: ['wrong-secret'] }).result();
    expect(result).toMatchObject({ ok: true, url, counts: { passed: 3, finding: 0 } });
    await expect(check({ provider: 'scalev', url: 'https://example.com' }).result()).rejects.toMatchObject({
      code: 'NOT_YOURS',
    });
    await expect(check({ provider: 'scalev', to: new URL('https://example.com') }).result()).rejects.toThrow(
      /example\.com is not this machine\. If you are allowed to attack it, add options\.allowRemote, or set/,
    );
    const named = await check({ provider: 'scalev', secret, to: url, only: ['wrong-secret'] }).result();
    expect(named).toMatchObject({ ok: true, url });
    await expect(check({ provider: 'scalev', to: url, url }).result()).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(check({ provider: 'scalev' }).result()).rejects.toMatchObject({ code: 'NO_TARGET' });
  });

  it('rejects what is wrong with the options', async () => {
    const fails = (options: object) =>
      expect(check({ provider: 'scalev', to: accepting, ...options } as never).result()).rejects;
    await fails({ only: ['wrong-secrt'] }).toThrow('There is no case wrong-secrt. Did you mean wrong-secret');
    await fails({ event: 'order.craeted' }).toThrow('Did you mean order.created?');
    await fails({ secret: undefined }).toThrow('secret: there is nothing in it.');
    await fails({ insecure: true }).toThrow('options.insecure is about a connection, and a handler in this process');
    await fails({ route: { insecure: true } }).toThrow('options.route is about a connection');
    await fails({ to: 'demo', route: { insecure: true }, proxy: 'none' }).toThrow(
      'options.route is the whole way, and options.proxy a part of it.',
    );
    await fails({ to: 'demo', as: 'node' }).toThrow('options.as is about a handler in this process');
    await fails({ budget: 'long' }).toThrow('budget: "long" is not a duration');
  });

  it('goes to the built-in receiver, by the way of the command', async () => {
    const result = await check({ provider: 'scalev', to: 'demo', only: 'wrong-secret', keepAlive: false }).result();
    expect(result).toMatchObject({ ok: true, url: 'the built-in receiver (demo)', counts: { passed: 3, finding: 0 } });
  });

  it('says what it could not judge', async () => {
    const slow = () => new Promise<Response>((resolve) => setTimeout(() => resolve(new Response()), 40));
    const result = await check({ provider: 'scalev', secret, to: slow, budget: 200 }).result();
    expect(result).toMatchObject({ ok: false, incomplete: expect.stringMatching(/^the budget of .* is used up$/) });
  });
});
