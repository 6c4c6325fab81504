/**
 * Returns how well a text matches the search: the letters of each word in order, better where they are adjacent or begin a word. Null for no match.
 */
export function scoreMatch(typed: string, text: string): number | null {
  let sum = 0;
  for (const word of typed.toLowerCase().split(/\s+/)) {
    if (word === '') continue;
    const score = scoreWord(word, text.toLowerCase());
    if (score === null) return null;
    sum += score;
  }
  return sum - text.length / 100;
}

function scoreWord(word: string, text: string): number | null {
  const whole = text.indexOf(word);
  if (whole >= 0) return 100 + (isWordStart(text, whole) ? 50 : 0) + word.length;
  let score = 0;
  let at = -1;
  for (const letter of word) {
    const next = text.indexOf(letter, at + 1);
    if (next < 0) return null;
    score += next === at + 1 ? 3 : isWordStart(text, next) ? 2 : 0;
    at = next;
  }
  return score >= word.length ? score : null;
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || !/[a-z0-9]/.test(text[at - 1]!);
}
