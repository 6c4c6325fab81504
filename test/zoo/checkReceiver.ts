import { expect, it, vi } from 'vitest';
import { cli } from '../support/cli.js';
import { secret } from './facts.js';
import { isRunnable } from './programs.js';
import { start } from './start.js';
import { nameOf, type Receiver } from './zoo.js';

// Mere remarks, and here the tests themselves may be what makes a receiver wait: many checks share this process.
const pace = ['one-at-a-time', 'slow'];

/** Checks a receiver; resolves with what `check` printed and how it ended. */
export async function checkReceiver({ provider, event, flags = [], waits }: Receiver, url: string) {
  const which = event ? [provider, event] : [provider];
  const argv = ['check', ...which, '--to', url, '--secret', secret, '--json', ...flags];
  const { exitCode, json, stderr } = await cli(argv, waits === 'in vain' ? { clock: skippingClock() } : {});
  if (json.length === 0) throw new Error(`check printed nothing. ${stderr}`);
  return { exitCode, cases: json.slice(0, -1), summary: json.at(-1) };
}

/** A clock on which a pause takes no time, for receivers that nothing but time could not change. */
function skippingClock() {
  let skipped = 0;
  return {
    now: () => Date.now() + skipped,
    async sleep(ms: number) {
      skipped += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const verdict = (exitCode: number, findings: readonly string[]) =>
  `exit ${exitCode}: ${[...findings].sort().join(', ') || 'safe'}`;

/** Returns the result of a check, in one text, so that a difference can be read. */
async function verdictOf(receiver: Receiver, url: string): Promise<string> {
  const { exitCode, summary } = await checkReceiver(receiver, url);
  const findings: string[] = [...summary.findings, ...summary.remarks].map(({ name }: { name: string }) => name);
  return verdict(
    exitCode,
    findings.filter((name) => !pace.includes(name)),
  );
}

function expectedVerdict({ correct, isRemark, finding, also = [] }: Receiver): string {
  const findings = finding === null ? also : [finding, ...also];
  return verdict(correct || isRemark ? 0 : 1, findings);
}

/** Begins the receivers and checks them beside each other: one test for each whose language is there. */
export function testReceivers(receivers: readonly Receiver[]): void {
  // Most of a check is waiting for the other side.
  vi.setConfig({ maxConcurrency: 10, testTimeout: 120_000 });
  const rows = receivers.filter(({ file }) => isRunnable(file)).map((each) => [nameOf(each), each] as const);
  it.concurrent.for(rows)('%s', async ([, receiver], { onTestFinished }) => {
    const { url, stop } = await start(receiver);
    onTestFinished(stop);
    expect(await verdictOf(receiver, url), receiver.why).toBe(expectedVerdict(receiver));
  });
}
