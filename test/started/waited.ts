import { onTestFinished } from 'vitest';
import { flagName } from '../../src/cli/options/flags.js';
import { directRoute, type Route } from '../../src/core/route.js';
import { readWait, type WaitFlags } from '../../src/launch/readWait.js';
import { type Awaited, type Waited, waitForTarget } from '../../src/launch/waitForTarget.js';
import { clock } from './clock.js';

interface Options extends Partial<Pick<Awaited, 'headers' | 'signal' | 'program'>>, Omit<WaitFlags, 'nameOf'> {
  readonly route?: Partial<Route>;
}

/** Waits for a target as a command with these flags does. */
export function waited(url: string, { route, wait, waitFor, ...rest }: Options = {}): Promise<Waited> {
  return waitForTarget({
    url,
    route: { ...directRoute, ...route },
    wait: readWait({ wait: wait ?? '10s', waitFor, nameOf: flagName })!,
    clock,
    signal: new AbortController().signal,
    program: null,
    ...rest,
  });
}

/** Does something later, unless the test has ended by then. */
export function later(ms: number, act: () => void): void {
  const timer = setTimeout(act, ms);
  onTestFinished(() => clearTimeout(timer));
}
