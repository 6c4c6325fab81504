/** An item that a list can be searched for. */
export interface Findable {
  /** Its name: found by parts of it, and by letters in their order. */
  readonly name: string;
  /** Other text about it: found by the beginnings of its words. */
  readonly text: string;
  /** Whether it comes before others that are as good. */
  readonly isPreferred?: boolean;
}

/** Scores of a part of the search, from a whole word of the name down to letters that only occur in their order. */
const scores = { word: 1000, wordStart: 800, inside: 600, letters: 200, textStart: 150 } as const;
/** The bonus of a match at the very beginning of the name. */
const atStart = 40;
/** The bonus of a preferred row. */
const preferred = 60;
/** The maximum bonus of letters that are adjacent or at the beginnings of words. */
const closeLetters = 300;
/** Letters between those of a part that are passed over, for each letter of it. */
const maxGaps = 2;

/**
 * Makes the search in a list, as fzf does it: every part of the search must fit, in any order and letter case; the best fit comes first, of
 * equal ones the earlier row. Without a search the rows stay in their order.
 */
export function rankRows<T extends Findable>(rows: readonly T[]): (search: string) => T[] {
  const names = rows.map(({ name }) => name.toLowerCase());
  const texts = rows.map(({ text }) => text.toLowerCase());
  return (search) => {
    const parts = splitSearch(search);
    if (parts.length === 0) return [...rows];
    const found: { at: number; score: number }[] = [];
    for (let at = 0; at < rows.length; at++) {
      let score = rows[at]!.isPreferred ? preferred : 0;
      for (const part of parts) {
        const fit = scorePart(part, names[at]!, texts[at]!);
        if (fit === 0) {
          score = -1;
          break;
        }
        score += fit;
      }
      if (score >= 0) found.push({ at, score });
    }
    found.sort((a, b) => b.score - a.score || a.at - b.at);
    return found.map(({ at }) => rows[at]!);
  };
}

/** The positions in a name that a search fits, for them to be marked. */
export function matchedPositions(search: string, name: string): ReadonlySet<number> {
  const lower = name.toLowerCase();
  const positions = new Set<number>();
  for (const part of splitSearch(search)) {
    const at = bestOccurrence(part, lower);
    const places = at >= 0 ? Array.from(part, (_, i) => at + i) : lettersIn(part, lower);
    for (const place of places ?? []) positions.add(place);
  }
  return positions;
}

function splitSearch(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean);
}

function scorePart(part: string, name: string, text: string): number {
  const at = bestOccurrence(part, name);
  if (at >= 0) {
    const start = at === 0 ? atStart : 0;
    if (!isBoundary(name, at)) return scores.inside + start;
    return start + (isBoundary(name, at + part.length) ? scores.word : scores.wordStart);
  }
  const letters = lettersIn(part, name);
  const inText = startsWord(part, text) ? scores.textStart : 0;
  return letters ? Math.max(scores.letters + closeness(letters, name), inText) : inText;
}

/** Returns the index of a part in a name, preferably at the beginning of a word; -1 where it is missing. */
function bestOccurrence(part: string, name: string): number {
  const first = name.indexOf(part);
  for (let at = first; at >= 0; at = name.indexOf(part, at + 1)) if (isBoundary(name, at)) return at;
  return first;
}

function startsWord(part: string, text: string): boolean {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) if (isBoundary(text, at)) return true;
  return false;
}

/** Returns whether a word begins or ends at a place. */
function isBoundary(text: string, at: number): boolean {
  return at === 0 || at === text.length || !isWordCharacter(text, at - 1) || !isWordCharacter(text, at);
}

function isWordCharacter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 127;
}

/**
 * Returns the positions of letters in their order, as near to each other as their last one allows; null where they are missing, or scattered and not
 * at the beginnings of words.
 */
function lettersIn(part: string, name: string): number[] | null {
  let end = -1;
  for (let i = 0; i < part.length; i++) {
    end = name.indexOf(part[i]!, end + 1);
    if (end < 0) return null;
  }
  const places: number[] = new Array(part.length);
  for (let i = part.length - 1, at = end; i >= 0; i--, at--) {
    at = name.lastIndexOf(part[i]!, at);
    places[i] = at;
  }
  const isScattered = countGaps(places) > maxGaps * part.length;
  return isScattered && places.some((at) => !isBoundary(name, at)) ? null : places;
}

function countGaps(places: readonly number[]): number {
  return places.at(-1)! - places[0]! + 1 - places.length;
}

function closeness(places: readonly number[], name: string): number {
  const gaps = countGaps(places);
  const starts = places.filter((at) => isBoundary(name, at)).length;
  return Math.max(0, Math.min(closeLetters, Math.round((closeLetters * starts) / places.length) - 10 * gaps));
}
