import type { ErrorStyle } from '../io/io.js';

/** How errors are reported by the arguments alone, so that one of parsing them is reported so, too; what follows `--` is not of this program. */
export function errorStyleOf(argv: readonly string[]): ErrorStyle {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  return { json: own.includes('--json'), quiet: own.includes('-q') || own.includes('--quiet') };
}
