import type { Plain } from '../../src/core/plain.js';
import { formatPath, type PathStep } from '../../src/json/path.js';

/** Samples whose common parts are resources in separate files. */
export interface SharedSamples {
  readonly samples: ReadonlyMap<string, Plain>;
  readonly resources: ReadonlyMap<string, Plain>;
}

type Members = Readonly<Record<string, Plain>>;

const smallest = 300;
/** The share of its length that a sample may keep, at most, for a resource to pay. */
const worthwhile = 0.55;
const maxDifferences = 14;

/** Finds the objects that come again in several samples, perhaps with other values at some paths, and puts each into a resource. `find` names the object of a sample that may be one. */
export function shareResources(
  samples: ReadonlyMap<string, Plain>,
  find: (event: string, sample: Plain) => { readonly path: readonly PathStep[]; readonly name: string } | null,
): SharedSamples {
  const groups = new Map<
    string,
    { readonly event: string; readonly path: readonly PathStep[]; readonly value: Members }[]
  >();
  for (const [event, sample] of samples) {
    const found = find(event, sample);
    if (!found) continue;
    const value = valueAt(sample, found.path);
    if (!isMembers(value) || textOf(value).length < smallest) continue;
    groups.set(found.name, [...(groups.get(found.name) ?? []), { event, path: found.path, value }]);
  }
  const resources = new Map<string, Plain>();
  const made = new Map(samples);
  for (const [name, [first, ...others]] of groups) {
    const uses = others.flatMap(({ event, path, value }) => {
      const set = differences(first!.value, value);
      const use = set && useOf(name, set);
      return use && textOf(use).length < textOf(value).length * worthwhile ? [{ event, path, use }] : [];
    });
    if (uses.length === 0) continue;
    resources.set(name, first!.value);
    for (const { event, path, use } of [{ ...first!, use: useOf(name, []) }, ...uses]) {
      made.set(event, replaced(samples.get(event)!, path, use));
    }
  }
  return { samples: made, resources };
}

function useOf(name: string, set: readonly (readonly [path: string, value: Plain])[]): Plain {
  return { $use: name, ...(set.length > 0 && { set: Object.fromEntries(set) }) };
}

/** Returns the changes that turn one value into another; null where there are too many, or the members differ. */
function differences(base: Plain, other: Plain, path: readonly PathStep[] = []): [path: string, value: Plain][] | null {
  if (textOf(base) === textOf(other)) return [];
  const keys = (value: Members) => Object.keys(value).join('\n');
  if (isMembers(base) && isMembers(other) && keys(base) === keys(other)) {
    const found: [string, Plain][] = [];
    for (const key of Object.keys(base)) {
      const inner = differences(base[key]!, other[key]!, [...path, key]);
      if (inner === null || found.length + inner.length > maxDifferences) return null;
      found.push(...inner);
    }
    return found;
  }
  return path.length === 0 ? null : [[formatPath(path), other]];
}

function valueAt(value: Plain, path: readonly PathStep[]): Plain | undefined {
  return path.reduce<Plain | undefined>((inner, step) => (inner as Record<PathStep, Plain> | undefined)?.[step], value);
}

function replaced(value: Plain, path: readonly PathStep[], by: Plain): Plain {
  const [step, ...rest] = path;
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((item, at) => (at === step ? replaced(item, rest, by) : item));
  const members = value as Members;
  return { ...members, [step]: replaced(members[step]!, rest, by) };
}

function isMembers(value: Plain | undefined): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: Plain): string {
  return JSON.stringify(value);
}
