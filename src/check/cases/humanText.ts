import { allPaths, formatPath, getPath, type PathStep, parsePath, setPath } from '../../json/path.js';
import type { Json } from '../../json/value.js';

const freeText = /name|title|street|address|line|city|note|description/i;
const letter = /\p{L}/u;

/**
 * Puts a text, in place, where people write one (a name, a title); where there is no such field, into a new member. Leaves the paths in `kept` alone.
 */
export function setHumanText(root: Json, text: string, kept: readonly string[]): void {
  const path = humanText(
    root,
    kept.map((each) => formatPath(parsePath(each))),
  );
  if (path) setPath(root, path, text);
  else if (root instanceof Map) root.set('webhooksimtext', text);
}

function humanText(root: Json, kept: readonly string[]): PathStep[] | undefined {
  const texts = allPaths(root).filter((path) => {
    const value = getPath(root, path);
    const isText = typeof value === 'string' && isWritten(value) && !/^\d{4}-|:\/\//.test(value);
    return isText && !kept.includes(formatPath(path));
  });
  return texts.find((path) => freeText.test(String(path.at(-1)))) ?? texts[0];
}

/** Returns whether a text is one of several words: a letter, and after a space another one. */
function isWritten(text: string): boolean {
  const start = text.search(letter);
  const space = start < 0 ? -1 : text.indexOf(' ', start);
  return space >= 0 && letter.test(text.slice(space));
}
