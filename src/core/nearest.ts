function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(previous[j]! + 1, current[j - 1]! + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length]!;
}

/** The up to three known names that a mistyped one most likely meant, best first; empty where none is near. */
export function nearest(name: string, known: readonly string[]): string[] {
  const wanted = name.toLowerCase().slice(0, 100);
  return known
    .map((candidate) => {
      const text = candidate.toLowerCase();
      const part = wanted.length > 2 && (text.includes(wanted) || wanted.includes(text));
      return { candidate, score: part ? 1 : distance(wanted, text) };
    })
    .filter(({ candidate, score }) => score <= Math.max(1, Math.floor(candidate.length * 0.4)))
    .sort((a, b) => a.score - b.score)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** The sentence that follows an unknown name: "Did you mean x?", or the whole list where nothing is near. */
export function suggest(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  if (near.length > 0) return `Did you mean ${near.join(' or ')}?`;
  return known.length > 0 ? `Known: ${known.join(', ')}.` : '';
}
