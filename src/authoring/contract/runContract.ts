import { existsSync } from 'node:fs';
import type { Env } from '../../config/envFiles.js';
import type { ProviderSource } from '../../config/findProviders.js';
import { judgeProvider } from '../../config/loadProviders.js';
import { sampleFilesIn } from '../../config/ownSamples.js';
import type { ContractCheckEnded, ContractProblem } from '../../core/contract.js';
import { UsageError } from '../../core/errors.js';
import { shownPath } from '../../core/printable.js';
import type { Dialect, Provider } from '../../core/provider.js';
import { JsonSyntaxError } from '../../json/parse.js';
import { type Json, toJson } from '../../json/value.js';
import { loadSample } from '../../payloads/load.js';
import { assertOneSampleFile, findSampleFile, readSampleFile } from '../../payloads/readSampleFile.js';
import { stemOfFile } from '../../payloads/sampleName.js';
import { isShippedName } from '../../providers/catalogue.js';
import type { Specification } from '../../spec/specification.js';
import { type ContractCheck, contractChecks, firstChecks } from './contractChecks.js';
import { checkDrift, driftCheck } from './driftCheck.js';
import { namedSamples } from './sampleChecks.js';
import { type ContractSubject, failure, placeIn, sampleFileOf, warning } from './subject.js';

/** The surroundings of a provider's contract. */
export interface ContractPlace {
  /** The provider's name in reports where its description does not fit. */
  readonly name: string;
  /** Names of other providers, each with the place of its description. */
  readonly others: ReadonlyMap<string, string>;
  /** Variables that the config names for the secret of a provider. */
  readonly secretVariables: (provider: string) => readonly string[];
  readonly env: Env;
  readonly cwd: string;
  /** The specification to compare events and samples with; null for none. */
  readonly specification: Specification | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Called often while it searches, which lets no timer run. */
  readonly onWork: () => void;
}

/** Checks a provider by the contract of those that ship, and yields each check as it ends. */
export async function* runContract(source: ProviderSource, place: ContractPlace): AsyncGenerator<ContractCheckEnded> {
  const { cwd } = place;
  const found = await runCheck(() => described(source, place));
  const provider = 'provider' in found ? found.provider : null;
  const name = provider?.name ?? place.name;
  const ended = (check: Pick<ContractCheck, 'name' | 'title'>, problems: readonly ContractProblem[] | null) =>
    endedCheck(check, problems, { provider: name, description: source.shown });
  yield ended(firstChecks.description, found.problems);
  const read = readSamples(provider ? provider.samples : source.samples, provider?.dialect ?? 'js', cwd);
  yield ended(firstChecks.json, read.problems);
  if (!provider) {
    for (const check of contractChecks) yield ended(check, null);
    if (place.specification) yield ended(driftCheck, null);
    return;
  }
  const subject = buildSubject(provider, source, read, place);
  for (const check of contractChecks) {
    const { problems } = await runCheck(async () => ({ problems: await check.run(subject) }));
    yield ended(check, problems);
  }
  const { specification } = place;
  if (!specification) return;
  const { problems } = await runCheck(async () => ({
    problems: await checkDrift(subject.provider, subject.samples, specification),
  }));
  yield ended(driftCheck, problems);
}

/** Compares a provider that ships with a specification. */
export async function checkShipped(provider: Provider, specification: Specification): Promise<ContractCheckEnded> {
  const samples = await Promise.all(
    namedSamples(provider).map(async (sample) => ({
      ...sample,
      file: `payloads/${provider.name}/events/${sample.name}.json`,
      body: await loadSample(sample),
    })),
  );
  const where = { provider: provider.name, description: `payloads/${provider.name}/provider.yaml` };
  return endedCheck(driftCheck, await checkDrift(provider, samples, specification), where);
}

type Described = { readonly problems: readonly ContractProblem[]; readonly provider?: Provider };

async function described(source: ProviderSource, { others, cwd }: ContractPlace): Promise<Described> {
  const result = await judgeProvider(source);
  if ('complaints' in result) {
    const problems = result.complaints.map(({ place, message }) => failure(message, placeIn(source.shown, place)));
    return { problems };
  }
  const { provider } = result;
  const other = others.get(provider.name);
  const problems = [
    ...(other ? [failure(`name: ${provider.name} is the name of the provider of ${other}, too. Take another.`)] : []),
    ...(isShippedName(provider.name)
      ? [warning(`name: ${provider.name} ships with webhook-sim, too. Where this config is in force, yours is meant.`)]
      : []),
    ...(provider.spec !== undefined && !existsSync(provider.spec)
      ? [warning(`spec: there is no ${shownPath(provider.spec, cwd)}.`)]
      : []),
  ];
  return { problems, provider };
}

/** Runs a check; a UsageError that it did not expect becomes a problem of the description. */
async function runCheck<T extends { readonly problems: readonly ContractProblem[] }>(
  check: () => Promise<T>,
): Promise<T | { readonly problems: readonly ContractProblem[] }> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { problems: [failure(error.message)] };
  }
}

function buildSubject(
  provider: Provider,
  { folder }: ProviderSource,
  { names, bodies }: ReadSamples,
  { env, now, cwd, onWork, secretVariables }: ContractPlace,
): ContractSubject {
  const samples = namedSamples(provider).flatMap(({ name, event, variant }) => {
    const body = bodies.get(name);
    return body === undefined ? [] : { event, variant, name, file: sampleFileOf(provider.samples, name, cwd), body };
  });
  return {
    provider,
    folder,
    sampleNames: names,
    samples,
    secretVariables: secretVariables(provider.name),
    env,
    now,
    cwd,
    onWork,
  };
}

function endedCheck(
  { name, title }: Pick<ContractCheck, 'name' | 'title'>,
  problems: readonly ContractProblem[] | null,
  where: Pick<ContractCheckEnded, 'provider' | 'description'>,
): ContractCheckEnded {
  const failed = problems?.some(({ severity }) => severity === 'failure');
  const verdict = problems === null ? 'skip' : failed ? 'fail' : problems.length > 0 ? 'warn' : 'pass';
  return { type: 'provider-check', ...where, check: name, title, verdict, problems: problems ?? [] };
}

/** All samples by name, with the faults of those that can't be read. */
interface ReadSamples {
  readonly names: readonly string[];
  readonly bodies: ReadonlyMap<string, Json>;
  readonly problems: readonly ContractProblem[];
}

/** Reads the samples of a provider, also those of unknown events. */
function readSamples(samples: Provider['samples'], dialect: Dialect, cwd: string): ReadSamples {
  if (typeof samples !== 'string') {
    const entries = Object.entries(samples ?? {});
    const bodies = new Map(entries.map(([name, body]) => [name, toJson(body)]));
    return { names: [...bodies.keys()], bodies, problems: [] };
  }
  const names = [...new Set(sampleFilesIn(samples).flatMap((file) => stemOfFile(file) ?? []))];
  const bodies = new Map<string, Json>();
  const problems: ContractProblem[] = [];
  for (const name of names) {
    const file = sampleFileOf(samples, name, cwd);
    try {
      assertOneSampleFile(samples, name);
      bodies.set(name, readSampleFile(samples, findSampleFile(samples, name), dialect));
    } catch (error) {
      problems.push(unreadable(error, file));
    }
  }
  return { names, bodies, problems };
}

function unreadable(error: unknown, file: string): ContractProblem {
  if (error instanceof UsageError) return failure(error.message, { file });
  if (error instanceof JsonSyntaxError) {
    const { line, column } = error;
    return failure(`is not JSON: ${error.message.replace(/ at line \d+, column \d+$/, '')}.`, { file, line, column });
  }
  const { code } = error as NodeJS.ErrnoException;
  const reason = code === undefined || code.startsWith('ERR_ENCODING') ? 'it is not UTF-8' : code;
  return failure(`can't be read: ${reason}.`, { file });
}
