import { prepareCase } from '../../check/cases/prepareCase.js';
import type { CheckRunOptions } from '../../check/sender.js';
import type { World } from '../../core/world.js';
import type { DeliveryTransport } from '../../transport/deliveryTransport.js';
import type { OpenTarget } from '../target/openTarget.js';
import type { ReadyCheck } from './prepareCheck.js';

/** Whom a check goes to, and what takes it there. */
interface Way {
  readonly open: Pick<OpenTarget, 'urlFor' | 'shown'>;
  readonly transport: DeliveryTransport;
}

/** Makes the cases of a check for its receiver, now that it has an address. */
export async function openCheck(
  { source: unaimed, cases, isPartial, timeLimitMs, budgetMs, expect }: ReadyCheck,
  { open, transport }: Way,
  io: Pick<World, 'clock' | 'interrupted'>,
): Promise<CheckRunOptions> {
  const { name: provider } = unaimed.provider;
  const source = { ...unaimed, urlFor: (event: string) => open.urlFor({ provider, event }) };
  return {
    source,
    cases: await Promise.all(cases.map((each) => prepareCase(each, source))),
    isPartial,
    url: open.shown,
    transport,
    clock: io.clock,
    timeLimitMs,
    budgetMs,
    expect,
    signal: io.interrupted,
  };
}
