import type { Command } from 'commander';
import type { Io } from '../../io/io.js';
import { type Candidate, files } from './candidate.js';
import { candidatesFor } from './candidates.js';
import { unquote } from './unquote.js';

/** Characters of a description that are shown at most. */
const longest = 72;

/**
 * The answer to a completion script: a line `value<TAB>description` for each candidate. No line lets the shell complete
 * the names of files; a line without a value says that there is nothing to complete.
 */
export async function complete(
  program: Command,
  words: readonly string[],
  shell: string | true | undefined,
  io: Io,
): Promise<string> {
  const quoted = { bash: words.length, fish: 1 }[String(shell)] ?? 0;
  const plain = words.map((word, i) => (i >= words.length - quoted ? unquote(word) : word));
  const found = await candidatesFor(program, plain, io);
  if (found === files) return '';
  if (found.length === 0) return '\t\n';
  return found.map((candidate) => `${line(candidate, shell !== 'bash')}\n`).join('');
}

function line({ value, description = '' }: Candidate, describes: boolean): string {
  if (!describes || description === '') return value;
  const text = description.replace(/[\p{Cc}\s]+/gu, ' ');
  const characters = [...text];
  return `${value}\t${characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : text}`;
}
