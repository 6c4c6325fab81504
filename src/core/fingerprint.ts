import { createHash } from 'node:crypto';

/** Eight hex digits that tell two secrets apart and reveal neither. */
export function fingerprint(secret: string): string {
  return createHash('sha256').update('webhook-sim fingerprint\0').update(secret).digest('hex').slice(0, 8);
}
