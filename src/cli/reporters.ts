import { jsonLines } from '../report/jsonLines.js';
import type { Reporter } from '../report/reporter.js';
import { wantsColour, wantsUnicode } from './colour.js';
import type { Io } from './io.js';
import type { SendFlags } from './sendCommand.js';

/** More deliveries than this are counted, not listed: only what failed gets a line. */
const listed = 200;

/** The reporter that the flags ask for. */
export async function chooseReporter(flags: SendFlags, io: Io, deliveries: number): Promise<Reporter> {
  const write = (text: string) => io.stdout.write(text);
  if (flags.json) return jsonLines(write);
  const { human } = await import('../report/human.js');
  return human(write, {
    colour: wantsColour(io.env, io.stdout),
    unicode: wantsUnicode(io.env),
    verbose: flags.verbose === true,
    onlyFailures: deliveries > listed,
  });
}
