import { Chalk } from 'chalk';
import { printable } from '../../core/printable.js';
import { human } from '../run/human.js';
import { buildReporter, type Reporter, type TextStyle, type Writer } from '../shared/reporter.js';

/** For people: each handshake with what it is, what its provider waits for and, where that did not come, what is wrong. */
export function handshakeText(write: Writer, style: TextStyle): Reporter {
  const paint = new Chalk({ level: style.colour ? 1 : 0 });
  const { event: report } = human(write, { ...style, onlyFailures: false });
  return buildReporter({
    handshake({ ended, handshake, awaited, problem }) {
      report(ended);
      const unanswered = ended.attempts.at(-1)!.error !== null;
      // Why there is no answer at all is reported already.
      const wrong = problem === null || unanswered ? [] : [problem];
      for (const line of [handshake.title, `waits for ${awaited}`]) write(`${paint.dim(`  ${printable(line)}`)}\n`);
      for (const line of wrong) write(`${paint.red(`  ${printable(line)}`)}\n`);
    },
    warning: report,
    summary: report,
  });
}
