import type { ContractProblem } from '../../core/contract.js';

/** Where a problem is; by default it is about the description. */
type Place = Partial<Pick<ContractProblem, 'file' | 'line' | 'column'>>;

const nowhere = { file: null, line: null, column: null };

/** What has to be mended. */
export function failure(message: string, place: Place = {}): ContractProblem {
  return { severity: 'failure', ...nowhere, ...place, message };
}

/** What could be better. */
export function warning(message: string, place: Place = {}): ContractProblem {
  return { severity: 'warning', ...nowhere, ...place, message };
}

/** The place that a document tells (`4:3`), in a file. */
export function placeIn(file: string, place: string | null): Place {
  const [line = null, column = null] = place?.split(':').map(Number) ?? [];
  return { file, line, column };
}
