import { fileURLToPath } from 'node:url';
import { printable } from '../../core/printable.js';

/**
 * What is printed about an error that was thrown late (in a timer, or a promise that nobody waits for) by a script of the user's, with its
 * place; null for one of our own. `own` is the folder that this program runs from.
 */
export function userErrorText(error: unknown, own: string): string | null {
  if (!(error instanceof Error)) return text(String(error), 'a script of yours');
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at (?!.*\b(?:data|node):)/.test(line));
  const places = frames.flatMap(
    (line) => /\(?((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?:\d+(?::\d+)?)\)?$/.exec(line)?.[1] ?? [],
  );
  const place = places.map((found) => (found.startsWith('file://') ? fromUrl(found) : found))[0];
  if (place === undefined || place.startsWith(own)) return null;
  return text(`${error.name}: ${error.message}`, place);
}

function text(what: string, place: string): string {
  return `webhook-sim: ${printable(place)} threw an error after it was loaded: ${printable(what)}\n`;
}

function fromUrl(place: string): string {
  const [, url, position] = /^(.*?)((?::\d+)+)$/.exec(place)!;
  return fileURLToPath(url!.replace(/\?.*$/, '')) + position;
}
