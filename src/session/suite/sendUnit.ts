import { UsageError } from '../../core/errors.js';
import type { Provider } from '../../core/provider.js';
import type { DeliveryEnded } from '../../core/run.js';
import { fillVariables, type Variables } from '../../core/variables.js';
import { compileCaptures } from '../../flow/compileCaptures.js';
import { withOptions } from '../../options/readOptions.js';
import type { SendValues } from '../../options/send.js';
import { caseOptionSets } from '../../options/suite.js';
import { findProvider } from '../../providers/findProvider.js';
import { expectation, longForm } from '../../suite/expectation.js';
import { trySend } from '../../suite/trySend.js';
import type { Item, Unit } from '../../suite/unit.js';
import { selectEvents } from '../project/events.js';
import { withRoute } from '../project/projectRoute.js';
import { faultRetryPlan } from '../send/applyFaults.js';
import { prepareSend } from '../send/prepareSend.js';
import { baseUnit, failOnUsageError } from './baseUnit.js';
import { caseOptions } from './caseOptions.js';
import { type CaseContext, caseTarget } from './suiteContext.js';

/** Makes a case that sends ready. Throws a UsageError for what is wrong with it. */
export async function sendUnit(context: CaseContext): Promise<Unit> {
  const { io, written, nameFor, what, secretNames, ways } = context;
  const frame = baseUnit(context);
  const told = fillVariables(written, frame.trial, what);
  const [providerName = '', ...eventNames] = told.send!.trim().split(/\s+/);
  const provider = findProvider(providerName, context.project);
  const { variant } = told;
  const events = [
    ...new Set(selectEvents(provider, eventsMeant(provider, eventNames), variant === undefined ? {} : { variant })),
  ];
  assertDecided(context, events);
  const items = events.map(
    (event): Item => ({
      ...frame.item,
      name: nameFor(events.length === 1 ? null : event),
      kind: 'send',
      provider: provider.name,
      event,
      variant: variant ?? null,
      forge: told.forge ?? null,
    }),
  );

  const sending = async (chosen: readonly Item[], variables: Variables) => {
    const filled = fillVariables(written, variables, what);
    const target = caseTarget(context, filled);
    const { options, secretHeaders } = caseOptions(caseOptionSets.send, { filled, written, secretNames }, io);
    const prepared = await prepareSend(
      { provider, events: chosen.map(({ event }) => event!), project: context.project, target, secretHeaders },
      withRoute(withOptions<SendValues>(context.options, options), context.project, target),
      io,
    );
    const { name, urlFor } = await ways.open(prepared);
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
      expectation: expectation(longForm(filled.expect), 'expect'),
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
    run({ items: chosen, variables, heard, signal }) {
      const reuses = isFirst && chosen.length === items.length;
      isFirst = false;
      const tries = async function* () {
        if (!reuses) first = sending(chosen, { ...context.variables, ...variables });
        const { prepared, ...ready } = await first;
        const kept = (ended: DeliveryEnded, item: Item) => {
          context.log.add(ended, prepared);
          heard(ended, item);
        };
        yield* trySend({ ...ready, items: chosen, clock: io.clock, heard: kept, signal });
      };
      return failOnUsageError(chosen, tries, io);
    },
  };
}

/** The events that words name: one whose own name has spaces, or one by each word. */
function eventsMeant({ events }: Provider, words: readonly string[]): readonly string[] {
  const whole = words.join(' ');
  return whole in events ? [whole] : words;
}

function assertDecided({ written }: CaseContext, events: readonly string[]): void {
  if (written.capture && events.length > 1) {
    throw new UsageError('VAGUE_CAPTURE', `captures need a case of one event, and this one has ${events.length}.`);
  }
}
