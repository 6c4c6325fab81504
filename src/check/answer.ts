import { createHash } from 'node:crypto';
import type { DeliveryEnded } from '../core/run.js';

/** What tells one answer from another: its status and its body. */
export function answerOf({ attempts }: DeliveryEnded): string {
  const { status, response } = attempts.at(-1)!;
  const body = createHash('sha256').update(response?.body ?? '');
  return `${status} ${body.digest('hex')}`;
}
