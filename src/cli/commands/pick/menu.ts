import type { Project } from '../../../config/project.js';
import { UsageError } from '../../../core/errors.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { back } from '../../prompts/ask.js';
import { chooseRow, type Row } from '../../prompts/chooseRow.js';
import { changeField, removeField } from './changeField.js';
import { checkReceiver } from './checkReceiver.js';
import type { Choice } from './choice.js';
import { chooseSecret } from './chooseSecret.js';
import { chooseVariant, hasVariants } from './chooseVariant.js';
import { commandFor } from './command.js';
import { editChoice } from './editChoice.js';
import { requestOf } from './request.js';
import { saveBody } from './saveBody.js';
import { printCommand, sendChoice, showCurl } from './sendChoice.js';
import { menuSize, showPayload, showRequest } from './showRequest.js';

/** What changes a choice. */
const changes: Record<string, (choice: Choice, project: Project, io: Io) => Promise<Choice>> = {
  field: (choice, _, io) => changeField(choice, io),
  remove: (choice, _, io) => removeField(choice, io),
  edit: (choice, _, io) => editChoice(choice, io),
  variant: (choice, _, io) => chooseVariant(choice, io),
  secret: chooseSecret,
};

/** What is done with a choice as it is. */
const acts: Record<string, (choice: Choice, io: Io) => Promise<void>> = {
  send: sendChoice,
  save: saveBody,
  curl: showCurl,
  check: checkReceiver,
  all: async (choice, io) => showPayload(await requestOf(choice, io), choice, io),
};

/** What can be done with a choice, until another is wanted ('another', 'back') or the person is done (an exit code). */
export async function runMenu(first: Choice, project: Project, io: Io): Promise<'another' | 'back' | number> {
  let choice = first;
  let shown: Choice | null = null;
  let told: Choice | null = null;
  let last = 'send';
  for (;;) {
    try {
      if (shown !== choice) await showRequest(await requestOf(choice, io), choice, io);
    } catch (error) {
      tell(error, io);
    }
    shown = choice;
    const rows = menuRows(choice, told !== null);
    const wish = await chooseRow({ message: 'What now?', rows, initial: last, pageSize: menuSize(io) }, io);
    if (wish === back) return 'back';
    if (wish === 'another') return wish;
    if (wish === 'quit') {
      if (told !== choice) printCommand(choice, io);
      return exitCodes.ok;
    }
    last = wish in changes ? 'send' : wish;
    if (wish === 'send') told = choice;
    try {
      if (wish in changes) choice = await changes[wish]!(choice, project, io);
      else await acts[wish]!(choice, io);
    } catch (error) {
      tell(error, io);
      if (wish === 'send') io.stdout.write(`The same as a command: ${commandFor('send', choice, io)}\n`);
    }
    if (wish in acts) {
      const code = interruption(io, told !== null || wish === 'check');
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

function tell(error: unknown, io: Io): void {
  if (!(error instanceof UsageError)) throw error;
  io.stderr.write(`webhook-sim: ${error.message}\n`);
}
