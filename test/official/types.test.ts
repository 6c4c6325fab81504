import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeJson } from '../../src/json/dialect.js';
import { getPath, parsePath } from '../../src/json/path.js';
import { exampleProvider, exampleSample } from '../support/exampleProviders.js';
import { areInstalled } from './packages.js';

const run = promisify(execFile);
const compiler = join(import.meta.dirname, '../../node_modules/.bin/tsc');

/** The types that a package has for parts of an event's sample, by path. */
interface Typed {
  readonly from: string;
  readonly event: string;
  readonly parts: Readonly<Record<string, string>>;
}

const chargebee = { customer: 'Customer', subscription: 'Subscription', invoice: 'Invoice', card: 'Card' };
const content = (names: readonly (keyof typeof chargebee)[]) =>
  Object.fromEntries(names.map((name) => [`content.${name}`, chargebee[name]]));

const typed: Readonly<Record<string, readonly Typed[]>> = {
  paddle: [
    ['transaction.completed', 'ITransactionNotificationResponse'],
    ['customer.created', 'ICustomerNotificationResponse'],
    ['subscription.created', 'ISubscriptionCreatedNotificationResponse'],
  ].map(([event, type]) => ({ from: '@paddle/paddle-node-sdk', event: event!, parts: { data: type! } })),
  chargebee: [
    { from: 'chargebee', event: 'customer_created', parts: content(['customer']) },
    {
      from: 'chargebee',
      event: 'subscription_created',
      parts: content(['customer', 'subscription', 'invoice', 'card']),
    },
    {
      from: 'chargebee',
      event: 'payment_succeeded',
      parts: {
        ...content(['customer', 'subscription', 'invoice', 'card']),
        'content.transaction': 'Transaction',
      },
    },
  ],
};

/** Returns the compiler's complaints about values that have to be of the types of a package; they may have more members than a type has. */
async function complaints(name: string, values: readonly { from: string; type: string; json: string }[]) {
  const file = join(import.meta.dirname, `judged-${name}.ts`);
  onTestFinished(() => rmSync(file, { force: true }));
  const lines = values.map(({ from, type, json }) => `judge<import('${from}').${type}>()(${json});`);
  writeFileSync(file, ['declare function judge<T>(): <V extends T>(value: V) => void;', ...lines, ''].join('\n'));
  const flags = '--ignoreConfig --noEmit --strict --skipLibCheck --module nodenext --target es2022'.split(' ');
  const { stdout } = await run(compiler, [...flags, file]).catch((error: { stdout: string }) => error);
  return stdout.split('\n').filter((line) => line !== '');
}

describe.skipIf(!areInstalled).each(Object.entries(typed))('the samples of %s', (name, samples) => {
  const provider = exampleProvider(name);

  it('are of events that there are', () => {
    expect(Object.keys(provider.events)).toEqual(expect.arrayContaining(samples.map(({ event }) => event)));
  });

  it('are of the types of its package', { timeout: 120_000 }, async () => {
    const values = samples.flatMap(({ from, event, parts }) =>
      Object.entries(parts).map(([path, type]) => ({
        ...{ from, type },
        json: writeJson(getPath(exampleSample(provider, event), parsePath(path))!, 'js'),
      })),
    );
    expect(await complaints(name, values)).toEqual([]);
    const [{ from, type } = { from: '', type: '' }] = values;
    expect(await complaints(name, [{ from, type, json: '{"id":1}' }])).not.toEqual([]);
  });
});
