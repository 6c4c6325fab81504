/** Characters of one text in an answer: an agent reads all of it, and pays for it. */
const maxText = 6000;
/** Entries of one list in an answer. */
const maxEntries = 200;

/** A document whose long texts and lists are cut, with how much is left out. */
export function shortenTexts(value: unknown): unknown {
  if (typeof value === 'string') {
    if (value.length <= maxText) return value;
    return `${value.slice(0, maxText)}… (${value.length - maxText} more characters)`;
  }
  if (Array.isArray(value)) {
    const shown = value.slice(0, maxEntries).map(shortenTexts);
    return value.length <= maxEntries ? shown : [...shown, `… (${value.length - maxEntries} more)`];
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shortenTexts(member)]));
}
