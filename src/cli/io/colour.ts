import type { Output } from '../../core/world.js';
import type { Io } from './io.js';

/** Returns whether a stream gets colour: FORCE_COLOR and NO_COLOR decide, then whether a person's terminal is at its end. */
export function wantsColour(env: Io['env'], output: Output): boolean {
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '')
    return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  if (env.NO_COLOR) return false;
  return output.isTTY && env.TERM !== 'dumb';
}

/** Returns whether the locale says that characters beyond ASCII can be shown. */
export function wantsUnicode(env: Io['env']): boolean {
  if (env.TERM === 'dumb') return false;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return !/^(C|POSIX)$|\.(iso|us-?ascii|koi|euc|big5|gb)/i.test(locale);
}
