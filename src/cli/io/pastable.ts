import type { Output } from '../../core/world.js';
import type { Io } from './io.js';

const commands =
  'check|completion|config|docs|export|flow|handshake|init|keys|list|listen|load|log|mcp|provider|resend|run|send|show|sign|ui|verify';
const bareCommand = new RegExp(`(?<![\\w/.@-]|npx )webhook-sim(?= (?:<command>|(?:${commands})\\b))`, 'g');

/** Returns the words with which this program was started. */
export function programName({ env }: Pick<Io, 'env'>): string[] {
  return env.npm_command === 'exec' ? ['npx', 'webhook-sim'] : ['webhook-sim'];
}

/** Returns a text whose commands of this program can be pasted: with npx, where it was started so. */
export function pastable(text: string, io: Pick<Io, 'env'>): string {
  return text.replace(bareCommand, programName(io).join(' '));
}

/** Lets hints on stderr name commands that can be pasted. */
export function withPastableHints(io: Io): Io {
  if (programName(io).length === 1) return io;
  const stderr: Output = Object.create(io.stderr, {
    write: { value: (text: string) => io.stderr.write(pastable(text, io)) },
  });
  return Object.create(io, { stderr: { value: stderr } });
}
