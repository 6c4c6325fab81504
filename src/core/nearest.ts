import { type ErrorFacts, UsageError } from './errors.js';

/** Edits between two texts: a letter more, less or other, or two neighbours swapped (optimal string alignment). */
function distance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(previous[j]! + 1, current[j - 1]! + 1, substitution);
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && i > 1 && j > 1) {
        best = Math.min(best, beforePrevious[j - 2]! + 1);
      }
      current.push(best);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length]!;
}

const isPart = (part: string, whole: string) => part.length > 2 && whole.includes(part);

/** Returns the distance of a known name from a typed one; infinite where no one would mistake one for the other. */
function score(wanted: string, known: string): number {
  if (isPart(wanted, known) || (isPart(known, wanted) && known.length * 2 >= wanted.length)) {
    return wanted === known ? 0 : 1;
  }
  const limit = Math.max(1, Math.floor(known.length * 0.4));
  if (Math.abs(wanted.length - known.length) > limit) return Number.POSITIVE_INFINITY;
  const edits = distance(wanted, known);
  return edits <= limit && edits < Math.max(wanted.length, known.length) ? edits : Number.POSITIVE_INFINITY;
}

/** The up to three known names that a mistyped one most likely meant, best first; empty where none is near. */
export function nearest(name: string, known: readonly string[]): string[] {
  const wanted = name.toLowerCase().slice(0, 100);
  const scored = known
    .map((candidate) => ({ candidate, score: score(wanted, candidate.toLowerCase()) }))
    .filter((near) => near.score < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.score - b.score);
  return scored
    .filter((near) => near.score <= scored[0]!.score + 1)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Returns the sentence that follows an unknown name: "Did you mean x?", or the list where nothing is near: all of it, or at most `max` names. */
export function suggest(name: string, known: readonly string[], max = Number.POSITIVE_INFINITY): string {
  const near = nearest(name, known);
  if (near.length > 0) return `Did you mean ${near.join(' or ')}?`;
  if (known.length <= max) return known.length > 0 ? `Known: ${known.join(', ')}.` : '';
  const alike = sharingWords(name, known).slice(0, maxAlike);
  return `Known: ${listNames(alike.length > 0 ? [...new Set([...alike, ...known])] : known, alike.length || maxAlike)}.`;
}

/** Names that an error lists. */
const maxListed = 20;

/** The maximum number of similar names that an error lists. */
const maxAlike = 8;

/** Names in a row, at most `max` of them, and how many more there are. */
export function listNames(names: readonly string[], max = maxListed): string {
  const more = names.length - max;
  return more > 0 ? `${names.slice(0, max).join(', ')}, and ${more} more` : names.join(', ');
}

/** The known names that share words with one, those with most of them first. */
function sharingWords(name: string, known: readonly string[]): string[] {
  const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  const wanted = new Set(wordsOf(name.slice(0, 100)));
  return known
    .map((candidate) => ({ candidate, shared: wordsOf(candidate).filter((word) => wanted.has(word)).length }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared)
    .map(({ candidate }) => candidate);
}

interface UnknownName {
  readonly name: string;
  /** The names that there are. */
  readonly known: readonly string[];
  /** The hint where there are no names to suggest. */
  readonly otherwise?: string;
  /** Text that follows the nearest names. */
  readonly more?: string;
  readonly facts?: ErrorFacts;
}

/** Returns the error for an unknown name; `problem` is the sentence that says so, and the nearest names follow it. */
export function unknownName(
  code: string,
  problem: string,
  { name, known, otherwise = '', more = '', facts }: UnknownName,
): UsageError {
  const first = known.length > 0 ? suggest(name, known, maxListed) : otherwise;
  const hint = [first, more].filter((part) => part !== '').join(' ');
  return new UsageError(code, problem, { hint, facts: { ...facts, value: name, nearest: nearest(name, known) } });
}
