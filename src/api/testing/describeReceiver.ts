import * as nodeTest from 'node:test';
import type { CheckCase } from '../../check/cases/case.js';
import { casesFor, leftOutReason } from '../../check/cases/cases.js';
import { selectCases } from '../../check/selectCases.js';
import { type CaseEnded, caseClasses } from '../../core/check.js';
import { UsageError } from '../../core/errors.js';
import { assertOptions } from '../assertOptions.js';
import { type CheckResult, check } from '../check.js';
import { type CheckOptions, checkCall, checkKeys } from '../checkOptions.js';
import { callKeys, omitOptions } from '../project/readCall.js';
import type { AnyProvider } from '../providers.js';
import { type Receiver, toDestination } from '../receiver.js';
import { resolveEvent, resolveProviderSync, withDescriptionErrors } from '../resolveProvider.js';
import { readSecrets, readTimeLimit } from '../settings.js';
import { describeFinding } from './judgeRejection.js';

/** The options of a receiver's tests. */
export interface DescribeOptions<P extends AnyProvider> extends Omit<CheckOptions<P>, 'to'> {
  /** The functions to declare the tests with; by default those of the runner that runs the file. */
  readonly runner?: Runner;
}

const describeKeys = callKeys(omitOptions(checkCall, ['to']), [...checkKeys, 'runner']);

/** Milliseconds beyond the budget after which something else than the receiver must be wrong. */
const graceMs = 10_000;
const longestBudgetMs = 300_000;

/**
 * Declares the whole check as tests of Vitest, Jest or node:test: one for each case, whose failure names the finding, why it matters and what to
 * change. Cases that say nothing of the provider are skipped, and say why. Throws a UsageError for wrong options.
 */
export function describeReceiver<const P extends AnyProvider>(receiver: Receiver, options: DescribeOptions<P>): void {
  assertOptions(options, describeKeys);
  const { runner = findRunner(), ...checkOptions } = options;
  const { only = [], skip = [], allEvents = false } = options;
  const provider = resolveProviderSync(options.provider);
  const event = resolveEvent(provider, options.event);
  readSecrets(options, provider);
  const cases = withDescriptionErrors(provider, () =>
    selectCases(casesFor(provider, event, allEvents), { only: [only].flat(), skip: [skip].flat() }).map((each) => ({
      ...each,
      leftOut: leftOutReason(each, provider),
    })),
  );
  let result: CheckResult | undefined;
  const run = async () => {
    result = await check({ ...checkOptions, ...toDestination(receiver) } as CheckOptions<P>).result();
  };
  runner.describe(`receiver of ${provider.name} ${event}`, () => {
    if (runner.beforeAll)
      runner.beforeAll(run, (readTimeLimit(options.budget, 'options.budget') ?? longestBudgetMs) + graceMs);
    else runner.before!(run);
    for (const group of caseClasses) {
      const ofGroup = cases.filter((each) => each.class === group);
      if (ofGroup.length === 0) continue;
      runner.describe(group, () => {
        for (const each of ofGroup) addCaseTest(each, runner, () => result);
      });
    }
  });
}

/** A case, with the reason why it does not apply to the provider; null where it does. */
interface ListedCase extends CheckCase {
  readonly leftOut: string | null;
}

function addCaseTest({ leftOut, ...each }: ListedCase, { it }: Runner, result: () => CheckResult | undefined): void {
  const title = `${each.name}: ${each.sent}`;
  if (leftOut !== null) {
    it.skip(`${title} (${leftOut})`, async () => {});
    return;
  }
  // Jest would wait for a callback of who declares a parameter.
  it(title, async (...[context]) => {
    const ended = result()?.cases.find(({ name }) => name === each.name);
    if (!ended) throw new Error('The check did not run; see the hook before this.');
    settle(ended, result()!, context);
  });
}

function settle(ended: CaseEnded, result: CheckResult, context: { skip?: (why: string) => unknown } | undefined): void {
  const { name, verdict, reason } = ended;
  if (verdict === 'finding') throw failure(`${reason}\n${describeFindings(ended, result)}`);
  if (verdict !== 'not_judged') return;
  const isCut =
    result.incomplete !== null || result.cases.some((each) => /^plain/.test(each.name) && each.verdict === 'finding');
  // Where a runner can't skip a running test, a case that was not judged fails only if the check was cut short.
  if (typeof context?.skip === 'function') context.skip(reason);
  else if (isCut) throw failure(`${name} was not judged: ${reason}.`);
}

function describeFindings({ name, sent, why, fix }: CaseEnded, { findings }: CheckResult): string {
  const behind = findings.filter(({ cases }) => cases.includes(name));
  return behind.length > 0 ? behind.map(describeFinding).join('\n') : describeFinding({ name, title: sent, why, fix });
}

/** An error without its place in here, which says nothing of the receiver. */
function failure(message: string): Error {
  const error = new Error(message);
  error.stack = `Error: ${message}`;
  return error;
}

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
  /** The functions of Vitest, for tests that import them. */
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
