import type { CaseEnded, Finding } from '../../core/check.js';
import { UsageError } from '../../core/errors.js';
import type { ForgeryName } from '../../forge/forgeries.js';
import { assertOptions } from '../assertOptions.js';
import { type CheckResult, check } from '../check.js';
import { type CheckOptions, checkCall, checkKeys } from '../checkOptions.js';
import { type HandlerOptions, handlerKeys } from '../inProcess/handler.js';
import { callKeys, omitOptions } from '../project/readCall.js';
import type { AnyProvider } from '../providers.js';
import { type Receiver, toDestination } from '../receiver.js';
import type { Judgement } from './judgeAcceptance.js';

/** The forgeries that have to be rejected: the named ones, or all that apply to the provider. */
export interface ForgeryOptions<P extends AnyProvider> extends Omit<CheckOptions<P>, 'to' | 'only' | 'allEvents'> {
  readonly forge?: ForgeryName | readonly ForgeryName[];
}

const forgeryKeys = callKeys(omitOptions(checkCall, ['to', 'only', 'allEvents']), [...checkKeys, 'forge']);

/** Sends forgeries, between two genuine deliveries that have to be accepted, and judges whether each is rejected with 4xx. */
export async function judgeRejection<P extends AnyProvider>(
  receiver: Receiver,
  given: ForgeryOptions<P>,
  handling: HandlerOptions = {},
): Promise<Judgement> {
  assertOptions(given, forgeryKeys);
  assertOptions(handling, handlerKeys);
  const { forge, ...options } = given;
  const only = forge === undefined ? ['must-reject'] : [forge].flat();
  const result = await check({ ...options, ...handling, ...toDestination(receiver), only }).result();
  const forgeries = result.cases.filter(({ class: group }) => group === 'must-reject');
  for (const { name, leftOut, reason } of forgeries) {
    if (leftOut && forge !== undefined && result.ok) {
      throw new UsageError('MEANINGLESS_FORGERY', `${name} says nothing here: ${reason}.`);
    }
  }
  const accepted = result.cases.filter(({ verdict }) => verdict === 'finding');
  return {
    pass: result.ok,
    message: result.ok
      ? `The receiver rejects ${forgeries.filter(({ verdict }) => verdict === 'passed').length} forgeries of ${result.provider} ${result.event}.`
      : problem(result, accepted),
    actual: accepted.map(({ name, reason }) => `${name}: ${reason}`).join('\n') || (result.incomplete ?? 'not reached'),
    expected: 'genuine deliveries accepted, each forgery rejected with 4xx',
  };
}

function problem({ provider, event, incomplete, findings }: CheckResult, failed: readonly CaseEnded[]): string {
  const head = `The receiver of ${provider} ${event} does not tell forgeries from genuine deliveries:`;
  const lines = failed.map(({ name, sent, reason }) => `  ${name} (${sent}): ${reason}`);
  const rest = incomplete === null ? [] : [`  Too little could be judged: ${incomplete}.`];
  return [head, ...lines, ...rest, ...findings.map(describeFinding)].join('\n');
}

/** A finding in words: what it is, why it matters, what to change. */
export function describeFinding({ name, title, why, fix }: Pick<Finding, 'name' | 'title' | 'why' | 'fix'>): string {
  return `Finding: ${name}\n  ${title}\n  why: ${why}\n  fix: ${fix}`;
}
