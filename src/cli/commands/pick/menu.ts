import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { confirm, input } from '@inquirer/prompts';
import type { Project } from '../../../config/project.js';
import { UsageError } from '../../../core/errors.js';
import { commandLine } from '../../../export/commandLine.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { programName } from '../../io/pastable.js';
import { ask, back } from '../../prompts/ask.js';
import { chooseRow, type Row } from '../../prompts/chooseRow.js';
import { promptTheme } from '../../prompts/theme.js';
import { askForSecret } from './askForSecret.js';
import { changeField, removeField } from './changeField.js';
import { type Choice, isChanged } from './choice.js';
import { commandFor, commandNote, pickedSecretFlags } from './command.js';
import { editChoice } from './editChoice.js';
import { previewRequest } from './request.js';
import { checkReceiver, printCommand, sendChoice, showCurl } from './sendChoice.js';
import { menuSize, showPayload, showRequest } from './showRequest.js';

/** The actions that change a choice. */
const changes: Record<string, (choice: Choice, project: Project, io: Io) => Promise<Choice>> = {
  field: (choice, _, io) => changeField(choice, io),
  remove: (choice, _, io) => removeField(choice, io),
  edit: (choice, _, io) => editChoice(choice, io),
  variant: (choice, _, io) => chooseVariant(choice, io),
  secret: askForSecret,
};

/** The actions that use a choice as it is. */
const acts: Record<string, (choice: Choice, io: Io) => Promise<void>> = {
  send: sendChoice,
  save: saveBody,
  curl: showCurl,
  check: checkReceiver,
  all: async (choice, io) => showPayload(await previewRequest(choice, io), choice, io),
};

/** Offers the actions on a choice, until another is wanted ('another', 'back') or the person is done (an exit code). */
export async function runMenu(first: Choice, project: Project, io: Io): Promise<'another' | 'back' | number> {
  let choice = first;
  let shown: Choice | null = null;
  let sent: Choice | null = null;
  let last = 'send';
  for (;;) {
    try {
      if (shown !== choice) await showRequest(await previewRequest(choice, io), choice, io);
    } catch (error) {
      printError(error, io);
    }
    shown = choice;
    const rows = menuRows(choice, sent !== null);
    const action = await chooseRow({ message: 'What now?', rows, initial: last, pageSize: menuSize(io) }, io);
    if (action === back) return 'back';
    if (action === 'another') return action;
    if (action === 'quit') {
      if (sent !== choice) printCommand(choice, io);
      return exitCodes.ok;
    }
    last = action in changes ? 'send' : action;
    if (action === 'send') sent = choice;
    try {
      if (action in changes) choice = await changes[action]!(choice, project, io);
      else await acts[action]!(choice, io);
    } catch (error) {
      printError(error, io);
      if (action === 'send') io.stdout.write(`The same as a command: ${commandFor('send', choice, io)}\n`);
    }
    if (action in acts) {
      const code = interruption(io, sent !== null || action === 'check');
      if (code !== null) return code;
    }
  }
}

function menuRows(choice: Choice, isSent: boolean): Row<string>[] {
  const row = (value: string, name: string, note = '') => ({ value, name, text: note, note });
  return [
    row('send', isSent ? 'send again' : 'send'),
    row('field', 'change a field', 'found by name or value'),
    row('remove', 'remove a field'),
    row('edit', 'edit the payload', 'in your editor'),
    ...(hasVariants(choice) ? [row('variant', 'choose a variant')] : []),
    row('secret', 'choose the secret', 'variable, file or hidden input'),
    row('save', 'save as a file'),
    row('curl', 'show as curl'),
    row('check', 'check the receiver', 'genuine and forged deliveries: is it safe?'),
    row('all', 'show it all'),
    row('another', 'pick another'),
    row('quit', 'quit', 'and show the command'),
  ];
}

/** Asked only once something was sent: until then a signal ends the process by itself. */
function interruption(io: Io, isSent: boolean): number | null {
  if (!isSent || !io.interrupted.aborted) return null;
  return io.interrupted.reason === 'SIGTERM' ? exitCodes.sigterm : exitCodes.sigint;
}

function printError(error: unknown, io: Io): void {
  if (!(error instanceof UsageError)) throw error;
  io.stderr.write(`webhook-sim: ${error.message}\n`);
}

/** Returns whether the event of a choice has variants. */
function hasVariants({ provider, event }: Choice): boolean {
  return Object.keys(provider.events[event]?.variants ?? {}).length > 0;
}

/** Lets the person choose another variant of the event, which starts from its own sample; Esc changes nothing. */
async function chooseVariant(choice: Choice, io: Io): Promise<Choice> {
  const { title, variants = {} } = choice.provider.events[choice.event]!;
  const rows: Row<string | null>[] = [
    { value: null, name: 'usual', text: title, note: title },
    ...Object.entries(variants).map(([value, { title, note }]) => ({
      value,
      name: value,
      text: title,
      note: title,
      description: note ?? '',
    })),
  ];
  const variant = await chooseRow({ message: 'Variant', rows, initial: choice.variant }, io);
  if (variant === back || variant === choice.variant) return choice;
  if (isChanged(choice)) io.stdout.write('The variant has another payload: your changes were discarded.\n');
  return { ...choice, variant, set: [], unset: [], body: null };
}

/** Saves the body as it would be sent, and prints the command that sends the file. */
async function saveBody(choice: Choice, io: Io): Promise<void> {
  const { provider, event, target } = choice;
  const { body } = await previewRequest(choice, io);
  const theme = promptTheme(io);
  const usual = `${event}.json`;
  const name = await ask(io, (context) => input({ message: 'File', default: usual, required: true, theme }, context));
  if (name === back) return;
  const path = resolve(io.cwd, name);
  try {
    await writeFile(path, body, { flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cantWrite(name, cause);
    const message = `${name} is there already. Write over it?`;
    if ((await ask(io, (context) => confirm({ message, default: false, theme }, context))) !== true) return;
    await writeFile(path, body).catch((error) => {
      throw cantWrite(name, error);
    });
  }
  const flags = ['--to', target, '--data', name, ...pickedSecretFlags(choice, false)];
  const words = [...programName(io), 'send', provider.name, event, ...flags];
  const note = commandNote('send', { ...choice, body: null }, io);
  io.stdout.write(`\nSent with:\n${note}${commandLine(words, io)}\n\n`);
}

function cantWrite(name: string, cause: unknown): UsageError {
  return new UsageError('CANT_WRITE', `${name} can't be written (${(cause as NodeJS.ErrnoException).code}).`, {
    cause,
  });
}
