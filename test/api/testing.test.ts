import { describe, expect, it } from 'vitest';
import { findRunner } from '../../src/api/testing/describeReceiver.js';
import {
  assertAcceptsWebhook,
  assertRejectsForgery,
  describeReceiver,
  matchers,
  type Runner,
  type WebhookMatchers,
} from '../../src/api/testing/index.js';
import { createDelivery } from '../../src/index.js';
import { captureServer } from '../support/capture.js';
import { frameworks } from './frameworks.js';
import { secret } from './proof.js';

declare module 'vitest' {
  interface Matchers<T> extends WebhookMatchers {}
}
expect.extend(matchers);

const named = (name: string) => frameworks.find((each) => each.name === name)!.handler();
const correct = named('a Node listener');
const accepting = () => new Response('ok');
const rejecting = () => new Response('\u001b[31mno\u001b[0m', { status: 401 });
const order = { provider: 'scalev', event: 'order.created', url: '/hooks', secret } as const;

// The whole check, as a user's tests have it.
describeReceiver(named('Express'), { provider: 'scalev', secret, url: '/hooks' });

describe('toAcceptWebhook', () => {
  it('holds for a receiver that accepts', async () => {
    await expect(correct).toAcceptWebhook(order);
    await expect(correct).toAcceptWebhook(await createDelivery(order));
    await expect(named('AWS Lambda, version 2')).toAcceptWebhook(order, { as: 'lambda-v2' });
    const { url, requests } = await captureServer();
    await expect(url).toAcceptWebhook({ provider: 'scalev' });
    await expect(new URL(url)).toAcceptWebhook({ provider: 'scalev' });
    expect(requests).toHaveLength(2);
  });

  it('fails for one that does not, and says what came, harmlessly', async () => {
    await expect(expect(rejecting).toAcceptWebhook(order)).rejects.toThrow(
      /^The receiver does not accept scalev order\.created: answered 401 in [\d.]+ m?s\.\nIt answered: \\x1b\[31mno\\x1b\[0m$/,
    );
    const throwing = () => {
      throw new TypeError('boom');
    };
    await expect(expect(throwing).toAcceptWebhook(order)).rejects.toThrow(
      'The receiver does not accept scalev order.created: the handler threw an error before it answered.\nIt threw: TypeError: boom',
    );
    await expect(expect(correct).not.toAcceptWebhook(order)).rejects.toThrow(
      'The receiver accepts scalev order.created',
    );
    await expect(rejecting).not.toAcceptWebhook(order);
    await expect(expect('http://localhost:1').toAcceptWebhook(await createDelivery(order))).rejects.toThrow(
      'A finished delivery has its own URL.',
    );
  });
});

describe('toRejectForgery', () => {
  it('holds for a receiver that tells forgeries', async () => {
    await expect(correct).toRejectForgery(order);
    await expect(correct).toRejectForgery({ ...order, forge: 'wrong-secret' });
    await expect(correct).toRejectForgery({ ...order, forge: ['wrong-secret', 'no-signature'] });
  });

  it('fails for one that takes them, and names the finding', async () => {
    await expect(expect(accepting).toRejectForgery({ ...order, forge: 'wrong-secret' })).rejects.toThrow(
      'The receiver of scalev order.created does not tell forgeries from genuine deliveries:\n  wrong-secret (signed with another secret): accepted with 200\nFinding: ',
    );
    await expect(expect(accepting).toRejectForgery(order)).rejects.toThrow('Finding: no-verification');
    await expect(accepting).not.toRejectForgery(order);
  });

  it('fails for one that rejects everything: it tells nothing apart', async () => {
    await expect(expect(rejecting).toRejectForgery(order)).rejects.toThrow(
      'plain (the event as the provider sends it): rejected with 401',
    );
  });

  it('refuses to judge what is no forgery', async () => {
    await expect(expect(correct).toRejectForgery({ ...order, forge: 'unsigned-timestamp' })).rejects.toThrow(
      'Too little could be judged: nothing could be judged: for Scalev it is no forgery: it signs no timestamp.',
    );
  });
});

describe('assertions for other runners', () => {
  it('reject with an AssertionError', async () => {
    await assertAcceptsWebhook(correct, order);
    await assertRejectsForgery(correct, { ...order, forge: 'wrong-secret' });
    await expect(assertAcceptsWebhook(rejecting, order)).rejects.toMatchObject({
      name: 'AssertionError',
      operator: 'assertAcceptsWebhook',
      expected: 'accepted',
    });
    await expect(assertRejectsForgery(accepting, { ...order, forge: 'wrong-secret' })).rejects.toMatchObject({
      name: 'AssertionError',
      actual: 'wrong-secret: accepted with 200',
    });
  });
});

/** A runner that only writes down what it is told. */
function notebook() {
  const tests = new Map<string, (context?: unknown) => Promise<void>>();
  const skipped: string[] = [];
  let before: (() => Promise<unknown>) | undefined;
  const runner: Runner = {
    describe: (_, body) => body(),
    it: Object.assign((name: string, body: () => Promise<void>) => tests.set(name.split(':')[0]!, body), {
      skip: (name: string) => skipped.push(name),
    }),
    before: (body) => {
      before = body;
    },
  };
  return { runner, tests, skipped, start: () => before!() };
}

describe('describeReceiver', () => {
  it('tells each case as a test of its own, and leaves out what says nothing', async () => {
    const { runner, tests, skipped, start } = notebook();
    describeReceiver(correct, { ...order, runner });
    expect(tests.size).toBeGreaterThan(60);
    expect([...tests.keys()][0]).toBe('plain');
    expect(skipped).toContain(
      'unsigned-timestamp: the timestamp changed after signing (for Scalev it is no forgery: it signs no timestamp)',
    );
    await expect(tests.get('plain')!()).rejects.toThrow('The check did not run');
    await start();
    await expect(tests.get('plain')!()).resolves.toBeUndefined();
    for (const test of tests.values()) expect(test.length).toBe(0);
  });

  it('passes nothing that was not judged', async () => {
    const { runner, tests, start } = notebook();
    describeReceiver(rejecting, { ...order, runner });
    await start();
    await expect(tests.get('plain')!()).rejects.toThrow(/^rejected with 401\nFinding: /);
    await expect(tests.get('wrong-secret')!()).rejects.toThrow(
      'wrong-secret was not judged: the plain event is not accepted.',
    );
    const why: string[] = [];
    await tests.get('wrong-secret')!({ skip: (reason: string) => why.push(reason) });
    expect(why).toEqual(['the plain event is not accepted']);
  });

  it('tells at once what is wrong with its options', () => {
    const { runner } = notebook();
    const described = (options: object) => () => describeReceiver(correct, { ...order, runner, ...options } as never);
    expect(described({ provider: 'scalv' })).toThrow('Did you mean scalev?');
    expect(described({ event: 'order.craeted' })).toThrow('Did you mean order.created?');
    expect(described({ secret: undefined })).toThrow('secret: there is nothing in it.');
    expect(described({ only: ['wrong-secrt'] })).toThrow('There is no case wrong-secrt.');
  });

  it('finds the runner', () => {
    const globals = { describe: () => {}, it: () => {} };
    expect(findRunner(globals)).toBe(globals);
    const vitest = { describe, it };
    expect(findRunner({ __vitest_worker__: {}, __vitest_index__: vitest })).toBe(vitest);
    expect(() => findRunner({ __vitest_worker__: {} })).toThrow('runner: vitest');
    expect(typeof findRunner({}).before).toBe('function');
  });
});
