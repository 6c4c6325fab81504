import { prepareFlow } from '../../../flow/prepareFlow.js';
import { flowList, type ListedFlow } from '../../../report/flow/flowList.js';
import type { ChosenFlow } from '../../../session/flow/chooseFlows.js';
import { wantsColour } from '../../io/colour.js';
import type { Io } from '../../io/io.js';

/** Prints what flows there are. */
export async function listFlows(
  flows: readonly ChosenFlow[],
  { json = false, steps }: { json?: boolean; steps: boolean },
  io: Io,
): Promise<void> {
  const listed = await Promise.all(flows.map(described));
  if (!json) {
    io.stdout.write(flowList(listed, { colour: wantsColour(io.env, io.stdout), steps }));
    return;
  }
  const document = listed.map(({ from, ...flow }) => flow);
  io.stdout.write(`${JSON.stringify({ schemaVersion: 1, type: 'flow-list', flows: document }, null, 2)}\n`);
}

async function described({ script, from }: ChosenFlow): Promise<ListedFlow & { providers: string[] }> {
  const flow = await prepareFlow(script, {
    urlFor: () => 'http://localhost/',
    secretsOf: ({ secret }) => [{ value: secret.sample, source: 'sample', isSample: true }],
    headers: [],
    secretNames: [],
    timeLimitOf: () => null,
  });
  const steps = flow.steps.map(({ offsetMs, script: { provider, event, variant } }) => ({
    provider: provider.name,
    event,
    variant,
    offsetMs,
  }));
  const { name, title } = script;
  return { name, title, from, providers: [...new Set(steps.map(({ provider }) => provider))], steps };
}
