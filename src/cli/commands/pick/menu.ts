import { select } from '@inquirer/prompts';
import { UsageError } from '../../../core/errors.js';
import { exitCodes } from '../../io/exitCode.js';
import type { Io } from '../../io/io.js';
import { ask, back } from '../../prompts/ask.js';
import { pageSize } from '../../prompts/searchFor.js';
import { promptTheme } from '../../prompts/theme.js';
import { changeField } from './changeField.js';
import { checkReceiver } from './checkReceiver.js';
import type { Choice } from './choice.js';
import { commandFor } from './command.js';
import { editChoice } from './editChoice.js';
import { requestOf } from './request.js';
import { saveBody } from './saveBody.js';
import { sendChoice, showCurl } from './sendChoice.js';
import { showPayload, showRequest } from './showRequest.js';

/** What can be done with a choice, until another is wanted ('another', 'back') or the person is done (an exit code). */
export async function menu(first: Choice, io: Io): Promise<'another' | 'back' | number> {
  let choice = first;
  let shown: Choice | null = null;
  let sent = false;
  let last = 'send';
  for (;;) {
    try {
      if (shown !== choice) showRequest(await requestOf(choice, io), choice, io);
    } catch (error) {
      tell(error, io);
    }
    shown = choice;
    const wish = await ask(io, (context) =>
      select(
        {
          message: 'What now?',
          choices: choices(sent),
          default: last,
          loop: false,
          pageSize: pageSize(io),
          theme: promptTheme(io),
        },
        context,
      ),
    );
    if (wish === back || wish === 'another') return wish === back ? 'back' : 'another';
    if (wish === 'quit') return exitCodes.ok;
    last = wish === 'edit' || wish === 'field' ? 'send' : wish;
    try {
      if (wish === 'send') {
        sent = true;
        await sendChoice(choice, io);
      } else if (wish === 'edit') choice = await editChoice(choice, io);
      else if (wish === 'field') choice = await changeField(choice, io);
      else if (wish === 'save') await saveBody(choice, io);
      else if (wish === 'curl') await showCurl(choice, io);
      else if (wish === 'check') await checkReceiver(choice, io);
      else if (wish === 'all') showPayload(await requestOf(choice, io), io);
    } catch (error) {
      tell(error, io);
      if (wish === 'send') io.stdout.write(`The same as a command: ${commandFor('send', choice)}\n`);
    }
    if (sent || wish === 'check') {
      const code = interruption(io);
      if (code !== null) return code;
    }
  }
}

function choices(sent: boolean) {
  return [
    { value: 'send', name: sent ? 'send again' : 'send' },
    { value: 'edit', name: 'edit the payload', description: 'in $VISUAL or $EDITOR' },
    { value: 'field', name: 'change a field', description: 'path=value' },
    { value: 'save', name: 'save as a file' },
    { value: 'curl', name: 'show as curl' },
    { value: 'check', name: 'check the receiver', description: 'genuine and forged deliveries: is it safe?' },
    { value: 'all', name: 'show it all' },
    { value: 'another', name: 'pick another' },
    { value: 'quit', name: 'quit' },
  ];
}

function interruption({ interrupted }: Io): number | null {
  if (!interrupted.aborted) return null;
  return interrupted.reason === 'SIGTERM' ? exitCodes.sigterm : exitCodes.sigint;
}

function tell(error: unknown, io: Io): void {
  if (!(error instanceof UsageError)) throw error;
  io.stderr.write(`webhook-sim: ${error.message}\n`);
}
