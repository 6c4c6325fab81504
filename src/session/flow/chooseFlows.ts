import type { Project } from '../../config/project.js';
import { UsageError } from '../../core/errors.js';
import { unknownName } from '../../core/nearest.js';
import type { Provider } from '../../core/provider.js';
import { buildScript, ownScript, type Script } from '../../flow/script.js';
import type { FlowValues } from '../../options/flow.js';
import { allProviders, findProvider } from '../../providers/findProvider.js';
import { flowsOf } from '../../providers/flows.js';

/** A flow, and whose it is for people. */
export interface ChosenFlow {
  readonly script: Script;
  readonly from: string;
}

export interface FlowChoice {
  readonly flows: readonly ChosenFlow[];
  /** True where they are to be listed and not sent. */
  readonly isList: boolean;
  /** Errors of the flows that the list leaves out. */
  readonly broken?: readonly UsageError[];
}

/** Returns the flows that a command line names. Throws a UsageError for an unknown name. */
export function chooseFlows(
  first: string | undefined,
  name: string | undefined,
  options: Partial<Pick<FlowValues, 'all' | 'list' | 'nameOf'>>,
  project: Project,
): FlowChoice {
  const own = Object.entries(project.config.flows ?? {});
  const ownOf = (flow: string): ChosenFlow => ({
    script: ownScript(flow, project.config.flows![flow]!, `${project.file}: flows.${flow}`, project),
    from: project.file!,
  });
  if (options.all && (first === undefined || name !== undefined || own.some(([each]) => each === first))) {
    throw new UsageError(
      'CONFLICT',
      `${options.nameOf?.('all') ?? 'all'} sends every flow of a provider. Name a provider, and no flow.`,
    );
  }
  if (first === undefined) {
    const broken: UsageError[] = [];
    const usable = ([each]: (typeof own)[number]) => {
      try {
        return [ownOf(each)];
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        broken.push(error);
        return [];
      }
    };
    return { flows: [...allProviders(project).flatMap(flowsFrom), ...own.flatMap(usable)], isList: true, broken };
  }
  if (allProviders(project).some((each) => each.name === first) || project.broken.some((each) => each.name === first)) {
    const provider = findProvider(first, project);
    const flows = flowsFrom(provider);
    if (flows.length === 0) throw noFlows(provider, project);
    if (name === undefined) return { flows, isList: !options.all || options.list === true };
    return { flows: [named(flows, name, provider)], isList: options.list === true };
  }
  if (own.some(([each]) => each === first)) {
    if (name !== undefined) {
      throw new UsageError('CONFLICT', `${first} is a flow of ${project.file}, so name no others: ${name}.`);
    }
    return { flows: [ownOf(first)], isList: options.list === true };
  }
  const known = [...allProviders(project).map((each) => each.name), ...own.map(([each]) => each)];
  throw unknownName('UNKNOWN_FLOW', `There is no provider and no flow of the config that is named ${first}.`, {
    name: first,
    known,
  });
}

function flowsFrom(provider: Provider): ChosenFlow[] {
  return flowsOf(provider).map((flow) => ({
    script: buildScript(provider, flow),
    from: `${provider.title} (${provider.name})`,
  }));
}

/** The error where a provider has no flows; those of the config may be about it. */
function noFlows({ title, name }: Provider, { config, file }: Project): UsageError {
  const own = Object.keys(config.flows ?? {});
  const others = own.length > 0 ? ` ${file} has ${own.join(', ')}: webhook-sim flow ${own[0]}.` : '';
  return new UsageError(
    'UNKNOWN_FLOW',
    `${title} has no flows.${others} Tell one in the description of ${name}, or as flows of the project config.`,
  );
}

function named(flows: readonly ChosenFlow[], name: string, provider: Provider): ChosenFlow {
  const found = flows.find(({ script }) => script.name === name);
  if (found) return found;
  const known = flows.map(({ script }) => script.name);
  throw unknownName('UNKNOWN_FLOW', `${provider.title} has no flow ${name}.`, { name, known });
}

/** The one flow that a text names, as typed after `flow`. Throws a UsageError for any other. */
export function chooseFlow(text: string, project: Project): ChosenFlow {
  const [first = '', name, ...more] = text.trim().split(/\s+/);
  const { flows, isList } = chooseFlows(first, name, {}, project);
  if (!isList && flows.length === 1 && more.length === 0) return flows[0]!;
  throw new UsageError(
    'WHICH_FLOW',
    `"${text}" is not one flow. Write a provider and one of its flows, such as ${first} ${flows[0]?.script.name}, or the name of a flow of the config.`,
  );
}
