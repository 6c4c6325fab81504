import { describe, expect, it, vi } from 'vitest';
import { cli } from '../support/cli.js';
import { secret } from './facts.js';
import { isRunnable } from './programs.js';
import { start } from './start.js';
import { nameOf, type Receiver, zoo } from './zoo.js';

// Most of a check is waiting for the other side.
vi.setConfig({ maxConcurrency: 10, testTimeout: 60_000 });

// Mere remarks, and here the tests themselves may be what makes a receiver wait: many checks share this process.
const pace = ['one-at-a-time', 'slow'];

/** What a check came to, in one text, so that a difference can be read. */
async function check({ provider, event, flags = [] }: Receiver, url: string): Promise<string> {
  const which = event ? [provider, event] : [provider];
  const { exitCode, json, stderr } = await cli([
    ...['check', ...which, '--to', url, '--secret', secret, '--json'],
    ...flags,
  ]);
  if (json.length === 0) throw new Error(`check printed nothing. ${stderr}`);
  const summary = json.at(-1);
  const flaws: string[] = [...summary.flaws, ...summary.remarks].map(({ name }: { name: string }) => name);
  return verdict(
    exitCode,
    flaws.filter((name) => !pace.includes(name)),
  );
}

const verdict = (exitCode: number, flaws: readonly string[]) =>
  `exit ${exitCode}: ${[...flaws].sort().join(', ') || 'safe'}`;

function expected({ correct, isRemark, flaw, also = [] }: Receiver): string {
  const flaws = flaw === null ? also : [flaw, ...also];
  return verdict(correct || isRemark ? 0 : 1, flaws);
}

const rows = (correct: boolean) =>
  zoo
    .filter((receiver) => receiver.correct === correct && isRunnable(receiver.file))
    .map((receiver) => [nameOf(receiver), receiver] as const);

describe.concurrent.each([
  ['a correct receiver gets no false alarm', true],
  ['a flawed receiver is named for what it is', false],
])('%s:', (_, correct) => {
  it.for(rows(correct))('%s', async ([, receiver], { expect, onTestFinished }) => {
    const { url, stop } = await start(receiver);
    onTestFinished(stop);
    expect(await check(receiver, url), receiver.why).toBe(expected(receiver));
  });
});

it('has flaws enough in three languages, and correct receivers for every provider', () => {
  const flawed = zoo.filter(({ correct }) => !correct);
  const written = (ending: string) => flawed.filter(({ file }) => file.endsWith(ending)).length;
  expect({ mjs: written('.mjs') >= 36, py: written('.py') >= 4, rb: written('.rb') >= 3 }).toEqual({
    mjs: true,
    py: true,
    rb: true,
  });
  expect(new Set(zoo.filter(({ correct }) => correct).map(({ provider }) => provider)).size).toBe(5);
});
