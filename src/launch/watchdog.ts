import { spawn } from 'node:child_process';
import { platform } from './system.js';

const script = 'read -r word || { kill -s TERM -- "-$1" && sleep 5 && kill -s KILL -- "-$1"; }';

/**
 * Starts a shell that ends a group when this process is gone without a word, as by SIGKILL: its input ends then. The function that is
 * returned gives the word.
 */
export function watchOver(group: number): () => void {
  if (platform === 'win32') return () => {};
  const shell = spawn('/bin/sh', ['-c', script, 'sh', String(group)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: { PATH: '/usr/bin:/bin' },
  });
  const { stdin } = shell.on('error', () => {});
  shell.unref();
  stdin.on('error', () => {});
  // It is a socket, whatever its type says.
  (stdin as unknown as { unref(): void }).unref();
  return () => stdin.end('done\n');
}
