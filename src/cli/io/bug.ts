import { WebhookSimError } from '../../core/errors.js';

/** What is said of an error that nobody expected. */
export const bugSentence = 'this is a bug in webhook-sim, please report it.';

/** What is printed about an error that nobody expected. */
export function bugReport(error: unknown): string {
  const known = error instanceof WebhookSimError;
  const detail = known || !(error instanceof Error) ? String(error) : (error.stack ?? error.message);
  return `webhook-sim: ${bugSentence}\n${detail}\n`;
}
