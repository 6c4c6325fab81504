import type { NameOf } from '../core/errors.js';

/** Names an option in tools. */
export const toolName: NameOf = (key) => key;
