import type { Command } from 'commander';
import type { Io } from '../../io/io.js';
import { type Candidate, type Candidates, files, readSituation, type Situation } from './situation.js';
import { argumentValues, optionValues } from './values.js';

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

/** Returns the text of a word as a shell has it on its command line, with quotes and backslashes; expands nothing. */
function unquote(word: string): string {
  const token = /\\([\s\S])|'([^']*)'?|"((?:[^"\\]|\\[\s\S])*)"?|([^\\'"]+)/g;
  let text = '';
  for (const [, escaped, single, double, bare] of word.matchAll(token)) {
    text += escaped ?? single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? bare ?? '';
  }
  return text;
}

/** The ways to go on with a command line whose last word is the one at the cursor, as whole words; or files. */
async function candidatesFor(program: Command, words: readonly string[], io: Io): Promise<Candidates> {
  const situation = readSituation(program, words);
  const { option, current, lead } = situation;
  const found = option ? await completeValue(situation, io) : await completeWord(program, situation, io);
  if (found === files) return files;
  const fitting = found.filter(({ value }) => value.startsWith(current));
  const known = new Map(fitting.toReversed().map((each) => [each.value, { ...each, value: `${lead}${each.value}` }]));
  return [...known.values()].toReversed();
}

/** Values of the option, without those that it has already. */
async function completeValue(situation: Situation, io: Io): Promise<Candidates> {
  const option = situation.option!;
  const found = await optionValues(option, situation, io);
  const had = situation.given.get(option.long ?? '') ?? [];
  return found === files ? files : found.filter(({ value }) => !had.includes(value));
}

async function completeWord(program: Command, situation: Situation, io: Io): Promise<Candidates> {
  const { command, operands, current, isOperand } = situation;
  if (!isOperand && current.startsWith('-')) return listOptions(situation);
  if (command.commands.length > 0) {
    const isHelp = command === program && operands.length === 1 && operands[0] === 'help';
    return operands.length === 0 || isHelp ? listCommands(command) : [];
  }
  const last = command.registeredArguments.at(-1);
  const argument = command.registeredArguments[operands.length] ?? (last?.variadic ? last : undefined);
  const options = isOperand ? [] : listOptions(situation);
  if (!argument) return options;
  const found = await argumentValues(argument.name(), situation, io);
  if (found === files || !argument.variadic) return found;
  const index = command.registeredArguments.indexOf(argument);
  const rest = found.filter(({ value }) => !operands.slice(index).includes(value));
  return operands.length > index ? [...rest, ...options] : rest;
}

function listCommands(outer: Command): Candidate[] {
  const commands = outer.createHelp().visibleCommands(outer);
  return commands.map((command) => ({
    value: command.name(),
    description: command.summary() || command.description(),
  }));
}

/** The options that can still be given; those that the help does not show only when `--no-` asks for them. */
function listOptions({ command, given, current }: Situation): Candidate[] {
  const shown = command.createHelp().visibleOptions(command);
  const hidden = command.options.filter((option) => option.hidden && current.startsWith('--no-'));
  return [...shown, ...hidden]
    .filter((option) => !given.has(option.long ?? option.flags) || option.parseArg !== undefined || option.variadic)
    .flatMap(({ long, short, description }) => {
      const value = long ?? short;
      return value === undefined ? [] : [{ value, description }];
    });
}
