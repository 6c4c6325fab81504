import type { ReceivedRequest } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import type { Provider } from '../../core/provider.js';
import type { DeliveryEnded } from '../../core/run.js';
import { fillVariables, type Variables } from '../../core/variables.js';
import { compileCaptures } from '../../flow/compileCaptures.js';
import { withOptions } from '../../options/readOptions.js';
import { assertSendOptions, type SendValues } from '../../options/send.js';
import { caseOptionSets } from '../../options/suite.js';
import { findProvider } from '../../providers/findProvider.js';
import { expandExpectations, expectation } from '../../suite/expectation.js';
import type { SuiteCase } from '../../suite/suite.js';
import { trySend } from '../../suite/trySend.js';
import type { TriedItem, Unit } from '../../suite/unit.js';
import { selectEvents } from '../project/events.js';
import { withRoute } from '../project/projectRoute.js';
import { faultRetryPlan } from '../send/applyFaults.js';
import { prepareSend } from '../send/prepareSend.js';
import { baseUnit, failOnUsageError } from './baseUnit.js';
import { caseOptions } from './caseOptions.js';
import { type CaseContext, caseTarget } from './suiteContext.js';

/** Prepares a case that sends events. Throws a UsageError for what is wrong with it. */
export async function sendUnit(context: CaseContext): Promise<Unit> {
  const { io, written, nameFor, what, secretNames, ways } = context;
  const frame = baseUnit(context);
  const trial = fillVariables(written, frame.trial, what);
  const choice = await choose(context, trial);
  const { provider, events } = choice;
  const { variant } = trial;
  assertDecided(context, events);
  const items = events.map(
    (event): TriedItem => ({
      ...frame.item,
      name: nameFor(events.length === 1 ? null : event),
      kind: 'send',
      provider: provider.name,
      event,
      variant: variant ?? null,
      forge: trial.forge ?? null,
    }),
  );

  const sending = async (chosen: readonly TriedItem[], variables: Variables) => {
    const filled = fillVariables(written, variables, what);
    const target = caseTarget(context, filled);
    const { options, secretHeaders } = caseOptions(caseOptionSets.send, { filled, written, secretNames }, io);
    const { captured, notes } = isSameChoice(filled, trial) ? choice : await choose(context, filled);
    const prepared = await prepareSend(
      {
        provider,
        events: chosen.map(({ event }) => event!),
        project: context.project,
        target,
        secretHeaders,
        ...(captured && { captured }),
      },
      withRoute(withOptions<SendValues>(context.options, options), context.project, target),
      io,
    );
    const { name, urlFor } = await ways.open({ ...prepared, warnings: [...prepared.warnings, ...notes] });
    const { deliveries } = await prepared.deliveriesTo(urlFor);
    return {
      way: name,
      prepared,
      deliveries,
      faults: prepared.settings,
      retry: faultRetryPlan(prepared),
      perItem: prepared.settings.count * prepared.settings.copies,
      transport: ways.transport(prepared.route),
      concurrency: prepared.settings.concurrency,
      timeLimitMs: prepared.settings.timeLimitMs,
      expectation: expectation(expandExpectations(filled.expect), 'expect'),
      take: filled.capture ? compileCaptures(filled.capture, 'capture') : null,
    };
  };

  let first = sending(items, frame.trial);
  const { way } = await first;
  let isFirst = frame.needs.length === 0;
  return {
    ...frame,
    items,
    ways: [way],
    run({ items: chosen, variables, onDelivery: report, signal }) {
      const reuses = isFirst && chosen.length === items.length;
      isFirst = false;
      const tries = async function* () {
        if (!reuses) first = sending(chosen, { ...context.variables, ...variables });
        const { prepared, ...ready } = await first;
        const onDelivery = (ended: DeliveryEnded, item: TriedItem) => {
          context.log.add(ended, prepared, { caseName: item.name });
          report(ended, item);
        };
        yield* trySend({ ...ready, items: chosen, clock: io.clock, onDelivery, signal });
      };
      return failOnUsageError(chosen, tries, io);
    },
  };
}

/** The events of a case, or its captured request. */
interface Choice {
  readonly provider: Provider;
  readonly events: readonly string[];
  readonly captured?: ReceivedRequest;
  readonly notes: readonly string[];
}

/** Returns whether the same is sent, so that nothing has to be read twice. */
function isSameChoice(one: SuiteCase, other: SuiteCase): boolean {
  return (['send', 'from', 'entry'] as const).every((key) => one[key] === other[key]);
}

/** Returns what a case names, and the captured request that it sends. Throws a UsageError. */
async function choose({ project, written, secretNames, io }: CaseContext, filled: SuiteCase): Promise<Choice> {
  const [name = '', ...words] = filled.send!.trim().split(/\s+/);
  const provider = findProvider(name, project);
  const eventNames = selectEventNames(provider, words);
  if (filled.from === undefined) {
    const { variant } = filled;
    const events = [...new Set(selectEvents(provider, eventNames, variant === undefined ? {} : { variant }))];
    return { provider, events, notes: [] };
  }
  const { options } = caseOptions(caseOptionSets.send, { filled, written, secretNames }, io);
  assertSendOptions(options);
  const { readCapturedSend } = await import('../send/readCapturedSend.js');
  const { event, request, notes } = await readCapturedSend({ project, providerName: name, eventNames }, options, io);
  return { provider, events: [event], captured: request, notes: notes };
}

/** The events that words name: one whose own name has spaces, or one by each word. */
function selectEventNames({ events }: Provider, words: readonly string[]): readonly string[] {
  const whole = words.join(' ');
  return whole in events ? [whole] : words;
}

function assertDecided({ written }: CaseContext, events: readonly string[]): void {
  if (written.capture && events.length > 1) {
    throw new UsageError('VAGUE_CAPTURE', `captures need a case of one event, and this one has ${events.length}.`);
  }
}
