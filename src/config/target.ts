import type { Header } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import { demoTarget, parseTarget } from '../core/target.js';
import { checkHeader } from '../delivery/header.js';
import { parseEnvReference, readAddress, readPublicUrl, type UrlVariables } from './address.js';
import type { TargetConfig } from './config.js';
import type { Project } from './project.js';
import { optionName, publicUrlSetting, type SettingOptions, targetConfig, targetSetting } from './settings.js';

/** The target that a command goes to. */
export interface ChosenTarget {
  /** `demo`, or a name of the config's targets; null for an address. */
  readonly name: string | null;
  /** The address, with its placeholders if it has some; null for `demo`, which has one when it is started. */
  readonly address: string | null;
  /** The URL for one event; throws for `demo`. */
  readonly urlFor: (filling: UrlVariables) => string;
  /** The address by which providers know it, for one event; absent where it is its own. */
  readonly publicUrlFor?: (filling: UrlVariables) => string;
  /** Its options in the config; empty for any other target. */
  readonly options: Partial<TargetConfig>;
}

/** The URLs of requests that are only shown: `elsewhere` replaces the address of a receiver that has none until it is started. */
export function previewUrls(
  { address, urlFor }: ChosenTarget,
  elsewhere = 'http://localhost:3000/',
): ChosenTarget['urlFor'] {
  return address === null ? () => elsewhere : urlFor;
}

/** The names that `--to` takes. */
export function targetNames({ config }: Project): string[] {
  return [demoTarget, ...Object.keys(config.targets ?? {})];
}

/** Returns the target that option, environment or config names. Throws a UsageError where none does, or where it is no target. */
export function chooseTarget(project: Project, options: SettingOptions): ChosenTarget {
  const { value, source, layer } = targetSetting(project, options);
  const names = targetNames(project);
  if (value === null) {
    throw new UsageError(
      'NO_TARGET',
      `${project.file} names no default target. Add "target" to it, or say ${optionName(options, 'to')} with ${names.join(', ')} or an address.`,
    );
  }
  let target: ChosenTarget;
  try {
    target = readTarget(project, value.trim(), source, names);
  } catch (error) {
    if (!(error instanceof UsageError) || layer === 'flag') throw error;
    throw new UsageError(error.code, `${source}: ${error.message}`, { cause: error });
  }
  const known = publicUrlSetting(project, options, target.name);
  return known.value === null ? target : { ...target, publicUrlFor: readPublicUrl(known.value.trim(), known.source) };
}

function readTarget(project: Project, text: string, source: string, names: readonly string[]): ChosenTarget {
  if (text === demoTarget) return { name: demoTarget, address: null, urlFor: demoUrl, options: {} };
  const options = targetConfig(project.config, text);
  const address = options?.url ?? text;
  // Throws for an unknown target, and lists the known ones.
  if (!options && !/[{}]/.test(text)) parseTarget(text, names);
  return { name: options ? text : null, address, urlFor: readAddress(address, source), options: options ?? {} };
}

function demoUrl(): never {
  throw new Error('the built-in receiver has no URL before it is started');
}

/** Returns whether the config says that a target on another machine may be attacked. */
export function isRemoteAllowed({ options }: ChosenTarget): boolean {
  return options.allowRemote === true;
}

/** The headers that a target adds, with the lower-case names of those whose values came from the environment and are secret. */
export function targetHeaders(
  { name, options }: ChosenTarget,
  project: Project,
): { headers: Header[]; secretNames: string[] } {
  const secretNames: string[] = [];
  const headers = Object.entries(options.header ?? {}).map(([header, text]): Header => {
    const variable = parseEnvReference(text);
    if (variable === null) return [header, text];
    const value = project.env[variable];
    const what = `${project.file}: targets.${name}.header.${header}`;
    if (!value) {
      throw new UsageError(
        'BAD_HEADER',
        `${what}: the environment has no variable ${variable}. Set it, or put it into .env.local.`,
      );
    }
    checkHeader(header, value);
    secretNames.push(header.toLowerCase());
    return [header, value];
  });
  return { headers, secretNames };
}
