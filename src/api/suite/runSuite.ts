import type { RunSuiteOptions, SuiteResult } from './performSuite.js';

/**
 * Runs suites of cases with expectations, as `webhook-sim run` does. A case that fails is a value; rejects with a UsageError for wrong options or an
 * invalid suite, before the first case is run.
 */
export async function runSuite(options: RunSuiteOptions = {}): Promise<SuiteResult> {
  const { performSuite } = await import('./performSuite.js');
  return performSuite(options);
}
