import type { Route } from '../../../core/route.js';
import { exitCodeOf, exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import {
  type HandshakeFlags,
  type HandshakeRun,
  handshakeReporter,
  runHandshakes,
} from '../../session/handshake/runHandshakes.js';
import type { OpenTarget } from '../../session/target/openTarget.js';
import type { SendTalk } from '../../target/talk.js';

export interface FirstRequest {
  readonly runs: readonly HandshakeRun[];
  readonly open: OpenTarget;
  readonly route: Route;
  readonly talk: SendTalk;
}

/** Sends the handshakes that come before the first delivery; resolves with the exit code where nothing may follow, else null. */
export async function shakeFirst(
  { runs, open, route, talk }: FirstRequest,
  flags: HandshakeFlags,
  io: Io,
): Promise<number | null> {
  const reporter = handshakeReporter(flags, io);
  const summary = await runHandshakes(runs, { open, route, talk, reporter, flags }, io);
  const code = exitCodeOf(summary, io.interrupted.reason);
  if (code === exitCodes.ok) return null;
  reporter.event(summary);
  if (!summary.interrupted) talk.say('Nothing more was sent: the provider sends no event before its handshake.');
  return code;
}
