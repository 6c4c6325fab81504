import { fillVariables, type Variables } from '../../core/variables.js';
import type { CheckValues } from '../../options/check.js';
import { withOptions } from '../../options/readOptions.js';
import { caseOptionSets } from '../../options/suite.js';
import { findProvider } from '../../providers/findProvider.js';
import { expandExpectations } from '../../suite/expectation.js';
import { tryCheck } from '../../suite/tryCheck.js';
import type { TriedItem, Unit } from '../../suite/unit.js';
import { logCase } from '../check/logCase.js';
import { openCheck } from '../check/openCheck.js';
import { prepareCheck } from '../check/prepareCheck.js';
import { selectEvent } from '../project/events.js';
import { withRoute } from '../project/projectRoute.js';
import { baseUnit, failOnUsageError } from './baseUnit.js';
import { caseOptions } from './caseOptions.js';
import { type CaseContext, caseTarget } from './suiteContext.js';

/** Prepares a case that checks a receiver. Throws a UsageError for what is wrong with it. */
export async function checkUnit(context: CaseContext): Promise<Unit> {
  const { io, written, nameFor, what, project, ways, secretNames } = context;
  const frame = baseUnit(context);
  const filled = fillVariables(written, frame.trial, what);
  const [providerName = '', eventName, ...more] = filled.check!.trim().split(/\s+/);
  const provider = findProvider(providerName, project);
  const event = eventName === undefined ? provider.defaultEvent : selectEvent(provider, [eventName, ...more].join(' '));
  const { variant = null, expect } = filled;
  const about = { provider: provider.name, event, variant, forge: null };
  const item: TriedItem = { ...frame.item, ...about, name: nameFor(null), kind: 'check' };

  const checking = async (variables: Variables) => {
    const filled = fillVariables(written, variables, what);
    const target = caseTarget(context, filled);
    const { options, secretHeaders } = caseOptions(caseOptionSets.check, { filled, written, secretNames }, io);
    const request = { provider, event, project, target, secretHeaders };
    const ready = await prepareCheck(
      request,
      withRoute(withOptions<CheckValues>(context.options, options), project, target),
      io,
    );
    const open = await ways.open({ ...ready, ...ready.source });
    const check = await openCheck(ready, { open, transport: ways.transport(ready.route) }, io);
    return { check, way: open.name, sentWith: { target, route: ready.route } };
  };

  const { way } = await checking(frame.trial);
  return {
    ...frame,
    items: [item],
    ways: [way],
    run({ variables, onDelivery, signal }) {
      const tries = async function* () {
        const { check, sentWith } = await checking({ ...context.variables, ...variables });
        yield* tryCheck({
          item,
          options: { ...check, signal },
          grade: expandExpectations(expect).grade ?? null,
          onDelivery,
          watch: (event) => logCase(context.log, event, sentWith),
        });
      };
      return failOnUsageError([item], tries, io);
    },
  };
}
