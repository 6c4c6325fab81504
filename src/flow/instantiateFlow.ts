import type { IdentityGroup } from '../core/provider.js';
import type { Random } from '../core/random.js';
import type { Variables } from '../core/variables.js';
import { fillPayload } from '../payloads/compiled.js';
import { IdentityRenewal } from '../payloads/identityRenewal.js';
import type { PlannedDelivery } from '../simulate/plan.js';
import { compileStep } from './preparedStep.js';
import type { PreparedFlow, PreparedStep } from './prepareFlow.js';

export interface InstanceOptions {
  readonly random: Random;
  /** The time of the flow's first event, in milliseconds since 1970. */
  readonly startMs: number;
}

/** One instance of a flow: with its own identities, which are the same in all of its deliveries. */
export interface FlowInstance {
  readonly flow: PreparedFlow;
  /** The fresh identities of each step, by their places in its payload. */
  readonly identities: readonly ReadonlyMap<string, string>[];
  /** The body of each step; null where it waits for the answer to an earlier one. */
  readonly bodies: readonly (Uint8Array | null)[];
  /** Makes the delivery of a step that waits for no answer; `now` is the time in its headers. */
  deliver(step: PreparedStep, now: number): Promise<PlannedDelivery>;
  /** Makes the delivery of any step, with the values from earlier answers. Throws a UsageError for a value that does not fit. */
  deliverWith(step: PreparedStep, now: number, variables: Variables): Promise<PlannedDelivery>;
}

/** Instantiates a flow: its payloads with fresh identities and times. */
export function instantiateFlow(flow: PreparedFlow, { random, startMs }: InstanceOptions): FlowInstance {
  const renewals = createRenewals(flow, { random, startMs });
  const context = ({ offsetMs, occurrence }: PreparedStep) => ({
    now: startMs + offsetMs,
    random,
    sequence: occurrence,
  });
  const bodies = flow.steps.map((step, at) => {
    if (step.needs.length > 0) return null;
    const { payload, rebuild } = step.prepared;
    return fillPayload(rebuild ? rebuild(context(step)) : payload, renewals[at]!);
  });
  const planned = async ({ make, rules }: PreparedStep, now: number, body: Uint8Array): Promise<PlannedDelivery> => ({
    delivery: await make({ now, random, body }),
    rules,
  });
  return {
    flow,
    bodies,
    identities: flow.steps.map(
      ({ identities }, at) =>
        new Map(identities.map(({ path, replacement }) => [path, renewals[at]!.text(replacement)])),
    ),
    deliver: (step, now) => planned(step, now, bodies[step.number - 1]!),
    deliverWith: async (step, now, variables) => {
      const ready = bodies[step.number - 1];
      if (ready) return planned(step, now, ready);
      const { payload, rebuild } = await compileStep(step.script, step.sample, variables);
      const compiled = rebuild ? rebuild(context(step)) : payload;
      return planned(step, now, fillPayload(compiled, renewals[step.number - 1]!));
    },
  };
}

/** Returns the renewals of each step: one for each group of identities, and another next to it for a step that is astray or repeated. */
function createRenewals(
  { steps, moveOf }: PreparedFlow,
  { random, startMs }: InstanceOptions,
): Pick<IdentityRenewal, 'text'>[] {
  const shared = new Map<IdentityGroup | undefined, IdentityRenewal>();
  return steps.map(({ identityGroup, offsetMs, occurrence, isAstray, eventTime }) => {
    const move = moveOf(identityGroup);
    const renewal = shared.get(identityGroup) ?? new IdentityRenewal((ms) => startMs + move(ms), random);
    shared.set(identityGroup, renewal);
    if (!isAstray && occurrence === 1) return renewal;
    const own = renewal.beside((ms) => startMs + (isAstray && ms === eventTime ? offsetMs : move(ms)));
    const isOwn = (replacement: Parameters<IdentityRenewal['text']>[0]) =>
      replacement.type === 'time' || (occurrence > 1 && replacement.identity.deduplicates === true);
    return { text: (replacement) => (isOwn(replacement) ? own : renewal).text(replacement) };
  });
}
