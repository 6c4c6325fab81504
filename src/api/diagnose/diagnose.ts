import type { Diagnosis } from '../../core/diagnosis.js';
import type { DiagnoseOptions } from './explainRequest.js';

/**
 * Finds out whether a request is genuine and, where it is not, which mistake explains its signature, or the one that your receiver computed. Never
 * fails because of the request; rejects with a UsageError for wrong options.
 */
export async function diagnose(options: DiagnoseOptions): Promise<Diagnosis> {
  const { explainRequest } = await import('./explainRequest.js');
  return explainRequest(options);
}
