import { type NameOf, UsageError } from '../core/errors.js';
import type { TriedItem, UnitGroup } from './unit.js';

/** One part of several that together run everything once. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

export interface CaseSelection {
  /** Only cases whose name it matches. */
  readonly grep: RegExp | null;
  readonly shard: Shard | null;
  readonly nameOf: NameOf;
}

/** Reads `2/3`. Throws a UsageError. */
export function parseShard(text: string, what: string): Shard {
  const [, index, count] = /^(\d{1,4})\/(\d{1,4})$/.exec(text)?.map(Number) ?? [];
  if (index !== undefined && count !== undefined && index >= 1 && index <= count) return { index, count };
  throw new UsageError('BAD_SHARD', `${what}: "${text}" is not a part of a run. Write 1/3 for the first of three.`);
}

/**
 * The cases that are chosen, with those whose captures they need: a shard takes them along, so that each runs alone.
 * Throws a UsageError where `grep` matches none.
 */
export function selectUnits(groups: readonly UnitGroup[], { grep, shard, nameOf }: CaseSelection): UnitGroup[] {
  const matching = groups.flatMap(({ units }) => units.flatMap(({ items }) => items.filter(matches(grep))));
  if (grep && matching.length === 0) {
    const names = groups.flatMap(({ units }) => units.flatMap(({ items }) => items.map(({ name }) => name)));
    const some = names.slice(0, 5).join(', ');
    throw new UsageError(
      'NO_CASE',
      `${nameOf('grep')}: no case matches ${grep.source}. There are ${some}${more(names.length)}.`,
    );
  }
  const chosen = new Set(shard ? inShard(matching, shard) : matching);
  return groups.map(({ units, concurrency }) => {
    const needed = new Set<string>();
    const kept = [...units].reverse().flatMap((unit) => {
      const gives = unit.gives.some((name) => needed.has(name));
      const items = gives ? unit.items : unit.items.filter((item) => chosen.has(item));
      if (items.length === 0) return [];
      for (const name of unit.needs) needed.add(name);
      return [{ ...unit, items }];
    });
    return { units: kept.reverse(), concurrency };
  });
}

function more(count: number): string {
  return count > 5 ? ` and ${count - 5} more` : '';
}

function matches(grep: RegExp | null): (item: TriedItem) => boolean {
  return ({ name }) => grep?.test(name) ?? true;
}

/** Parts of equal size but for one, each with neighbours: they are often about the same things. */
function inShard(items: readonly TriedItem[], { index, count }: Shard): TriedItem[] {
  const end = (part: number) => Math.round((items.length * part) / count);
  return items.slice(end(index - 1), end(index));
}
