import type { DeliveryEnded } from '../../core/run.js';
import { fillVariables, type Variables } from '../../core/variables.js';
import { runFlowWithIdentities } from '../../flow/runFlowWithIdentities.js';
import { runOrders } from '../../flow/runOrders.js';
import type { FlowValues } from '../../options/flow.js';
import { withOptions } from '../../options/readOptions.js';
import { caseOptionSets } from '../../options/suite.js';
import { expandExpectations, expectation } from '../../suite/expectation.js';
import { tryFlow } from '../../suite/tryFlow.js';
import type { TriedItem, Unit } from '../../suite/unit.js';
import { chooseFlow } from '../flow/chooseFlows.js';
import { flowRandom, flowSettings } from '../flow/flowSettings.js';
import { prepareRun } from '../flow/prepareRun.js';
import { readProbe } from '../flow/readProbe.js';
import { withRoute } from '../project/projectRoute.js';
import { baseUnit, failOnUsageError } from './baseUnit.js';
import { caseOptions } from './caseOptions.js';
import { type CaseContext, caseTarget } from './suiteContext.js';
import type { OpenTargetPool } from './targetPool.js';

/** Prepares a case that sends a flow. Throws a UsageError for what is wrong with it. */
export async function flowUnit(context: CaseContext): Promise<Unit> {
  const { io, written, nameFor, what, project, ways, secretNames } = context;
  const frame = baseUnit(context);
  const { script } = chooseFlow(fillVariables(written, frame.trial, what).flow!, project);
  const providers = [...new Set(script.steps.map(({ provider }) => provider))];
  const provider = providers.length === 1 ? providers[0]!.name : null;
  const item: TriedItem = {
    ...frame.item,
    name: nameFor(null),
    kind: 'flow',
    provider,
    event: null,
    variant: null,
    forge: null,
  };

  const instantiate = async (variables: Variables) => {
    const filled = fillVariables(written, variables, what);
    const target = caseTarget(context, filled);
    const { options: own, secretHeaders } = caseOptions(caseOptionSets.flow, { filled, written, secretNames }, io);
    const options = withRoute(withOptions<FlowValues>(context.options, own), project, target);
    const settings = flowSettings(options);
    const ready = await prepareRun({ scripts: [script], settings, project, target, secretHeaders }, options, io);
    const open = new Map<string, OpenTargetPool>();
    for (const [each, secrets] of ready.secrets) {
      open.set(each.name, await ways.open({ ...ready, provider: each, secrets }));
    }
    const [flow] = await ready.flowsTo((filling) => open.get(filling.provider)!.urlFor(filling));
    const { route, headers } = ready;
    const { url } = [...open.values()][0]!;
    const { probe: probeOptions, timeout } = options;
    const probe = probeOptions
      ? readProbe(
          probeOptions,
          { flows: [flow!], target: url, route, headers, timeout, name: options.nameOf('probe') },
          io,
        )
      : null;
    const shared = { flow: flow!, transport: ways.transport(route), clock: io.clock, ...flowRandom(settings, io) };
    return {
      sentWith: { target, route },
      ways: [...open.values()].map(({ name }) => name),
      expectation: expectation(expandExpectations(filled.expect), 'expect'),
      play: (signal: AbortSignal) =>
        options.orders
          ? runOrders({ ...shared, probe: probe!, drop: settings.faults.drop, signal })
          : runFlowWithIdentities({ ...shared, ...settings, now: shared.now, probe, signal }),
    };
  };

  const first = await instantiate(frame.trial);
  return {
    ...frame,
    items: [item],
    ways: first.ways,
    run({ variables, onDelivery: report, signal }) {
      const tries = async function* () {
        const { play, expectation, sentWith } = await instantiate({ ...context.variables, ...variables });
        const onDelivery = (ended: DeliveryEnded, item: TriedItem) => {
          context.log.add(ended, sentWith, { caseName: item.name });
          report(ended, item);
        };
        yield* tryFlow({
          item,
          expectation,
          events: play(signal),
          startedAt: io.clock.now(),
          onDelivery,
          signal,
        });
      };
      return failOnUsageError([item], tries, io);
    },
  };
}
