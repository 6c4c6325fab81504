import type { CaseSource } from '../check/cases/caseSource.js';
import { casesFor } from '../check/cases/cases.js';
import { prepareCase } from '../check/cases/prepareCase.js';
import { parseRejectionRule } from '../check/rejectionRule.js';
import { runChecks } from '../check/runChecks.js';
import { selectCases } from '../check/selectCases.js';
import type { CheckEvent } from '../core/check.js';
import { UsageError } from '../core/errors.js';
import { foreignHost } from '../core/foreignHost.js';
import { directRoute, type Route } from '../core/route.js';
import type { CheckOptions } from './checkOptions.js';
import { eventOf } from './eventOf.js';
import { openCarrier } from './openCarrier.js';
import type { AnyProvider } from './providers.js';
import { withDestination } from './receiver.js';
import { resolveProvider } from './resolveProvider.js';
import { addressOf, limitOf, momentOf, ownHeaders, secretsOf } from './settings.js';
import { clock, randomOf } from './world.js';

/** Reads all options of a check; iterating over `events` runs it. */
export async function planCheck<P extends AnyProvider>(
  given: CheckOptions<P>,
): Promise<{ events: AsyncGenerator<CheckEvent, void>; close: () => void }> {
  const options = withDestination(given);
  const provider = await resolveProvider(options.provider);
  const { only = [], skip = [], allEvents = false, to, allowRemote = false } = options;
  const event = eventOf(provider, options.event);
  const { url, isAddressed } = addressOf(options.url);
  if (to === undefined && isAddressed && !allowRemote) refuseForeign(url, options.route);
  const source: CaseSource = {
    provider,
    event,
    variant: options.variant ?? null,
    urlFor: () => url,
    publicUrlFor: () => options.publicUrl?.toString(),
    secrets: secretsOf(options, provider),
    headers: ownHeaders(options.header),
    secretNames: [],
    random: randomOf(options.seed),
    now: momentOf(options.now),
  };
  const cases = selectCases(casesFor(provider, event, allEvents), { only, skip });
  const prepared = await Promise.all(cases.map((each) => prepareCase(each, source)));
  const { carrier } = await openCarrier(options, isAddressed);
  const events = runChecks({
    source,
    cases: prepared,
    isPartial: only.length > 0,
    url: to === undefined ? url : 'a handler in this process',
    transport: carrier,
    concludes: true,
    clock,
    timeLimitMs: limitOf(options.timeout),
    budgetMs: limitOf(options.budget, 'options.budget'),
    expect: options.expect === undefined ? null : parseRejectionRule(String(options.expect), 'options.expect'),
    signal: options.signal ?? new AbortController().signal,
  });
  return { events, close: () => carrier.close() };
}

/** Throws a UsageError for a receiver on another machine that nobody says is the user's own. */
function refuseForeign(url: string, route: Partial<Route> | undefined): void {
  const foreign = foreignHost({ ...directRoute, ...route }, url);
  if (foreign === null) return;
  throw new UsageError(
    'NOT_YOURS',
    `A check attacks the receiver, and ${foreign} is not this machine. If it is yours, set options.allowRemote.`,
  );
}
