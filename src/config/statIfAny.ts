import { type Stats, statSync } from 'node:fs';

/** What stands at a path, links followed; undefined where nothing does, also below a file, in a loop of links or where nobody may look. */
export function statIfAny(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
