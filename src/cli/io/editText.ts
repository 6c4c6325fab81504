import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { UsageError } from '../../core/errors.js';
import { quoteShellWord } from '../../export/curl.js';
import type { Io } from './io.js';

/** Opens a text in the user's editor, in a file that only the user can read, and resolves with the edited text. */
export async function editText(text: string, env: Io['env'], windows: boolean): Promise<string> {
  const editor = findEditor(env, windows);
  const folder = await mkdtemp(join(tmpdir(), 'webhook-sim-'));
  try {
    const file = join(folder, 'payload.json');
    await writeFile(file, text, { mode: 0o600 });
    await open(editor, file, windows);
    return await readFile(file, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The editor of $VISUAL or $EDITOR, else the first one that is installed. Throws a UsageError where there is none. */
function findEditor(env: Io['env'], windows: boolean): string {
  const named = env.VISUAL?.trim() || env.EDITOR?.trim();
  if (named) return named;
  const usual = windows ? ['notepad'] : ['vi', 'nano'];
  const installed = usual.find((name) => isInstalled(windows ? `${name}.exe` : name, env.PATH ?? env.Path ?? ''));
  if (installed !== undefined) return installed;
  throw new UsageError(
    'NO_EDITOR',
    `No editor was found: $VISUAL and $EDITOR are not set, and ${usual.join(' and ')} ${usual.length > 1 ? 'are' : 'is'} not installed.`,
    { hint: 'Set $EDITOR, or change the payload with --set path=value.' },
  );
}

function isInstalled(name: string, path: string): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      if (folder === '') return false;
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The shell reads the command, which may have arguments ("code --wait"); a file is one word, whatever blanks are in its path. */
function open(editor: string, file: string, windows: boolean): Promise<void> {
  const isFile = /[ \\/]/.test(editor) && existsSync(editor);
  const quote = windows ? (path: string) => `"${path}"` : quoteShellWord;
  const command = isFile ? quote(editor) : editor;
  const child = windows
    ? spawn(`${command} "${file}"`, { shell: true, stdio: 'inherit' })
    : spawn('sh', ['-c', `${command} "$@"`, 'sh', file], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    const fail = (how: string) => reject(new UsageError('EDITOR_FAILED', `The editor "${editor}" ${how}.`));
    child.on('error', ({ message }) => fail(`can't be started: ${message}`));
    child.on('close', (code, signal) => (code === 0 ? resolve() : fail(`ended with ${code ?? signal}`)));
  });
}
