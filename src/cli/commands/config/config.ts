import { parseEnvReference } from '../../../config/address.js';
import type { TargetConfig } from '../../../config/config.js';
import type { Project } from '../../../config/project.js';
import {
  type Layer,
  reportSetting,
  type Setting,
  type SettingScope,
  secretSetting,
  targetConfig,
  targetSetting,
  timeLimitSetting,
} from '../../../config/settings.js';
import { chooseTarget } from '../../../config/target.js';
import { formatDuration } from '../../../core/duration.js';
import { UsageError } from '../../../core/errors.js';
import { fingerprint } from '../../../core/fingerprint.js';
import { printable } from '../../../core/printable.js';
import type { Provider } from '../../../core/provider.js';
import { maskAddress } from '../../../core/secretParameters.js';
import { padText, textWidth } from '../../../core/textWidth.js';
import { carriesSecret } from '../../../delivery/header.js';
import { type ConfigValues, configOptions } from '../../../options/project.js';
import { eventRules } from '../../../policy/rules.js';
import { isShipped } from '../../../providers/catalogue.js';
import { allProviders } from '../../../providers/findProvider.js';
import { listedVariables } from '../../../providers/secrets.js';
import { timeLimitOf } from '../../../session/project/projectOptions.js';
import { projectSecrets } from '../../../session/project/readSecret.js';
import type { Io } from '../../io/io.js';
import { plainOptions, type RawFlags } from '../../options/flags.js';
import { loadProject } from '../../project/project.js';

/** Runs `config`. */
export async function runConfig(flags: RawFlags, io: Io): Promise<void> {
  const options = plainOptions(configOptions, flags);
  const document = await configDocument(await loadProject(options, io), options, io);
  io.stdout.write(options.json ? `${JSON.stringify(document, null, 2)}\n` : configText(document));
}

type Row = [what: string, value: string, source: string];

/** The settings in force for a person: what, which value, from where. */
function configText({ file, envFiles, target, targets, report, providers, broken }: ShownConfig): string {
  const rows: Row[] = [
    ['config', file ?? 'none', ''],
    ['env files', envFiles.length > 0 ? envFiles.join(', ') : 'none', ''],
    ['target', target.value ?? 'none: name one with --to', target.source],
    ...Object.entries(targets).flatMap(([name, { url, ...options }]): Row[] => [
      [`target ${name}`, url, ''],
      ...Object.entries(options).flatMap(([key, value]) => optionRows(key, value)),
    ]),
    ...Object.entries(report).map(([name, { value, source }]): Row => [name, String(value), source]),
    ...providers.flatMap(({ name, secrets, timeLimit, timeLimitMs }): Row[] => [
      [`${name} secret`, describeSecrets(secrets), secretSource(secrets)],
      [`${name} time limit`, formatDuration(timeLimitMs), timeLimit.source],
    ]),
    ...broken.map(({ name, problem }): Row => [name, "can't be used", problem.replaceAll('\n', ' ')]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => textWidth(row[column]!))));
  return rows
    .map(([what, value, source]) => {
      const line = `${padText(what, widths[0]!)}  ${padText(value, widths[1]!)}  ${source}`;
      return `${printable(line).trimEnd()}\n`;
    })
    .join('');
}

/** An option of a target, indented under it; one that holds others has a row for each. */
function optionRows(key: string, value: unknown): Row[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[`  ${key}`, words(value), '']];
  return Object.entries(value).map(([name, part]): Row => [`  ${key} ${name}`, words(part), '']);
}

function words(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}

type Secrets = ShownConfig['providers'][number]['secrets'];

function describeSecrets({ fingerprints, isSample }: Secrets): string {
  if (isSample) return 'the sample secret';
  return fingerprints === null ? 'unreadable' : `fingerprint ${fingerprints.join(', ')}`;
}

function secretSource({ problem, layer, source, references }: Secrets): string {
  if (problem !== null) return problem;
  return layer === 'config' ? `${source} (${references.join(', ')})` : source;
}

/** The document of `config --json`. */
interface ShownConfig {
  readonly schemaVersion: 1;
  readonly type: 'config';
  readonly file: string | null;
  readonly envFiles: readonly string[];
  readonly target: Setting<string | null>;
  /** Each with its address and its other options, except the secret ones. */
  readonly targets: Readonly<Record<string, TargetFacts>>;
  readonly report: Readonly<Record<'json' | 'verbose' | 'quiet', Setting<boolean>>>;
  readonly providers: readonly ProviderSettings[];
  /** Providers of the config that can't be used. */
  readonly broken: readonly { readonly name: string; readonly problem: string }[];
}

/** A target as its config has it, but for secret values. */
type TargetFacts = TargetConfig;

interface ProviderSettings {
  readonly name: string;
  readonly timeLimit: Setting<string | number | null>;
  /** The limit in force: the provider's own or ours where none is set. */
  readonly timeLimitMs: number;
  readonly secrets: {
    readonly source: string;
    /** The place of each secret, the current one first. */
    readonly references: readonly string[];
    readonly layer: Layer;
    /** Of each secret; null where they can't be read, which `problem` then says. */
    readonly fingerprints: readonly string[] | null;
    readonly isSample: boolean;
    readonly problem: string | null;
  };
}

/** Gathers the settings in force. Throws a UsageError for an invalid target. */
export async function configDocument(project: Project, options: ConfigValues, io: Io): Promise<ShownConfig> {
  const setting = targetSetting(project, options);
  const target = { ...setting, value: setting.value && maskAddress(setting.value) };
  const name = setting.value === null ? null : chooseTarget(project, options).name;
  const { targets = {} } = project.config;
  return {
    schemaVersion: 1,
    type: 'config',
    file: project.file,
    envFiles: project.files,
    target,
    targets: Object.fromEntries(Object.keys(targets).map((each) => [each, targetFacts(project, each)])),
    report: {
      json: reportSetting(project, {}, 'json'),
      verbose: reportSetting(project, {}, 'verbose'),
      quiet: reportSetting(project, {}, 'quiet'),
    },
    providers: await Promise.all(
      configuredProviders(project).map(async (provider) => {
        const scope = { provider, target: name };
        return {
          name: provider.name,
          timeLimit: timeLimitSetting(project, {}, scope),
          timeLimitMs: timeLimitOf(project, {}, scope) ?? eventRules(provider, undefined).timeLimitMs,
          secrets: await secretFacts(project, scope, io),
        };
      }),
    ),
    broken: project.broken.map(({ name, error }) => ({ name, problem: error.message })),
  };
}

/** The providers of the config, and those that ship and that it or the environment says something of. */
function configuredProviders({ own, broken, config: runConfig, env }: Project): Provider[] {
  const targets = Object.values(runConfig.targets ?? {}).map((target) =>
    typeof target === 'string' ? {} : target.secrets,
  );
  const named = [runConfig.secrets, runConfig.timeouts, ...targets].flatMap((part) => Object.keys(part ?? {}));
  return allProviders({ own, broken }).filter(
    (each) => !isShipped(each) || named.includes(each.name) || listedVariables(each).some((name) => env[name]),
  );
}

function targetFacts(project: Project, name: string): TargetFacts {
  const { header, url, publicUrl, ...options } = targetConfig(project.config, name)!;
  const others = {
    url: maskAddress(url),
    ...(publicUrl !== undefined && { publicUrl: maskAddress(publicUrl) }),
    ...options,
  };
  const shown = Object.entries(header ?? {}).map(([field, text]) => [field, describeHeaders(project, field, text)]);
  return header ? { ...others, header: Object.fromEntries(shown) } : others;
}

function describeHeaders({ env }: Project, header: string, text: string): string {
  const variable = parseEnvReference(text);
  if (variable === null) return carriesSecret(header) ? `fingerprint ${fingerprint(text)}` : text;
  return env[variable] ? `${text}, fingerprint ${fingerprint(env[variable])}` : `${text}, which is not set`;
}

async function secretFacts(project: Project, scope: SettingScope, io: Io): Promise<ProviderSettings['secrets']> {
  const { value: references, source, layer } = secretSetting(project, {}, scope);
  const facts = { source, layer, references, fingerprints: null, isSample: false, problem: null };
  try {
    const secrets = await projectSecrets({ ...scope, project, options: {} }, io);
    const isSample = secrets.some((secret) => secret.isSample);
    return { ...facts, fingerprints: secrets.map(({ value }) => fingerprint(value)), isSample };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { ...facts, problem: error.message };
  }
}
