import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { checkShipped, runContract } from '../../../authoring/contract/runContract.js';
import { envVariableOf } from '../../../config/address.js';
import { type Env, withEnvFiles } from '../../../config/envFiles.js';
import { findConfig } from '../../../config/find.js';
import { type ProviderSource, requireProviders } from '../../../config/findProviders.js';
import { judgeProvider } from '../../../config/loadProviders.js';
import { readConfig } from '../../../config/read.js';
import type { ContractVerdict } from '../../../core/contract.js';
import { UsageError } from '../../../core/errors.js';
import { unknownName } from '../../../core/nearest.js';
import { shownPath } from '../../../core/printable.js';
import type { Provider } from '../../../core/provider.js';
import { type ProviderTestValues, providerTestOptions } from '../../../options/project.js';
import { readOptions } from '../../../options/readOptions.js';
import { isShippedName } from '../../../providers/catalogue.js';
import { findProvider } from '../../../providers/findProvider.js';
import { contractTable } from '../../../report/provider/contractTable.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { flagName, type RawFlags } from '../../options/flags.js';
import { openReport } from '../../reporting/openReport.js';
import { findPlace, nameOf } from './newPlace.js';

/** A description that is to be tested, and what it is called as far as it can be read. */
interface NamedSource {
  readonly source: ProviderSource;
  readonly name: string;
}

/** The descriptions that are to be tested, and what the project around them says of secrets. */
interface ChosenProviders {
  readonly chosen: readonly NamedSource[];
  /** All of the config. */
  readonly configured: readonly NamedSource[];
  readonly env: Env;
  readonly secretVariables: (provider: string) => readonly string[];
}

const begin = 'Begin one with: webhook-sim provider new';

/** Finds the providers of these names and paths, or all of the config. Throws a UsageError for what is not there. */
async function chooseProviders(
  names: readonly string[],
  flags: { readonly config?: string },
  io: Io,
): Promise<ChosenProviders> {
  const path = flags.config === undefined ? findConfig(io.cwd) : resolve(io.cwd, flags.config);
  const shown = path === null ? null : shownPath(path, io.cwd);
  const data = path === null ? {} : (((await readConfig(path, shown!)).data ?? {}) as Record<string, unknown>);
  const sources =
    data.providers === undefined
      ? []
      : requireProviders(data.providers, { folder: dirname(path!), shown: shown!, cwd: io.cwd });
  const configured = await Promise.all(sources.map(named));
  if (names.length === 0 && configured.length === 0) {
    const where = shown === null ? 'There is no config from here up' : `${shown} names no providers`;
    throw new UsageError('NO_PROVIDERS', `${where}, and no path is given, so that there is nothing to test. ${begin}`);
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

async function find(name: string, configured: readonly NamedSource[], io: Io): Promise<NamedSource[]> {
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
  return { source, name: await nameOf(source) };
}

/** The variables that the config names for the secret of a provider. */
function variablesOf(secrets: unknown, provider: string): string[] {
  const written = typeof secrets === 'object' && secrets !== null ? Reflect.get(secrets, provider) : undefined;
  return [written].flat().flatMap((text) => (typeof text === 'string' ? (envVariableOf(text) ?? []) : []));
}

/** Reads the specification that a flag names. Throws a UsageError for what is none. */
async function readNamed(file: string, io: Io) {
  const { recognizeSource } = await import('./recognizeSource.js');
  const { specification } = await recognizeSource(file, io);
  if (!specification) {
    throw new UsageError(
      'BAD_SPECIFICATION',
      `--spec: ${file} can't be read, or is no OpenAPI document and no JSON Schema.`,
    );
  }
  return (await import('../../../spec/readSpecification.js')).readSpecification(specification);
}

/** The providers that ship among those that are named, where the config has none of that name. */
async function shippedOf(names: readonly string[], flags: { readonly config?: string }, io: Io): Promise<Provider[]> {
  const named = names.filter((name) => isShippedName(name));
  if (named.length === 0) return [];
  const own = (await findPlace(flags, io)).named;
  return named.filter((name) => !own.has(name)).map((name) => findProvider(name));
}

/** Throws a UsageError for flags that go with --record alone, or not with it. */
function assertRecordFlags(names: readonly string[], flags: ProviderTestValues): void {
  if (flags.record === undefined) {
    const other = (['secret', 'entry', 'url', 'keepSecret'] as const).find((key) => flags[key] !== undefined);
    if (other)
      throw new UsageError('CONFLICT', `${flagName(other)} is for --record. Add --record FILE, or leave it out.`);
    return;
  }
  if (flags.spec !== undefined) {
    throw new UsageError('CONFLICT', '--record and --spec are two things to compare with. Leave one of them out.');
  }
  if (names.length !== 1) {
    throw new UsageError(
      'ONE_PROVIDER',
      '--record is about one provider: webhook-sim provider test acme --record capture.http',
    );
  }
}

async function record(
  chosen: readonly NamedSource[],
  [shipped]: readonly Provider[],
  flags: ProviderTestValues & { readonly record: string },
  io: Io,
) {
  const { recordRequest } = await import('./recordRequest.js');
  if (shipped) {
    const place = { provider: shipped, source: null, shown: `payloads/${shipped.name}/provider.yaml` };
    return recordRequest(place, flags, io);
  }
  const [only, another] = chosen;
  if (another) throw new UsageError('ONE_PROVIDER', '--record is about one provider, and the folder holds several.');
  const { source } = only!;
  const result = await judgeProvider(source);
  if ('provider' in result) return recordRequest({ provider: result.provider, source, shown: source.shown }, flags, io);
  throw new UsageError(
    'BAD_PROVIDER',
    `${source.shown}: the description has to be right before a request is held against it. See: webhook-sim provider test ${only!.name}`,
  );
}

/** Runs `provider test`; resolves with the exit code. */
export async function testProviders(names: readonly string[], typed: RawFlags, io: Io): Promise<number> {
  const flags = readOptions(providerTestOptions, typed, flagName);
  assertRecordFlags(names, flags);
  const specification = flags.spec === undefined ? null : await readNamed(flags.spec, io);
  const isForShipped = specification !== null || flags.record !== undefined;
  const shipped = isForShipped ? await shippedOf(names, flags, io) : [];
  const own = names.filter((name) => !shipped.some((provider) => provider.name === name));
  const isShippedOnly = shipped.length > 0 && own.length === 0;
  const { chosen, configured, env, secretVariables } = isShippedOnly
    ? { chosen: [], configured: [], env: io.env, secretVariables: () => [] }
    : await chooseProviders(own, flags, io);
  const reporter = openReport(flags, io, contractTable);
  const counts: Record<ContractVerdict, number> = { pass: 0, warn: 0, fail: 0, skip: 0 };
  const failed = new Set<string>();
  const strict = flags.strict === true;
  const now = io.clock.now();
  let known = env;
  if (flags.record !== undefined) {
    const { event, env: added } = await record(chosen, shipped, { ...flags, record: flags.record }, io);
    reporter.event(event);
    if (added === null || (strict && event.facts.some(({ verdict }) => verdict === 'differs')))
      failed.add(event.provider);
    known = { ...env, ...added };
  }
  for (const { source, name } of chosen) {
    const others = new Map(
      configured.filter((each) => each.source.shown !== source.shown).map((each) => [each.name, each.source.shown]),
    );
    for await (const ended of runContract(source, {
      name,
      others,
      secretVariables,
      env: known,
      cwd: io.cwd,
      specification,
      now,
    })) {
      counts[ended.verdict]++;
      if (ended.verdict === 'fail' || (strict && ended.verdict === 'warn')) failed.add(ended.provider);
      reporter.event(ended);
    }
  }
  for (const provider of specification === null ? [] : shipped) {
    const ended = await checkShipped(provider, specification!);
    counts[ended.verdict]++;
    if (ended.verdict === 'fail') failed.add(ended.provider);
    reporter.event(ended);
  }
  const ok = failed.size === 0;
  reporter.event({
    type: 'provider-test-summary',
    providers: chosen.length + shipped.length,
    failed: [...failed],
    counts,
    strict,
    ok,
  });
  return ok ? exitCodes.ok : exitCodes.rejected;
}
