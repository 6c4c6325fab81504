import type { Route } from '../../../core/route.js';
import type { HandshakeRun } from '../../../session/handshake/handshakeRun.js';
import type { OpenTarget } from '../../../session/target/openTarget.js';
import { exitCodeOf, exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { type HandshakeOutput, handshakeReporter, runHandshakes } from '../../target/runHandshakes.js';
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
  options: HandshakeOutput,
  io: Io,
): Promise<number | null> {
  const reporter = handshakeReporter(options, io);
  const summary = await runHandshakes(runs, { open, route, talk, reporter }, io);
  const code = exitCodeOf(summary, io.interrupted.reason);
  if (code === exitCodes.ok) return null;
  reporter.event(summary);
  if (!summary.interrupted) talk.say('Nothing more was sent: the provider sends no event before its handshake.');
  return code;
}
