import { printable } from '../../core/printable.js';
import { thrownAt } from '../../core/thrownAt.js';

/**
 * What is printed about an error that was thrown late (in a timer, or a promise that nobody waits for) by a script of the user's, with its
 * place; null for one of our own. `own` is the folder that this program runs from.
 */
export function userErrorText(error: unknown, own: string): string | null {
  if (!(error instanceof Error)) return text(String(error), 'a script of yours');
  const at = thrownAt(error);
  if (at === null || at.file.startsWith(own)) return null;
  const place = [at.file, at.line, at.column].filter((part) => part !== null).join(':');
  return text(`${error.name}: ${error.message}`, place);
}

function text(what: string, place: string): string {
  return `webhook-sim: ${printable(place)} threw an error after it was loaded: ${printable(what)}\n`;
}
