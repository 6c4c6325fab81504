import type { HandshakeEnded } from '../../core/handshake.js';
import { asLine, deliveryLine, runLine, warningLine } from '../shared/jsonLines.js';
import type { Writer } from '../shared/reporter.js';
import type { HandshakeReporter } from './handshakeText.js';

/** JSON lines: each handshake as a delivery of its name, with what was waited for; the summary last. */
export function handshakeLines(write: Writer): HandshakeReporter {
  return {
    event(event) {
      if (event.type === 'handshake') write(`${asLine(handshakeLine(event))}\n`);
      else write(`${asLine(event.type === 'warning' ? warningLine(event) : runLine(event))}\n`);
    },
  };
}

function handshakeLine({ handshake, ended, awaited, problem }: HandshakeEnded): object {
  return { ...deliveryLine(ended), type: 'handshake', title: handshake.title, awaited, problem };
}
