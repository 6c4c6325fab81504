import type { ContractProblem } from '../../core/contract.js';
import { prepareFlow } from '../../flow/prepareFlow.js';
import { scriptOf } from '../../flow/script.js';
import { contractUrl } from './makeDelivery.js';
import { failure } from './problem.js';
import { problemsOf } from './problemsOf.js';
import type { ContractSubject } from './subject.js';

/** Flows whose steps do not fit their samples. */
export async function checkFlows({ provider }: ContractSubject): Promise<ContractProblem[]> {
  const source = {
    urlFor: () => contractUrl,
    secretsOf: () => [{ value: provider.secret.sample, source: 'sample', isSample: true }],
    headers: [],
    secretNames: [],
    timeLimitOf: () => null,
  };
  const names = (provider.flows ?? []).map(({ name }) => name);
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  const problems = (provider.flows ?? []).map((flow) =>
    problemsOf(
      async () => prepareFlow(scriptOf(provider, flow), source),
      (message) => message,
    ),
  );
  return [
    ...twice.map((name) => failure(`flows: ${name} is the name of two. Take another for one.`)),
    ...(await Promise.all(problems)).flat(),
  ];
}
