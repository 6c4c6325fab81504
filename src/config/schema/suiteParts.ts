import * as z from 'zod/mini';
import { variablesIn } from '../../core/variables.js';
import { refuse, some } from '../../providers/schemaParts.js';
import { type Check, checkProxy, checkPublicAddress, checkTargetHeader } from './checks.js';

/** What only the value of a variable can show is found out when it is known. */
const unlessVariable =
  (check: Check<string>): Check<string> =>
  (value) =>
    variablesIn(value).length > 0 ? null : check(value);

/** The name or address of a target. */
export const address = some.check(
  z.superRefine((value, context) => refuse(context, unlessVariable(checkPassword)(value))),
);

function checkPassword(value: string): string | null {
  if (!/^([a-z][a-z0-9+.-]*:\/\/)?[^/?#@:]*:[^/?#]*@/i.test(value)) return null;
  return 'a password does not belong into a file that is shared. Write header: { Authorization: env:NAME }.';
}

/** The address by which a provider knows a receiver. */
export const publicAddress = some.check(
  z.superRefine((value, context) => refuse(context, unlessVariable(checkPublicAddress)(value))),
);

/** Headers to send. */
export const headers = z.record(some, z.string()).check(
  z.superRefine((found, context) => {
    for (const [name, value] of Object.entries(found)) {
      const known = variablesIn(value).length > 0 ? '' : value;
      refuse(context, checkTargetHeader([name, known]), [name]);
    }
  }),
);

/** The URL of a proxy, or `none`. */
export const proxy = some.check(z.superRefine((value, context) => refuse(context, unlessVariable(checkProxy)(value))));
