import type { Kept } from '../../../history/kept.js';
import { shownKey } from '../../../report/log/keptDelivery.js';

/** A kept delivery as people name it. */
export function keyOf({ key }: Pick<Kept, 'key'>): string {
  return key.slice(0, shownKey);
}
