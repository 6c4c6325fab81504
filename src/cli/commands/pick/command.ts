import { printable } from '../../../core/printable.js';
import { commandLine, hasUnixShell } from '../../../export/commandLine.js';
import { quoteShellWord } from '../../../export/curl.js';
import { ownVariable } from '../../../providers/secrets.js';
import type { Io } from '../../io/io.js';
import { programName } from '../../io/pastable.js';
import type { Choice } from './choice.js';

/** Returns the command line that does the same as a choice, for a shell; without a typed secret, but with the place for it. */
export function commandFor(command: 'send' | 'check', choice: Choice, io: Pick<Io, 'env'>): string {
  const { provider, event, target, body } = choice;
  const isPiped = command === 'send' && body !== null && hasUnixShell(io);
  const flags = [
    '--to',
    target,
    ...(command === 'send' ? payloadFlags(choice, isPiped ? '-' : savedBody) : []),
    ...pickedSecretFlags(choice, isPiped),
  ];
  const line = commandLine([...programName(io), command, provider.name, event, ...flags], io);
  return isPiped ? `${printBody(body)} | ${line}` : line;
}

/** The file of a body for a shell that does not pass it on byte by byte. */
const savedBody = 'body.json';

/** The command that prints a body; one with characters that a terminal must not get is encoded. */
function printBody(body: string): string {
  const isPlain = body.split('\n').every((line) => printable(line) === line);
  return isPlain
    ? `printf %s ${quoteShellWord(body)}`
    : `printf %s ${Buffer.from(body).toString('base64')} | base64 -d`;
}

/** Returns instructions that go with a command; empty where there are none. */
export function commandNote(
  command: 'send' | 'check',
  { provider, secret, body }: Choice,
  io: Pick<Io, 'env'>,
): string {
  const isSent = command === 'send' && body !== null;
  const isPiped = isSent && hasUnixShell(io);
  const save = isSent && !isPiped ? `Save the body as ${savedBody} first.\n` : '';
  if (secret === null || 'reference' in secret) return save;
  return isPiped ? `Put the secret into ${ownVariable(provider)} first.\n` : `${save}It asks for the secret.\n`;
}

/** The flags that give the secret of a choice. */
export function pickedSecretFlags({ provider, secret }: Choice, isStdinTaken: boolean): string[] {
  if (secret === null) return [];
  if ('reference' in secret) return ['--secret', secret.reference];
  return ['--secret', isStdinTaken ? `env:${ownVariable(provider)}` : '-'];
}

function payloadFlags({ variant, set, unset, body }: Choice, data: string): string[] {
  if (body !== null) return ['--data', data];
  return [
    ...(variant === null ? [] : ['--variant', variant]),
    ...set.flatMap((text) => ['--set', text]),
    ...unset.flatMap((path) => ['--unset', path]),
  ];
}
