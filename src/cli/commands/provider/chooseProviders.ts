import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Env, withEnvFiles } from '../../../config/envFiles.js';
import { findConfig } from '../../../config/find.js';
import { type ProviderSource, requireProviders } from '../../../config/findProviders.js';
import { readConfig } from '../../../config/read.js';
import { envVariableOf } from '../../../config/variable.js';
import { UsageError } from '../../../core/errors.js';
import { shownPath } from '../../../core/shownPath.js';
import { unknownName } from '../../../core/unknownName.js';
import { isShippedName } from '../../../providers/catalogue.js';
import type { Io } from '../../io/io.js';
import { nameOf } from './nameOf.js';

/** A description that is to be tested, and what it is called as far as it can be read. */
export interface NamedSource {
  readonly source: ProviderSource;
  readonly name: string;
}

/** The descriptions that are to be tested, and what the project around them says of secrets. */
export interface ChosenProviders {
  readonly chosen: readonly NamedSource[];
  /** All of the config. */
  readonly configured: readonly NamedSource[];
  readonly env: Env;
  readonly secretVariables: (provider: string) => readonly string[];
}

const begin = 'Begin one with: webhook-sim provider new';

/** Finds the providers of these names and paths, or all of the config. Throws a UsageError for what is not there. */
export async function chooseProviders(
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
