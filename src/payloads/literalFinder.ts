const edge = { before: '(?<![A-Za-z0-9])(?<!\\d\\.)', after: '(?![A-Za-z0-9])(?!\\.\\d)' };

/** Finds texts where they stand for themselves, and not as a part of a longer word or number; of several the longest. At least one text. */
export function literalFinder(texts: readonly string[]): RegExp {
  const escaped = [...texts]
    .sort((a, b) => b.length - a.length)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`${edge.before}(?:${escaped.join('|')})${edge.after}`, 'g');
}
