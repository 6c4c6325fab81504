import type { Project } from '../../config/project.js';
import { givenValues } from '../../core/givenValues.js';
import { unknownName } from '../../core/nearest.js';
import type { Provider } from '../../core/provider.js';
import type { GivenValueSpec } from '../../core/template.js';
import type { World } from '../../core/world.js';
import type { NameOf } from '../../options/option.js';
import { withEnvironment } from '../project/projectOptions.js';
import { readSecret } from '../project/readSecret.js';

/** The texts that a user gave for a provider's handshakes, by the names of values: each a text, `env:NAME` or `file:PATH`. */
export interface GivenOptions {
  readonly value?: Readonly<Record<string, string>>;
  readonly nameOf: NameOf;
}

interface GivenRequest {
  readonly provider: Provider;
  readonly project: Project;
  readonly options: GivenOptions;
}

/** The source of a text, and whether its path starts from the config's folder. */
interface FoundText {
  readonly reference: string;
  readonly what: string;
  readonly isOfConfig: boolean;
}

/** Reads the texts that the receiver's owner chose, from option, config or environment; those given nowhere are left out. Throws a UsageError. */
export async function readGivenTexts(request: GivenRequest, io: World): Promise<Map<string, string>> {
  assertKnownNames(request);
  const { provider, project } = request;
  const texts = new Map<string, string>();
  for (const [name, spec] of givenValues(provider)) {
    const found = findText(request, name, spec);
    if (found === null) continue;
    const world = withEnvironment(io, { env: project.env, ...(found.isOfConfig && { cwd: project.folder }) });
    texts.set(name, (await readSecret(found.reference, world, found.what)).value);
  }
  return texts;
}

/** Returns a note for each text of a provider's handshakes that is given nowhere, so that the sample is sent. */
export function sampleNotes(request: GivenRequest): string[] {
  const { provider, options } = request;
  return [...givenValues(provider)].flatMap(([name, spec]) => {
    if (findText(request, name, spec) !== null) return [];
    const variable = spec.env?.[0] === undefined ? '' : ` or ${spec.env[0]}`;
    return [
      `note: ${name} is the sample "${spec.sample}". Give yours with ${options.nameOf('value')} ${name}=…${variable}.`,
    ];
  });
}

/** Returns the source of a text that no option gives, and how to describe it. */
export function describeGivenText(provider: Provider, project: Project, name: string) {
  const request = { provider, project, options: { nameOf: (key: string) => key } };
  const found = findText(request, name, givenValues(provider).get(name)!);
  return { isSample: found === null, words: found === null ? 'the sample' : `the text of ${found.what}` };
}

function findText({ provider, project, options }: GivenRequest, name: string, { env = [] }: GivenValueSpec) {
  const own = options.value?.[name];
  if (own !== undefined) return found(own, `${options.nameOf('value')} ${name}`, false);
  const configured = project.config.values?.[provider.name]?.[name];
  if (configured !== undefined) return found(configured, `${project.file}: values.${provider.name}.${name}`, true);
  const variable = env.find((each) => project.env[each]);
  return variable === undefined ? null : found(`env:${variable}`, variable, false);
}

function found(reference: string, what: string, isOfConfig: boolean): FoundText {
  return { reference, what, isOfConfig };
}

/** Throws a UsageError for a name that none of a provider's handshakes has. */
function assertKnownNames({ provider, project, options }: GivenRequest): void {
  const known = [...givenValues(provider).keys()];
  const named = [
    ...Object.keys(options.value ?? {}).map((name) => [name, options.nameOf('value')] as const),
    ...Object.keys(project.config.values?.[provider.name] ?? {}).map(
      (name) => [name, `${project.file}: values.${provider.name}`] as const,
    ),
  ];
  for (const [name, source] of named) {
    if (known.includes(name)) continue;
    throw unknownName('UNKNOWN_VALUE', `${source}: the handshakes of ${provider.title} tell no ${name} of yours.`, {
      name,
      known,
    });
  }
}
