import { closedWhileIdle } from './attempt.js';
import type { DeliveryEnded } from './run.js';

/** Whether anything was odd on the wire about a delivery, also one that is ok. */
export function isOdd({ attempts }: Pick<DeliveryEnded, 'attempts'>): boolean {
  return attempts.some(({ error, warnings }) => warnings !== undefined || error?.code === closedWhileIdle);
}
