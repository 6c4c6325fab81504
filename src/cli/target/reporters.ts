import type { RunEvent } from '../../core/run.js';
import type { SendValues } from '../../options/send.js';
import { human } from '../../report/run/human.js';
import { type Progress, progress } from '../../report/run/progress.js';
import { jsonLines } from '../../report/shared/jsonLines.js';
import type { Reporter } from '../../report/shared/reporter.js';
import { wantsColour, wantsUnicode } from '../io/colour.js';
import type { Io } from '../io/io.js';

/** More deliveries than this are counted, not listed: only what failed gets a line. */
const listed = 200;

/** The report that the options ask for, and a progress bar beside it where a person waits for a long run. */
export function chooseReporter(options: SendValues, io: Io, deliveries: number): Reporter {
  const bar = chooseProgress(options, io, deliveries);
  const write = (text: string) => {
    bar?.hide();
    io.stdout.write(text);
  };
  const report = options.json ? jsonLines(write) : chooseHuman(options, io, deliveries, write);
  if (!bar) return report;
  return {
    isSilentOn: (event) => report.isSilentOn?.(event) ?? false,
    event(event: RunEvent) {
      bar.event(event);
      report.event(event);
    },
  };
}

function chooseHuman(options: SendValues, io: Io, deliveries: number, write: (text: string) => void): Reporter {
  return human(write, {
    colour: wantsColour(io.env, io.stdout),
    unicode: wantsUnicode(io.env),
    verbose: options.verbose === true,
    onlyFailures: deliveries > listed,
  });
}

function chooseProgress(options: SendValues, io: Io, deliveries: number): Progress | undefined {
  if (deliveries <= listed || options.quiet || !io.stderr.isTTY || io.env.TERM === 'dumb') return undefined;
  return progress((text) => io.stderr.write(text), {
    total: deliveries,
    columns: io.stderr.columns,
    unicode: wantsUnicode(io.env),
    now: io.clock.now,
  });
}
