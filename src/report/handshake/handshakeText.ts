import { Chalk } from 'chalk';
import { printable } from '../../core/printable.js';
import { human } from '../run/human.js';
import { buildReporter, type Reporter, type TextStyle, type Writer } from '../shared/reporter.js';

/** Writes each handshake for people, with what its provider expects and, if the answer differs, the problem. */
export function handshakeText(write: Writer, style: TextStyle): Reporter {
  const paint = new Chalk({ level: style.colour ? 1 : 0 });
  const { event: report } = human(write, { ...style, onlyFailures: false });
  return buildReporter({
    handshake({ ended, handshake, awaited, problem }) {
      report(ended);
      const unanswered = ended.attempts.at(-1)!.error !== null;
      // A missing answer is reported already.
      const wrong = problem === null || unanswered ? [] : [problem];
      for (const line of [handshake.title, `waits for ${awaited}`]) write(`${paint.dim(`  ${printable(line)}`)}\n`);
      for (const line of wrong) write(`${paint.red(`  ${printable(line)}`)}\n`);
    },
    warning: report,
    summary: report,
  });
}
