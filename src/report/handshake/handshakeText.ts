import { Chalk } from 'chalk';
import type { HandshakeEvent } from '../../core/handshake.js';
import { printable } from '../../core/printable.js';
import { type HumanOptions, human } from '../run/human.js';
import type { Writer } from '../shared/reporter.js';

/** Turns handshakes into text as they end. */
export interface HandshakeReporter {
  event(event: HandshakeEvent): void;
}

/** For people: each handshake with what it is, what its provider waits for and, where that did not come, what is wrong. */
export function handshakeText(write: Writer, options: Omit<HumanOptions, 'onlyFailures'>): HandshakeReporter {
  const paint = new Chalk({ level: options.colour ? 1 : 0 });
  const report = human(write, { ...options, onlyFailures: false });
  return {
    event(event) {
      if (event.type === 'summary' || event.type === 'warning') return report.event(event);
      const { ended, handshake, awaited, problem } = event;
      report.event(ended);
      const unanswered = ended.attempts.at(-1)!.error !== null;
      // Why there is no answer at all is told already.
      const wrong = problem === null || unanswered ? [] : [problem];
      for (const line of [handshake.title, `waits for ${awaited}`]) write(`${paint.dim(`  ${printable(line)}`)}\n`);
      for (const line of wrong) write(`${paint.red(`  ${printable(line)}`)}\n`);
    },
  };
}
