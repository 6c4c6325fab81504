import type { Command, Option } from 'commander';

/** One way to go on with the word at the cursor. */
export interface Candidate {
  readonly value: string;
  readonly description?: string;
}

/** Replaces candidates where the word is the name of a file, which the shell completes better. */
export const files = 'files';

/** The candidates for a place, not filtered yet, or files. */
export type Candidates = readonly Candidate[] | typeof files;

/** Candidates without descriptions. */
export function plain(values: Iterable<string>): Candidate[] {
  return [...values].map((value) => ({ value }));
}

/** The shells that there is a completion for. */
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

/** One of them. */
export type Shell = (typeof shells)[number];

/** The facts about a command line up to the word at the cursor. */
export interface Situation {
  readonly command: Command;
  /** The option whose value is being written; null where none is. */
  readonly option: Option | null;
  /** The text of the word at the cursor before that value: `--to=`. */
  readonly lead: string;
  /** The part of the word at the cursor that is to be completed. */
  readonly current: string;
  /** The words before it that are no options. */
  readonly operands: readonly string[];
  /** The values of each option that was given, by its long flag; of a switch, true. */
  readonly given: ReadonlyMap<string, readonly (string | true)[]>;
  /** True after `--`, where all is operands. */
  readonly isOperand: boolean;
}

/** Reads the words of a command line, without the program's name, as the program itself would; the last is the one at the cursor. */
export function readSituation(program: Command, words: readonly string[]): Situation {
  const before = words.slice(0, -1);
  const last = words.at(-1) ?? '';
  const operands: string[] = [];
  const given = new Map<string, (string | true)[]>();
  let command = program;
  let pending: Option | null = null;
  let isOperand = false;
  const note = (option: Option, value: string | true) => {
    const name = option.long ?? option.flags;
    given.set(name, [...(given.get(name) ?? []), value]);
  };
  for (const word of before) {
    if (pending) {
      note(pending, word);
      pending = null;
    } else if (isOperand || !/^-./.test(word)) {
      const inner = operands.length === 0 ? commandNamed(command, word) : undefined;
      if (inner) command = inner;
      else operands.push(word);
    } else if (word === '--') {
      isOperand = true;
    } else {
      const { option, value } = readFlag(command, word);
      if (option && value === null && option.required) pending = option;
      else if (option) note(option, value ?? true);
    }
  }
  const situation = { command, option: pending, lead: '', current: last, operands, given, isOperand };
  if (pending || isOperand || !last.startsWith('-')) return situation;
  const { option, value } = readFlag(command, last);
  if (!option || value === null) return situation;
  return { ...situation, option, lead: last.slice(0, last.length - value.length), current: value };
}

/** The command of a name inside another; also one that is in no help. */
function commandNamed(outer: Command, name: string): Command | undefined {
  return outer.commands.find((command) => command.name() === name || command.aliases().includes(name));
}

/** An option as written, with the value that is in the same word: `--to=demo`, `-Hname:value`; null where none is. */
function readFlag(command: Command, word: string): { option: Option | undefined; value: string | null } {
  const [, name = word, value = null] = /^(--[^=]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
  const named = command.options.find(({ long, short }) => long === name || short === word);
  if (named || word.startsWith('--')) return { option: named, value };
  const short = command.options.find((option) => option.short === word.slice(0, 2) && option.required);
  return { option: short, value: short ? word.slice(2) : null };
}
