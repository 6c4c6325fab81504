import type { ProviderNewValues } from '../../../options/project.js';
import { flagName } from '../../options/flags.js';

/** The first of some flags that was given, as it is typed; undefined where none was. */
export function givenFlag(flags: ProviderNewValues, keys: readonly (keyof ProviderNewValues)[]): string | undefined {
  const key = keys.find((each) => flags[each] !== undefined && flags[each] !== false);
  return key && flagName(key);
}
