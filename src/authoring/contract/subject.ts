import { join } from 'node:path';
import type { Env } from '../../config/envFiles.js';
import type { ContractProblem } from '../../core/contract.js';
import { UsageError } from '../../core/errors.js';
import { shownPath } from '../../core/printable.js';
import type { Provider } from '../../core/provider.js';
import type { Json } from '../../json/value.js';
import { findSampleFile } from '../../payloads/readSampleFile.js';

/** What is reported by the checks of fields and values already. */
const reportedElsewhere = ['NO_PLACE', 'NO_FIELD'];

/** Returns what is wrong with something that throws a UsageError; `say` tells it with where it stands. */
export async function problemsOf(make: () => unknown, say: (message: string) => string): Promise<ContractProblem[]> {
  try {
    await make();
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return reportedElsewhere.includes(error.code) ? [] : [failure(say(error.message))];
  }
}

/** Where a problem is; by default it is about the description. */
type Place = Partial<Pick<ContractProblem, 'file' | 'line' | 'column'>>;

const nowhere = { file: null, line: null, column: null };

/** Returns what has to be mended. */
export function failure(message: string, place: Place = {}): ContractProblem {
  return { severity: 'failure', ...nowhere, ...place, message };
}

/** Returns what could be better. */
export function warning(message: string, place: Place = {}): ContractProblem {
  return { severity: 'warning', ...nowhere, ...place, message };
}

/** The place that a document tells (`4:3`), in a file. */
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

/** What the checks of a provider look at. */
export interface ContractSubject {
  readonly provider: Provider;
  /** The folder of its description; null where it stands in the config. */
  readonly folder: string | null;
  /** Names of all samples that are there, also of those that no event calls for or that can't be read. */
  readonly sampleNames: readonly string[];
  readonly samples: readonly ContractSample[];
  /** Variables beside those of its own that may hold its secret, as the config says. */
  readonly secretVariables: readonly string[];
  readonly env: Env;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The folder from which paths are shown. */
  readonly cwd: string;
  /** Called often while a check searches, which lets no timer run. */
  readonly onWork: () => void;
}

/** Where a sample lies, or would lie, as people see it. */
export function sampleFileOf(samples: Provider['samples'], name: string, cwd: string): string {
  return typeof samples === 'string'
    ? shownPath(join(samples, findSampleFile(samples, name)), cwd)
    : `samples: ${name}`;
}
