import { suitesBelow } from '../../../config/findSuites.js';
import { shownPath } from '../../../core/printable.js';
import { configNames } from './configNames.js';
import type { PlainConfigPlace } from './plainConfig.js';
import { type Candidates, files } from './situation.js';

/** Levels of folders that are searched: few, since a person waits at a prompt. */
const nearby = 2;

/** The suites of a config and those in files from the working folder down; files of any name where none of them fits. */
export async function suiteNames(place: PlainConfigPlace, begun: string): Promise<Candidates> {
  const found = suitesBelow(place.cwd, nearby).map((path) => ({
    value: shownPath(path, place.cwd),
    description: 'suite',
  }));
  const all = [...(await configNames('suite', place)), ...found];
  return all.some(({ value }) => value.startsWith(begun)) ? all : files;
}
