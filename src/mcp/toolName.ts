import type { NameOf } from '../core/errors.js';

/** What tools call an option. */
export const toolName: NameOf = (key) => key;
