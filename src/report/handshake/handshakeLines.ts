import type { HandshakeEnded } from '../../core/handshake.js';
import { asLine, deliveryLine, runLine } from '../shared/jsonLines.js';
import type { Writer } from '../shared/reporter.js';
import type { HandshakeReporter } from './handshakeText.js';

/** JSON lines: each handshake as a delivery of its name, with what was waited for; the summary last. */
export function handshakeLines(write: Writer): HandshakeReporter {
  return {
    event(event) {
      write(`${asLine(event.type === 'summary' ? runLine(event) : handshakeLine(event))}\n`);
    },
  };
}

function handshakeLine({ handshake, ended, awaited, problem }: HandshakeEnded): object {
  return { ...deliveryLine(ended), type: 'handshake', title: handshake.title, awaited, problem };
}
