import { isMap, parseDocument } from 'yaml';
import type { Path } from './document.js';

/** A document in YAML with members of a map set; its comments stay. Null where there is no map at the path, as with a list. */
export function setMembers(text: string, path: Path, members: Readonly<Record<string, string>>): string | null {
  const document = parseDocument(text);
  const place = document.getIn(path, true);
  if (document.errors.length > 0 || !isMap(place)) return null;
  for (const [key, value] of Object.entries(members)) document.setIn([...path, key], value);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
