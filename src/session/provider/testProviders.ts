import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { checkShipped, runContract } from '../../authoring/contract/runContract.js';
import { parseEnvReference } from '../../config/address.js';
import { type Env, withEnvFiles } from '../../config/envFiles.js';
import { findConfig } from '../../config/find.js';
import { type ProviderSource, requireProviders } from '../../config/findProviders.js';
import { judgeProvider } from '../../config/loadProviders.js';
import type { Project } from '../../config/project.js';
import { readConfig } from '../../config/read.js';
import type { ContractCheckEnded, ContractEnded, ContractVerdict, RequestRecorded } from '../../core/contract.js';
import { UsageError } from '../../core/errors.js';
import { unknownName } from '../../core/nearest.js';
import { shownPath } from '../../core/printable.js';
import type { Provider } from '../../core/provider.js';
import type { World } from '../../core/world.js';
import type { ProviderTestValues } from '../../options/project.js';
import { isShippedName } from '../../providers/catalogue.js';
import { findProvider } from '../../providers/findProvider.js';
import { describedName, findPlace } from './findPlace.js';
import { readNamedSpecification } from './readNamedSpecification.js';
import type { RecordedProvider, RecordOptions } from './recordRequest.js';

/** A description that is to be tested, and what it is called as far as it can be read. */
interface NamedSource {
  readonly source: ProviderSource;
  readonly name: string;
}

/** The descriptions to test, and the secrets of the project around them. */
interface ChosenProviders {
  readonly chosen: readonly NamedSource[];
  /** All of the config. */
  readonly configured: readonly NamedSource[];
  readonly env: Env;
  readonly secretVariables: (provider: string) => readonly string[];
}

const begin = 'Begin one with: webhook-sim provider new';

/** Finds the providers of these names and paths, or all of the config. Throws a UsageError for an unknown one. */
async function chooseProviders(
  names: readonly string[],
  options: { readonly config?: string },
  io: World,
): Promise<ChosenProviders> {
  const path = options.config === undefined ? findConfig(io.cwd) : resolve(io.cwd, options.config);
  const shown = path === null ? null : shownPath(path, io.cwd);
  const data = path === null ? {} : (((await readConfig(path, shown!)).data ?? {}) as Record<string, unknown>);
  const sources =
    data.providers === undefined
      ? []
      : requireProviders(data.providers, { folder: dirname(path!), shown: shown!, cwd: io.cwd });
  const configured = await Promise.all(sources.map(named));
  if (names.length === 0 && configured.length === 0) {
    const where = shown === null ? 'There is no config from here up' : `${shown} names no providers`;
    throw new UsageError('NO_PROVIDERS', `${where}, and no path is given, so there is nothing to test. ${begin}`);
  }
  const chosen = await Promise.all(names.map((name) => find(name, configured, io)));
  const unique = new Map(chosen.flat().map((each) => [each.source.shown, each]));
  return {
    chosen: names.length === 0 ? configured : [...unique.values()],
    configured,
    env: path === null ? io.env : withEnvFiles(io.env, dirname(path)).env,
    secretVariables: (provider) => variablesOf(data.secrets, provider),
  };
}

async function find(name: string, configured: readonly NamedSource[], io: World): Promise<NamedSource[]> {
  const known = configured.filter((each) => each.name === name);
  if (known.length > 0) return known;
  if (existsSync(resolve(io.cwd, name))) {
    return Promise.all(requireProviders(name, { folder: io.cwd, shown: 'provider test', cwd: io.cwd }).map(named));
  }
  if (isShippedName(name)) {
    throw new UsageError('NOT_OWN', `${name} ships with webhook-sim, which tests it. Name a custom provider.`);
  }
  const names = configured.map((each) => each.name);
  throw unknownName('UNKNOWN_PROVIDER', `There is no custom provider ${name}, and no such path.`, {
    name,
    known: names,
    otherwise: begin,
  });
}

async function named(source: ProviderSource): Promise<NamedSource> {
  return { source, name: await describedName(source) };
}

/** The variables that the config names for the secret of a provider. */
function variablesOf(secrets: unknown, provider: string): string[] {
  const written = typeof secrets === 'object' && secrets !== null ? Reflect.get(secrets, provider) : undefined;
  return [written].flat().flatMap((text) => (typeof text === 'string' ? (parseEnvReference(text) ?? []) : []));
}

/** The providers that ship among those that are named, where the config has none of that name. */
async function findShipped(
  names: readonly string[],
  options: { readonly config?: string },
  io: World,
): Promise<Provider[]> {
  const named = names.filter((name) => isShippedName(name));
  if (named.length === 0) return [];
  const own = (await findPlace(options, io)).named;
  return named.filter((name) => !own.has(name)).map((name) => findProvider(name));
}

/** Throws a UsageError for options that go with a recorded request alone, or not with it. */
function assertRecordOptions(names: readonly string[], options: ProviderTestValues): void {
  const { nameOf } = options;
  if (options.record === undefined) {
    const other = (['secret', 'entry', 'url', 'keepSecret'] as const).find((key) => options[key] !== undefined);
    if (other === undefined) return;
    const message = `${nameOf(other)} is for ${nameOf('record')}. Add ${nameOf('record')} FILE, or leave it out.`;
    throw new UsageError('CONFLICT', message);
  }
  if (options.spec !== undefined) {
    const both = `${nameOf('record')} and ${nameOf('spec')}`;
    throw new UsageError('CONFLICT', `${both} are two things to compare with. Leave one of them out.`);
  }
  if (names.length !== 1) {
    throw new UsageError(
      'ONE_PROVIDER',
      `${nameOf('record')} is about one provider: webhook-sim provider test acme --record capture.http`,
    );
  }
}

async function record(
  chosen: readonly NamedSource[],
  [shipped]: readonly Provider[],
  options: RecordOptions,
  { loadProject, onWork }: TestMeans,
  io: World,
) {
  const { recordRequest } = await import('./recordRequest.js');
  const recordFor = async (place: Omit<RecordedProvider, 'project' | 'onWork'>) =>
    recordRequest({ ...place, project: await loadProject(), onWork }, options, io);
  if (shipped) {
    return recordFor({ provider: shipped, source: null, shown: `payloads/${shipped.name}/provider.yaml` });
  }
  const [only, another] = chosen;
  if (another) {
    const message = `${options.nameOf('record')} is about one provider, and the folder holds several.`;
    throw new UsageError('ONE_PROVIDER', message);
  }
  const { source } = only!;
  const result = await judgeProvider(source);
  if ('provider' in result) return recordFor({ provider: result.provider, source, shown: source.shown });
  throw new UsageError(
    'BAD_PROVIDER',
    `${source.shown}: fix the description before comparing a request with it. See: webhook-sim provider test ${only!.name}`,
  );
}

/** Input and output of the test. */
export interface TestMeans {
  /** Loads the project around them, which only a recorded request needs. */
  readonly loadProject: () => Promise<Project>;
  /** Called often while it searches, which lets no timer run. */
  readonly onWork: () => void;
}

/** Tests custom providers, and compares providers that ship with a specification or a recorded request. Throws a UsageError. */
export async function* testProviders(
  names: readonly string[],
  options: ProviderTestValues,
  means: TestMeans,
  io: World,
): AsyncGenerator<ContractCheckEnded | RequestRecorded | ContractEnded> {
  assertRecordOptions(names, options);
  const specification =
    options.spec === undefined ? null : await readNamedSpecification(options.spec, options.nameOf('spec'), io);
  const isForShipped = specification !== null || options.record !== undefined;
  const shipped = isForShipped ? await findShipped(names, options, io) : [];
  const own = names.filter((name) => !shipped.some((provider) => provider.name === name));
  const isShippedOnly = shipped.length > 0 && own.length === 0;
  const { chosen, configured, env, secretVariables } = isShippedOnly
    ? { chosen: [], configured: [], env: io.env, secretVariables: () => [] }
    : await chooseProviders(own, options, io);
  const counts: Record<ContractVerdict, number> = { pass: 0, warn: 0, fail: 0, skip: 0 };
  const failed = new Set<string>();
  const strict = options.strict === true;
  const now = io.clock.now();
  const count = ({ provider, verdict }: ContractCheckEnded) => {
    counts[verdict]++;
    if (verdict === 'fail' || (strict && verdict === 'warn')) failed.add(provider);
  };
  let known = env;
  if (options.record !== undefined) {
    const { event, env: added } = await record(chosen, shipped, { ...options, record: options.record }, means, io);
    yield event;
    if (added === null || (strict && event.facts.some(({ verdict }) => verdict === 'differs')))
      failed.add(event.provider);
    known = { ...env, ...added };
  }
  for (const { source, name } of chosen) {
    const others = new Map(
      configured.filter((each) => each.source.shown !== source.shown).map((each) => [each.name, each.source.shown]),
    );
    const place = { name, others, secretVariables, env: known, cwd: io.cwd, specification, now, onWork: means.onWork };
    for await (const ended of runContract(source, place)) {
      count(ended);
      yield ended;
    }
  }
  for (const provider of specification === null ? [] : shipped) {
    const ended = await checkShipped(provider, specification!);
    count(ended);
    yield ended;
  }
  const ok = failed.size === 0;
  const providers = chosen.length + shipped.length;
  yield { type: 'provider-test-summary', providers, failed: [...failed], counts, strict, ok };
}
