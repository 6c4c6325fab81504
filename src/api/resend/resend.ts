import type { ResendOptions, ResendResult } from './performResend.js';

/**
 * Sends deliveries that the log of the project has kept again, as their provider does at a resend. A receiver that fails is a value; rejects
 * with a UsageError for wrong options, or is missing in the log.
 */
export async function resend(options: ResendOptions = {}): Promise<ResendResult> {
  const { performResend } = await import('./performResend.js');
  return performResend(options);
}
