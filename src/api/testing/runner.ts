import * as nodeTest from 'node:test';
import { UsageError } from '../../core/errors.js';

/** The functions of a test runner that tests are declared with; `vitest`, `@jest/globals` and `node:test` are such runners. */
export interface Runner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: TestFunction & { readonly skip: TestFunction };
  /** Of Vitest and Jest; the time limit is in milliseconds. */
  // biome-ignore lint/suspicious/noExplicitAny: each runner has its own types for what it calls
  readonly beforeAll?: (body: () => Promise<any>, timeout?: number) => unknown;
  /** Of node:test and Mocha. */
  // biome-ignore lint/suspicious/noExplicitAny: each runner has its own types for what it calls
  readonly before?: (body: () => Promise<any>) => unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: each runner has its own types for what it calls
type TestFunction = (name: string, body: (...context: any[]) => Promise<void>) => unknown;

interface World {
  readonly describe?: unknown;
  readonly it?: unknown;
  /** Where Vitest keeps its functions for tests that import them. */
  readonly __vitest_index__?: unknown;
  readonly __vitest_worker__?: unknown;
}

/** The runner under which this file's tests run: that of the globals, else Vitest without globals, else node:test. */
export function findRunner(world: World = globalThis as World): Runner {
  if (typeof world.describe === 'function' && typeof world.it === 'function') return world as unknown as Runner;
  if (world.__vitest_index__) return world.__vitest_index__ as Runner;
  if (world.__vitest_worker__) {
    throw new UsageError(
      'NO_RUNNER',
      'This Vitest does not show its functions. Give them: import * as vitest from "vitest", and runner: vitest.',
    );
  }
  return nodeTest as unknown as Runner;
}
