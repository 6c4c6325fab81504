import { quoteShellWord } from '../../../export/curl.js';
import type { Choice } from './choice.js';

/** The command line that does what was chosen. */
export function commandFor(command: 'send' | 'check', { provider, event, target, set, unset }: Choice): string {
  const edits =
    command === 'send'
      ? [...set.flatMap((text) => ['--set', text]), ...unset.flatMap((path) => ['--unset', path])]
      : [];
  return ['webhook-sim', command, provider.name, event, '--to', target, ...edits].map(word).join(' ');
}

/** A word of a shell, in quotes only where it needs them. */
export function word(text: string): string {
  return /^[\w./:@%+,-][\w./:=@%+,-]*$/.test(text) ? text : quoteShellWord(text);
}
