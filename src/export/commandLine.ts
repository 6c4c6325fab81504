import type { World } from '../core/world.js';
import { quoteShellWord } from './curl.js';

type Env = Pick<World, 'env'>;

/** Words as a command line for the user's shell, in quotes only where they need them. */
export function commandLine(words: readonly string[], { env }: Env): string {
  const { isBare, quote } = shells[detectShell(env)];
  return words.map((word) => (isBare.test(word) ? word : quote(word))).join(' ');
}

/** Returns whether the user's shell is one of Unix, whose pipes hand on bytes as they are. */
export function hasUnixShell({ env }: Env): boolean {
  return detectShell(env) === 'sh';
}

type Shell = 'sh' | 'powershell' | 'pwsh' | 'cmd';

/** Letters that PowerShell and cmd.exe leave as they are; a comma makes a list, and % and @ name variables. */
const isBareOnWindows = /^[\w./:+-][\w./:=+-]*$/;

const shells: Readonly<Record<Shell, { readonly isBare: RegExp; readonly quote: (word: string) => string }>> = {
  sh: { isBare: /^[\w./:@%+,-][\w./:=@%+,-]*$/, quote: quoteShellWord },
  pwsh: { isBare: isBareOnWindows, quote: quotePowerShell },
  // Before PowerShell 7.3, programs get quotation marks unguarded, and no empty words.
  powershell: { isBare: isBareOnWindows, quote: (word) => quotePowerShell(word === '' ? '""' : guardQuotes(word)) },
  // A doubled quotation mark is one for the program, and leaves cmd.exe within quotes.
  cmd: { isBare: isBareOnWindows, quote: (word) => `"${word.replace(/(\\*)("|$)/g, '$1$1$2$2')}"` },
};

/**
 * Finds the shell in which a program was started. Git Bash and its like set SHELL; PowerShell adds the user's folder to PSModulePath, and from
 * version 6 on one of its own, which cmd.exe finds without both.
 */
function detectShell({ OS, SHELL, PSModulePath = '', USERPROFILE }: Env['env']): Shell {
  if (OS !== 'Windows_NT' || SHELL) return 'sh';
  const folders = PSModulePath.toLowerCase().split(';');
  if (folders.some((folder) => folder.includes('\\powershell\\'))) return 'pwsh';
  const own = USERPROFILE?.toLowerCase();
  return own && folders.some((folder) => folder.startsWith(`${own}\\`)) ? 'powershell' : 'cmd';
}

function quotePowerShell(word: string): string {
  return `'${word.replaceAll("'", "''")}'`;
}

function guardQuotes(word: string): string {
  return word.replace(/(\\*)"/g, '$1$1\\"');
}
