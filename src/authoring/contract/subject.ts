import { join } from 'node:path';
import type { Env } from '../../config/envFiles.js';
import type { ContractProblem } from '../../core/contract.js';
import { UsageError } from '../../core/errors.js';
import { shownPath } from '../../core/printable.js';
import type { Provider } from '../../core/provider.js';
import type { Json } from '../../json/value.js';
import { findSampleFile } from '../../payloads/readSampleFile.js';

/** Error codes that the checks of fields and values report already. */
const reportedElsewhere = ['NO_PLACE', 'NO_FIELD'];

/** Returns the problem of a function that throws a UsageError; `say` adds the place to its message. */
export async function catchProblems(make: () => unknown, say: (message: string) => string): Promise<ContractProblem[]> {
  try {
    await make();
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return reportedElsewhere.includes(error.code) ? [] : [failure(say(error.message))];
  }
}

/** The place of a problem; by default the description. */
type Place = Partial<Pick<ContractProblem, 'file' | 'line' | 'column'>>;

const nowhere = { file: null, line: null, column: null };

/** Creates a problem that has to be fixed. */
export function failure(message: string, place: Place = {}): ContractProblem {
  return { severity: 'failure', ...nowhere, ...place, message };
}

/** Creates a problem that should be fixed. */
export function warning(message: string, place: Place = {}): ContractProblem {
  return { severity: 'warning', ...nowhere, ...place, message };
}

/** Returns the place in a file, from `4:3`. */
export function placeIn(file: string, place: string | null): Place {
  const [line = null, column = null] = place?.split(':').map(Number) ?? [];
  return { file, line, column };
}

/** A sample of an event that is there and can be read. */
export interface ContractSample {
  readonly event: string;
  readonly variant: string | null;
  /** The name of its file, without the ending. */
  readonly name: string;
  /** As people see it. */
  readonly file: string;
  readonly body: Json;
}

/** The subject of a provider's checks. */
export interface ContractSubject {
  readonly provider: Provider;
  /** The folder of its description; null where that is in the config. */
  readonly folder: string | null;
  /** Names of all samples that are there, also of those that no event calls for or that can't be read. */
  readonly sampleNames: readonly string[];
  readonly samples: readonly ContractSample[];
  /** Further variables that may hold its secret, by the config. */
  readonly secretVariables: readonly string[];
  readonly env: Env;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The folder from which paths are shown. */
  readonly cwd: string;
  /** Called often while a check searches, which lets no timer run. */
  readonly onWork: () => void;
}

/** Returns the file of a sample, existing or not, as shown to people. */
export function sampleFileOf(samples: Provider['samples'], name: string, cwd: string): string {
  return typeof samples === 'string'
    ? shownPath(join(samples, findSampleFile(samples, name)), cwd)
    : `samples: ${name}`;
}
