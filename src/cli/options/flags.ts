import { type Command, Option } from 'commander';
import type { NameOf, OptionSet, OptionSpec, OptionValues, ValueTypes } from '../../options/option.js';

/** An option as a command line spells it. */
export class Flag extends Option {
  constructor(
    flags: string,
    readonly spec: OptionSpec,
  ) {
    super(flags, spec.help);
  }
}

/** Spells an option as a command line does: `--public-url`. */
export const flagName: NameOf = (key) => `--${kebab(key)}`;

/** Gives a command its options, in the order of the set; under their headings unless it has few. */
export function addFlags(command: Command, set: OptionSet, { isGrouped = true } = {}): Command {
  for (const [key, spec] of Object.entries(set)) {
    // The positive form of a switch comes first: with it, commander fills in no value by itself.
    const opposite = spec.isOn ? flagName(key) : `--no-${kebab(key)}`;
    const others = spec.canBeOff ? [new Option(opposite).hideHelp()] : [];
    if (spec.alias) others.push(new Option(`--${spec.alias}`).implies({ [key]: true }).hideHelp());
    const flags = spec.isOn ? [...others, buildFlag(key, spec)] : [buildFlag(key, spec), ...others];
    for (const flag of flags) command.addOption(isGrouped && spec.group ? flag.helpGroup(`${spec.group}:`) : flag);
  }
  return command;
}

function buildFlag(key: string, spec: OptionSpec): Flag {
  const long = spec.isOn ? `--no-${kebab(key)}` : flagName(key);
  const value = spec.value ?? valueNames[spec.type];
  const taken = spec.type === 'switch' ? '' : spec.isValueOptional ? ` [${value}]` : ` <${value}>`;
  const flag = new Flag(`${spec.short ? `-${spec.short}, ` : ''}${long}${taken}`, spec);
  if (repeatable.has(spec.type)) flag.argParser(collect);
  return flag;
}

/** The default names of values. */
const valueNames: Partial<Record<keyof ValueTypes, string>> = {
  text: 'text',
  whole: 'n',
  timeLimit: 'duration',
  duration: 'duration',
  moment: 'time',
  schedule: 'delays',
  speed: 'speed',
  status: 'status',
  rejection: 'rejection',
  fault: 'fault',
  hosts: 'host=address',
  pairs: 'name=text',
  pattern: 'pattern',
  rates: 'rate',
  rate: 'rate',
  stages: 'stages',
  share: 'share',
  latencyLimits: 'limit',
  faultShares: 'fault=share',
};

/** The types whose flags may be given several times. */
const repeatable: ReadonlySet<keyof ValueTypes> = new Set([
  'texts',
  'edits',
  'removals',
  'headers',
  'hosts',
  'pairs',
  'latencyLimits',
  'faultShares',
]);

function collect(value: string, earlier: string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}

function kebab(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The flags of a command line as they were typed, by the keys of their options. */
export type RawFlags = Readonly<Record<string, unknown>>;

/** The flags of a command whose options are switches and texts, which need no reading. */
export function plainOptions<S extends Readonly<Record<string, OptionSpec<'switch' | 'text' | 'texts'>>>>(
  _set: S,
  flags: RawFlags,
): OptionValues<S> {
  return { ...flags, nameOf: flagName } as unknown as OptionValues<S>;
}
