import { basename } from 'node:path';
import { type PlainConfigPlace, readPlainConfig } from './plainConfig.js';
import type { Candidate } from './situation.js';

/** The targets or suites that a config in YAML or JSON names. */
export async function configNames(kind: 'target' | 'suite', place: PlainConfigPlace): Promise<Candidate[]> {
  try {
    const config = await readPlainConfig(place);
    const named = config?.data[`${kind}s`];
    if (typeof named !== 'object' || named === null || Array.isArray(named)) return [];
    return Object.keys(named).map((value) => ({ value, description: `${kind} of ${basename(config!.path)}` }));
  } catch {
    return [];
  }
}
