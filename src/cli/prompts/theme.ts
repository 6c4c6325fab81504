import { styleText } from 'node:util';
import { wantsColour, wantsUnicode } from '../io/colour.js';
import type { Io } from '../io/io.js';

const asIs = (text: string) => text;
const words: Record<string, string> = { '↑↓': 'up/down', '⏎': 'enter' };

/** Returns the theme of prompts: with the colours and signs of this terminal, and a note that Esc goes back. */
export function promptTheme(io: Io) {
  const unicode = wantsUnicode(io.env);
  const keysHelpTip = (keys: [key: string, action: string][]) =>
    [...keys, ['esc', 'back']]
      .map(([key = '', action]) => `${unicode ? key : (words[key] ?? key)} ${action}`)
      .join(unicode ? ' • ' : ', ');
  const icon = { cursor: unicode ? '❯' : '>' };
  if (wantsColour(io.env, io.stdout)) {
    return {
      icon,
      style: {
        keysHelpTip: (keys: [key: string, action: string][]) => styleText('dim', keysHelpTip(keys)),
        note: (text: string) => styleText('dim', text),
        description: (text: string) => styleText('dim', text),
        match: (text: string) => styleText(['cyan', 'bold', 'underline'], text),
        added: (text: string) => styleText('green', text),
        removed: (text: string) => styleText('red', text),
      },
    };
  }
  return {
    icon,
    prefix: { idle: '?', done: unicode ? '✔' : '*' },
    spinner: { interval: 1000, frames: ['*'] },
    style: {
      keysHelpTip,
      answer: asIs,
      message: asIs,
      error: (text: string) => `> ${text}`,
      defaultAnswer: (text: string) => `(${text})`,
      help: asIs,
      highlight: asIs,
      key: (text: string) => `<${text}>`,
      disabled: asIs,
      searchTerm: asIs,
      description: asIs,
      note: asIs,
      match: asIs,
      added: asIs,
      removed: asIs,
    },
  };
}
