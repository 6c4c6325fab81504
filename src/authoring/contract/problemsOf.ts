import type { ContractProblem } from '../../core/contract.js';
import { UsageError } from '../../core/errors.js';
import { failure } from './problem.js';

/** What is reported by the checks of fields and values already. */
const toldElsewhere = ['NO_PLACE', 'NO_FIELD'];

/** What is wrong with something that throws a UsageError; `say` tells it with where it stands. */
export async function problemsOf(make: () => unknown, say: (message: string) => string): Promise<ContractProblem[]> {
  try {
    await make();
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return toldElsewhere.includes(error.code) ? [] : [failure(say(error.message))];
  }
}
