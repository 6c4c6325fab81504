import { unknownName } from '../core/nearest.js';
import type { JsonDialect } from '../core/provider.js';
import { dialectNames } from '../json/encodeJson.js';

/** The dialect of a name; `what` names the option in the UsageError for another. */
export function parseDialect(name: string, what: string): JsonDialect {
  const found = dialectNames.find((known) => known === name);
  if (found) return found;
  throw unknownName('UNKNOWN_DIALECT', `${what}: there is no style ${name}.`, {
    name: String(name),
    known: dialectNames,
    facts: { option: what },
  });
}
