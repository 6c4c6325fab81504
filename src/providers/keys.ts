import * as z from 'zod';
import { suggest } from '../core/nearest.js';

/** An object of known keys; the message about others has a line of advice for each. */
export function keys<T extends z.core.$ZodLooseShape>(shape: T) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined;
      return issue.keys.map((key) => suggest(key, Object.keys(shape))).join('\n');
    },
  });
}
