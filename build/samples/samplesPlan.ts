import type { SampleCast } from '../../src/samples/sampleCast.js';

/** The source of a provider's samples, and the edits by hand: its file `samples.yaml`. */
export interface SamplesPlan {
  /** The package of the shapes, with its version: `stripe@23.1.0`. */
  readonly source?: string;
  /** A package, or a file of declarations. */
  readonly types?: string;
  readonly type?: string | readonly string[];
  readonly eventAt?: string;
  readonly names?: 'snake_case' | 'camelCase';
  readonly seed?: number;
  /** The time of all events; by default a minute after each other. */
  readonly start?: string;
  readonly cast?: Partial<SampleCast>;
  /** Down to which depth members are made that may be left out; by default 3. */
  readonly depth?: number;
  /** Ids by the thing that has them, or what they begin with: `cus_`. */
  readonly ids?: Readonly<Record<string, string>>;
  /** Events, also with `*`, that no sample is made of. */
  readonly skip?: readonly string[];
  /** Events, also with `*`, whose samples are written by hand, and stay. */
  readonly handmade?: readonly string[];
  /** Members to omit where they are optional, by the end of their path, `previous_attributes`, or all of it, `.account`. */
  readonly omit?: readonly string[];
  /** Members that are null where they may be. */
  readonly empty?: readonly string[];
  /** Values of members that are not null, by the end of their path, where their schema takes them. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** Edits of events, also with `*`. */
  readonly events?: Readonly<Record<string, EventEdit>>;
}

/** Edits of the sample of an event, by paths. */
export interface EventEdit {
  /** Another event, made by hand, whose sample it begins with. */
  readonly like?: string;
  readonly set?: Readonly<Record<string, unknown>>;
  readonly unset?: readonly string[];
}

const keys: Readonly<Record<keyof SamplesPlan, 'text' | 'texts' | 'number' | 'map' | 'list'>> = {
  source: 'text',
  types: 'text',
  type: 'texts',
  eventAt: 'text',
  names: 'text',
  seed: 'number',
  depth: 'number',
  start: 'text',
  cast: 'map',
  ids: 'map',
  skip: 'list',
  handmade: 'list',
  omit: 'list',
  empty: 'list',
  values: 'map',
  events: 'map',
};

/** Takes the data of a `samples.yaml`. Throws an error that names a key that is unknown or of another kind. */
export function readPlan(data: unknown, shown: string): SamplesPlan {
  if (!isMap(data)) throw new Error(`${shown}: it must be a map of ${Object.keys(keys).join(', ')}.`);
  for (const [key, value] of Object.entries(data)) {
    const kind = keys[key as keyof SamplesPlan];
    if (kind === undefined) throw new Error(`${shown}: ${key}: unknown key. Known: ${Object.keys(keys).join(', ')}.`);
    if (!isOf(kind, value)) throw new Error(`${shown}: ${key} must be a ${kind === 'texts' ? 'text or list' : kind}.`);
  }
  return data as SamplesPlan;
}

function isOf(kind: (typeof keys)[keyof SamplesPlan], value: unknown): boolean {
  if (kind === 'number') return typeof value === 'number';
  if (kind === 'map') return isMap(value);
  if (kind === 'text') return typeof value === 'string';
  const isList = Array.isArray(value) && value.every((each) => typeof each === 'string');
  return isList || (kind === 'texts' && typeof value === 'string');
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns whether one of several names, in which `*` is a wildcard, matches an event. */
export function isAmong(event: string, names: readonly string[] = []): boolean {
  return names.some((name) => {
    const pattern = name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
    return new RegExp(`^${pattern}$`).test(event);
  });
}
