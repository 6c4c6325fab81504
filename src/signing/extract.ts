import type { Template } from '../core/template.js';
import type { HeaderTemplate } from './templates.js';

/** The names of a template with their values in a received text. */
export type Extracted = readonly (readonly [name: string, value: string])[];

/**
 * Returns the values of a header's names in a received text; null where the text has another form. Parts of a repeated value with another form are
 * skipped: they belong to other versions of the scheme. Each name reaches to the first occurrence of the text after it, so that hostile input costs
 * one pass only.
 */
export function extract({ head, each, join }: HeaderTemplate, text: string): Extracted | null {
  if (join === null) return whole(each, text);
  const start = read(head, text);
  if (!start) return null;
  const parts = text
    .slice(start.end)
    .split(join)
    .flatMap((part) => whole(each, part) ?? []);
  return parts.length > 0 ? [...start.values, ...parts] : null;
}

function whole(template: Template, text: string): Extracted | null {
  const found = read(template, text);
  return found && found.end === text.length ? found.values : null;
}

/** Reads a template from the start of a text; null where the text has another form or a value is empty. */
function read(template: Template, text: string): { values: Extracted; end: number } | null {
  const values: [string, string][] = [];
  let end = 0;
  for (const [i, part] of template.entries()) {
    if ('text' in part) {
      if (!text.startsWith(part.text, end)) return null;
      end += part.text.length;
    } else {
      const next = template[i + 1];
      const stop = next === undefined ? text.length : 'text' in next ? text.indexOf(next.text, end) : -1;
      if (stop <= end) return null;
      values.push([part.name, text.slice(end, stop)]);
      end = stop;
    }
  }
  return { values, end };
}
