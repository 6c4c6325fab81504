import { onTestFinished } from 'vitest';
import { flagName } from '../../src/cli/options/flags.js';
import { directRoute, type Route } from '../../src/core/route.js';
import { readWait, type WaitFlags } from '../../src/launch/readWait.js';
import { type Awaited, type Waited, waitForTarget } from '../../src/launch/waitForTarget.js';
import { clock } from './clock.js';

interface Options
  extends Partial<Pick<Awaited, 'headers' | 'signal' | 'program' | 'clock'>>,
    Omit<WaitFlags, 'nameOf'> {
  readonly route?: Partial<Route>;
}

/** Waits for a target as a command with these flags does, and tells the pauses between its tries. */
export async function waited(
  url: string,
  { route, wait, waitFor, ...rest }: Options = {},
): Promise<Waited & { readonly pausesMs: readonly number[] }> {
  const pausesMs: number[] = [];
  const result = await waitForTarget({
    url,
    route: { ...directRoute, nameOf: flagName, ...route },
    wait: readWait({ wait: wait ?? '10s', waitFor, nameOf: flagName })!,
    clock: {
      now: clock.now,
      sleep(ms, signal) {
        pausesMs.push(ms);
        return clock.sleep(ms, signal);
      },
    },
    signal: new AbortController().signal,
    program: null,
    ...rest,
  });
  return { ...result, pausesMs };
}

/** Does something later, unless the test has ended by then. */
export function later(ms: number, act: () => void): void {
  const timer = setTimeout(act, ms);
  onTestFinished(() => clearTimeout(timer));
}
