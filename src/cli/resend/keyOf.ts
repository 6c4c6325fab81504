import { shownKey } from '../../report/keptDelivery.js';
import type { Kept } from '../log/kept.js';

/** A kept delivery as people name it. */
export function keyOf({ key }: Pick<Kept, 'key'>): string {
  return key.slice(0, shownKey);
}
