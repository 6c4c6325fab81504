import { fileURLToPath } from 'node:url';

/** A place in a file of code. */
export interface CodePlace {
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  readonly column: number | null;
}

/** Where in a file an error was thrown, by its stack, or where the syntax of a module is wrong; null where it tells no file. */
export function thrownAt(error: Error): CodePlace | null {
  const lines = (error.stack ?? '').slice(0, maxStack).split('\n');
  // Node puts the place of a wrong syntax before the words.
  const frames = [lines[0] ?? '', ...lines.filter((line) => /^\s+at (?!.*\b(?:data|node):)/.test(line))];
  for (const frame of frames) {
    if (frame.length > maxFrame) continue;
    const [, shown, line, column] = /((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?):(\d+)(?::(\d+))?\)?$/.exec(frame) ?? [];
    if (shown === undefined) continue;
    return { file: fileOf(shown), line: Number(line), column: column === undefined ? null : Number(column) };
  }
  return null;
}

/** Characters of a stack, and of one line in it, that are looked at: a message is in it, and may be long. */
const maxStack = 65_536;
const maxFrame = 4096;

function fileOf(shown: string): string {
  return shown.startsWith('file://') ? fileURLToPath(shown.replace(/\?.*$/, '')) : shown;
}
