import { unknownName } from '../core/nearest.js';
import type { Provider } from '../core/provider.js';

/** Identifies a sample: an event of a provider, in its usual form or as a variant. */
export interface SampleName {
  readonly provider: Provider;
  readonly event: string;
  readonly variant: string | null;
}

/** A sample of any provider. */
export type SampleKey = Pick<SampleName, 'event' | 'variant'>;

/** The endings that the files of samples may have, the usual one first. */
export const sampleEndings = ['.json', '.form', '.xml', '.txt', '.html', '.csv', '.eml', '.ndjson'] as const;
/** Names that Windows keeps for devices, whatever follows a dot. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** Returns the name of a sample among others: `<event>` or `<event>--<variant>`. */
export function sampleKey({ event, variant }: SampleKey): string {
  return variant === null ? event : `${event}--${variant}`;
}

/**
 * Returns the path of a sample in the folder of a provider's samples: `<event>.json` or `<event>--<variant>.json`. A `/` of an event's name is a folder;
 * what no file system takes is `%` and two hexadecimal digits.
 */
export function sampleFile(sample: SampleKey): string {
  return `${sampleStem(sample)}${sampleEndings[0]}`;
}

/** Returns the same path without the ending. */
export function sampleStem({ event, variant }: SampleKey): string {
  const path = event.split('/').map(encodeSegment).join('/');
  return variant === null ? path : `${path}--${variant}`;
}

/** Returns the path of a sample's file without its ending; null for a file that is none. */
export function stemOfFile(path: string): string | null {
  const ending = sampleEndings.find((each) => path.endsWith(each));
  return ending === undefined ? null : path.slice(0, -ending.length).replaceAll('\\', '/');
}

/** Returns the sample that a path in the folder names; null for a file that is none. */
export function sampleOfFile(path: string): SampleKey | null {
  const stem = stemOfFile(path);
  if (stem === null) return null;
  const [, name, variant] = /^(.*?)(?:--(.*))?$/s.exec(stem)!;
  try {
    return { event: name!.split('/').map(decodeURIComponent).join('/'), variant: variant ?? null };
  } catch {
    return null;
  }
}

function encodeSegment(name: string): string {
  return escapeDevice(
    name
      .replace(/[^A-Za-z0-9._ -]+/g, (text) => [...Buffer.from(text)].map(escaped).join(''))
      .replace(/^ +| +$|\.$/g, (text) => [...Buffer.from(text)].map(escaped).join(''))
      .replace(/-(?=-)/g, () => escaped(0x2d)),
  );
}

/** Returns a name that Windows takes for a file or folder: what it keeps for a device begins with `%` and two hexadecimal digits. */
export function escapeDevice(name: string): string {
  return name.replace(devices, (device) => `${escaped(device.charCodeAt(0))}${device.slice(1)}`);
}

function escaped(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** The names of all samples that a provider's events and variants call for. */
export function sampleNames(provider: Provider): SampleName[] {
  return Object.entries(provider.events).flatMap(([event, { variants = {} }]) =>
    [null, ...Object.keys(variants)].map((variant) => ({ provider, event, variant })),
  );
}

/** Throws a UsageError for an event or variant that does not exist. */
export function checkSampleName({ provider, event, variant }: SampleName): void {
  const spec = provider.events[event];
  if (!spec) {
    throw unknownName('UNKNOWN_EVENT', `${provider.title} has no event ${event}.`, {
      name: event,
      known: Object.keys(provider.events),
    });
  }
  const variants = Object.keys(spec.variants ?? {});
  if (variant !== null && !variants.includes(variant)) {
    throw unknownName('UNKNOWN_VARIANT', `${provider.name} ${event} has no variant ${variant}.`, {
      name: variant,
      known: variants,
      otherwise: 'It has no variants.',
    });
  }
}
