import type { Provider } from '../core/provider.js';
import { demoTarget } from '../core/target.js';
import type { NameOf } from '../options/option.js';
import { ownVariable } from '../providers/secrets.js';
import type { Config, TargetConfig } from './config.js';
import type { Project } from './project.js';

/** The sources of a setting, weakest first. */
const layers = ['built-in', 'config', 'environment', 'flag'] as const;
export type Layer = (typeof layers)[number];

/** A value with its source in words: `--to`, `WEBHOOK_SIM_TARGET`, `webhook-sim.config.yaml: target`. */
interface Given<T> {
  readonly value: T;
  readonly source: string;
}

/** The value in force. */
export interface Setting<T> extends Given<T> {
  readonly layer: Layer;
}

/** Takes the strongest of what the layers give: built-in < config < environment < flag. */
function resolvePrecedence<T>(
  given: { readonly [L in Layer]?: Given<T> | undefined } & { 'built-in': Given<T> },
): Setting<T> {
  const layer = layers.findLast((candidate) => given[candidate] !== undefined) ?? 'built-in';
  return { ...(given[layer] ?? given['built-in']), layer };
}

/** The options that decide over a setting; absent where none was given. */
export interface SettingOptions {
  readonly to?: string | undefined;
  readonly publicUrl?: string | undefined;
  readonly secret?: readonly string[] | undefined;
  /** Milliseconds. */
  readonly timeout?: number | undefined;
  readonly json?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly nameOf?: NameOf;
}

/** Spells an option as its user does; its key where that is not known. */
export function optionName({ nameOf }: SettingOptions, key: string): string {
  return nameOf?.(key) ?? key;
}

/** The default target, as text; null where a project's config names none. */
export function targetSetting(project: Project, options: SettingOptions): Setting<string | null> {
  return resolvePrecedence<string | null>({
    'built-in': { value: project.file === null ? demoTarget : null, source: 'built-in' },
    config: fromConfig(project, 'target', project.config.target),
    environment: fromEnvironment(project, 'WEBHOOK_SIM_TARGET'),
    flag: given(optionName(options, 'to'), options.to),
  });
}

/** The address by which providers know the receiver, as text; null for the target's own. */
export function publicUrlSetting(
  project: Project,
  options: SettingOptions,
  target: string | null,
): Setting<string | null> {
  return resolvePrecedence<string | null>({
    'built-in': { value: null, source: 'built-in' },
    config: fromConfig(project, `targets.${target}.publicUrl`, targetConfig(project.config, target)?.publicUrl),
    flag: given(optionName(options, 'publicUrl'), options.publicUrl),
  });
}

/** The circumstances that a setting may depend on. */
export interface SettingScope {
  readonly provider: Provider;
  /** The name of a configured target; null for any other. */
  readonly target: string | null;
}

/** References to the secrets of a provider: `env:NAME`, `file:PATH`, for an option also a value or `-`; empty for the sample secret. */
export function secretSetting(
  project: Project,
  options: SettingOptions,
  scope: SettingScope,
): Setting<readonly string[]> {
  const { provider, target } = scope;
  const { name } = provider;
  const usual = provider.secret.env.find((variable) => project.env[variable]);
  const own = ownVariable(provider);
  return resolvePrecedence<readonly string[]>({
    // A variable that only convention names is weaker than one that the config names.
    'built-in': usual === undefined ? { value: [], source: 'built-in' } : variable(project, usual),
    config:
      fromConfig(
        project,
        `targets.${target}.secrets.${name}`,
        toList(targetConfig(project.config, target)?.secrets?.[name]),
      ) ?? fromConfig(project, `secrets.${name}`, toList(project.config.secrets?.[name])),
    environment: project.env[own] ? variable(project, own) : undefined,
    flag: given(optionName(options, 'secret'), options.secret?.length ? options.secret : undefined),
  });
}

/** The time limit of an attempt, as text or in milliseconds; null for the provider's own. */
export function timeLimitSetting(
  project: Project,
  options: SettingOptions,
  scope: SettingScope,
): Setting<string | number | null> {
  const { provider, target } = scope;
  const { config } = project;
  return resolvePrecedence<string | number | null>({
    'built-in': { value: null, source: 'built-in' },
    config:
      fromConfig(project, `targets.${target}.timeout`, targetConfig(config, target)?.timeout) ??
      fromConfig(project, `timeouts.${provider.name}`, config.timeouts?.[provider.name]) ??
      fromConfig(project, 'timeout', config.timeout),
    environment: fromEnvironment(project, 'WEBHOOK_SIM_TIMEOUT'),
    flag: given(optionName(options, 'timeout'), options.timeout),
  });
}

/** A choice of how results are shown. */
export function reportSetting(
  project: Project,
  options: SettingOptions,
  name: 'json' | 'verbose' | 'quiet',
): Setting<boolean> {
  return resolvePrecedence({
    'built-in': { value: false, source: 'built-in' },
    config: fromConfig(project, `report.${name}`, project.config.report?.[name]),
    flag: given(optionName(options, name), options[name]),
  });
}

/** Returns a configured target's options; undefined where it has only an address, or where no target has the name. */
export function targetConfig(config: Config, name: string | null): TargetConfig | undefined {
  const found = name !== null && Object.hasOwn(config.targets ?? {}, name) ? config.targets![name] : undefined;
  return typeof found === 'string' ? { url: found } : found;
}

function given<T>(source: string, value: T | undefined): Given<T> | undefined {
  return value === undefined ? undefined : { value, source };
}

function fromConfig<T>(project: Project, path: string, value: T | undefined): Given<T> | undefined {
  return given(`${project.file}: ${path}`, value);
}

/** A variable that is set; an empty one counts as not set. */
function fromEnvironment(project: Project, name: string): Given<string> | undefined {
  return given(describeVariable(project, name), project.env[name] || undefined);
}

function variable(project: Project, name: string): Given<readonly string[]> {
  return { value: [`env:${name}`], source: describeVariable(project, name) };
}

function describeVariable({ fileOf }: Project, name: string): string {
  return fileOf.has(name) ? `${name} (${fileOf.get(name)})` : name;
}

function toList<T>(value: T | readonly T[] | undefined): readonly T[] | undefined {
  return value === undefined ? undefined : Array.isArray(value) ? value : [value as T];
}
