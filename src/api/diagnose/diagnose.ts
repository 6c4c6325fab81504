import type { Diagnosis } from '../../core/diagnosis.js';
import type { DiagnoseOptions } from './explainRequest.js';

/**
 * Says whether a request is genuine and, where it is not, which mistake explains its signature, or the one that your receiver computed. Whatever
 * the request holds is an answer; rejects with a UsageError for whatever is wrong with the options.
 */
export async function diagnose(options: DiagnoseOptions): Promise<Diagnosis> {
  const { explainRequest } = await import('./explainRequest.js');
  return explainRequest(options);
}
