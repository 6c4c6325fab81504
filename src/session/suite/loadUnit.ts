import type { Outcome } from '../../core/attempt.js';
import type { LoadEnded, LoadVerdict } from '../../core/load.js';
import type { Failure } from '../../core/suite.js';
import { fillVariables, type Variables } from '../../core/variables.js';
import { decisiveFailures } from '../../load/judgeLoad.js';
import type { LoadValues } from '../../options/load.js';
import { withOptions } from '../../options/readOptions.js';
import { caseOptionSets } from '../../options/suite.js';
import { findingText } from '../../report/load/loadText.js';
import type { ItemResult, TriedItem, Unit } from '../../suite/unit.js';
import { logLoad } from '../load/logLoad.js';
import { openLoad } from '../load/openLoad.js';
import { prepareLoad } from '../load/prepareLoad.js';
import { type JudgedLoad, sendLoad } from '../load/sendLoad.js';
import { withRoute } from '../project/projectRoute.js';
import { baseUnit, failOnUsageError } from './baseUnit.js';
import { caseOptions } from './caseOptions.js';
import { type CaseContext, caseTarget } from './suiteContext.js';
import type { OpenTargetPool } from './targetPool.js';

/** Prepares a case that sends at a rate. Throws a UsageError for what is wrong with it. */
export async function loadUnit(context: CaseContext): Promise<Unit> {
  const { io, written, nameFor, what, project, ways, secretNames } = context;
  const frame = baseUnit(context);

  const loading = async (variables: Variables, signal: AbortSignal) => {
    const filled = fillVariables(written, variables, what);
    const [provider = null, ...events] = filled.load!.trim().split(/\s+/);
    const target = caseTarget(context, filled);
    const { options: own, secretHeaders } = caseOptions(caseOptionSets.load, { filled, written, secretNames }, io);
    const options = withRoute(withOptions<LoadValues>(context.options, own), project, target);
    const ready = await prepareLoad({ project, provider, events, target, secretHeaders }, options, io);
    const open = new Map<string, OpenTargetPool>();
    for (const [each, secrets] of ready.secrets) {
      open.set(each.name, await ways.open({ ...ready, provider: each, secrets }));
    }
    const pools = [...open.values()];
    const address = {
      url: pools[0]!.url,
      urlFor: (filling: { provider: string; event: string }) => open.get(filling.provider)!.urlFor(filling),
    };
    const opened = await openLoad(ready, address, Object.create(io, { interrupted: { value: signal } }));
    return { ...opened, ready, provider, url: address.url, ways: pools.map(({ name }) => name) };
  };

  const first = await loading(frame.trial, io.interrupted);
  const item: TriedItem = {
    ...frame.item,
    name: nameFor(null),
    kind: 'load',
    provider: first.provider,
    event: null,
    variant: null,
    forge: null,
  };
  return {
    ...frame,
    items: [item],
    ways: first.ways,
    run({ variables, signal }) {
      const tries = async function* (): AsyncGenerator<ItemResult, void> {
        const startedAt = io.clock.now();
        const opened = await loading({ ...context.variables, ...variables }, signal);
        let judged: JudgedLoad | undefined;
        for await (const event of sendLoad(opened.ready, opened)) if (event.type === 'judged') judged = event;
        const { ended, verdict } = judged!;
        logLoad(context.log, { ...opened, startedAt, judged: judged!, caseName: item.name });
        if (ended.interrupted) return;
        const failures = findFailures(verdict);
        yield {
          item,
          failures,
          deliveries: [],
          more: ended.sent,
          outcome: failures.length === 0 ? 'accepted' : outcomeOf(ended, verdict),
          startedAt,
          check: null,
          captured: {},
        };
      };
      return failOnUsageError([item], tries, io);
    },
  };
}

function findFailures({ verdict, findings }: LoadVerdict): Failure[] {
  const failures = findings
    .filter(({ ok }) => ok !== true)
    .map((finding) => ({
      expectation: finding.name,
      message:
        finding.ok === null
          ? `not judged, as this machine was the limit: ${findingText(finding)}`
          : findingText(finding),
    }));
  if (failures.length > 0 || verdict === 'passed') return failures;
  return [{ expectation: 'load', message: 'not judged, as this machine was the limit.' }];
}

function outcomeOf(ended: LoadEnded, verdict: LoadVerdict): Outcome {
  const failed = decisiveFailures(ended, verdict);
  return (['unreachable', 'broken', 'timed_out'] as const).find((outcome) => failed[outcome] > 0) ?? 'rejected';
}
