import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Whether a language is on this machine. */
export function has(command: string, flag = '--version'): boolean {
  return spawnSync(command, [flag]).status === 0;
}

/** The lines that a language's own encoder writes for JSON texts, all of them in one process. */
export function encode(command: readonly string[], script: string, texts: readonly string[]): string[] {
  const directory = mkdtempSync(path.join(tmpdir(), 'encode-'));
  try {
    const file = path.join(directory, 'documents.jsonl');
    writeFileSync(file, texts.map((text) => `${text}\n`).join(''));
    const [program = '', ...flags] = command;
    const child = spawnSync(program, [...flags, path.join(import.meta.dirname, script), file], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env: { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONUTF8: '1' },
    });
    if (child.status !== 0) throw new Error(`${command.join(' ')} failed: ${child.stderr}`);
    return child.stdout.split('\n').slice(0, -1);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
