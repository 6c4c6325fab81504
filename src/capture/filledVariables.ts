import type { CaptureInput } from './captureInput.js';

/** A name in two braces, as editors and collections write variables. */
const placeholder = /\{\{\s*([\w.$-]{1,200}(?: [^{}\n]{0,200})?)\s*\}\}/g;
const maxDepth = 5;

/** A filler of a file's variables that remembers those without a value. */
export interface VariableFilling {
  readonly fill: (text: string) => string;
  /** A remark on the variables that were left as they are written. */
  readonly notes: () => string[];
}

/** Creates a filler of `{{name}}` with the file's own values; leaves others as they are written, with a remark. `fill` throws a UsageError. */
export function variableFilling(
  values: ReadonlyMap<string, string>,
  { budget }: Pick<CaptureInput, 'budget'>,
): VariableFilling {
  const unfilled = new Set<string>();
  const fillAt = (text: string, depth: number): string =>
    text.replace(placeholder, (whole, name: string) => {
      const value = values.get(name.trim());
      if (value !== undefined && depth < maxDepth) {
        budget.spend(value.length);
        return fillAt(value, depth + 1);
      }
      unfilled.add(name.trim());
      return whole;
    });
  return {
    fill: (text) => (text.includes('{{') ? fillAt(text, 0) : text),
    notes: () =>
      unfilled.size === 0
        ? []
        : [
            `The file does not say what ${[...unfilled]
              .slice(0, 5)
              .map((name) => `{{${name}}}`)
              .join(', ')} stands for: it was left as it is written.`,
          ],
  };
}
