import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../core/errors.js';
import type { Io } from './io.js';

/** Opens a text in $VISUAL or $EDITOR, in a file that only the user can read, and resolves with what became of it. */
export async function editText(text: string, env: Io['env'], windows: boolean): Promise<string> {
  const editor = env.VISUAL?.trim() || env.EDITOR?.trim();
  if (!editor) throw new UsageError('NO_EDITOR', 'There is no editor: set $VISUAL or $EDITOR.');
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

/** The shell reads the command, which may have arguments ("code --wait"). */
function open(editor: string, file: string, windows: boolean): Promise<void> {
  const child = windows
    ? spawn(`${editor} "${file}"`, { shell: true, stdio: 'inherit' })
    : spawn('sh', ['-c', `${editor} "$@"`, 'sh', file], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    const fail = (how: string) => reject(new UsageError('EDITOR_FAILED', `The editor "${editor}" ${how}.`));
    child.on('error', ({ message }) => fail(`can't be started: ${message}`));
    child.on('close', (code, signal) => (code === 0 ? resolve() : fail(`ended with ${code ?? signal}`)));
  });
}
