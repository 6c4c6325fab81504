/** Something to search in: what it is called, and all that is known of it. */
export interface Findable {
  readonly name: string;
  readonly text: string;
}

/** The items that hold every word of a search; those with them in their name come first. */
export function find<T extends Findable>(items: readonly T[], term: string): T[] {
  const words = term
    .toLowerCase()
    .split(/[\s…]+/)
    .filter((word) => word !== '');
  const rank = ({ name, text }: T) => {
    const lower = name.toLowerCase();
    if (words.every((word) => lower.startsWith(word))) return 0;
    if (words.every((word) => lower.includes(word))) return 1;
    return words.every((word) => `${lower} ${text.toLowerCase()}`.includes(word)) ? 2 : 3;
  };
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
