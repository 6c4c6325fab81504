/** A word of a shell command, in which each character is one byte; `variables` are those that it holds as `$NAME`. */
export interface ShellWord {
  readonly text: string;
  readonly variables: readonly string[];
  /** The reason why only a shell can know the word; null for one that is known. */
  readonly refusal: ShellRefusal | null;
}

/** The reason why a command can't be read without a shell, as the end of a sentence. */
export class ShellRefusal extends Error {}

/** A simple command with its input; a refusal in place of an input that only a shell could know. */
export interface ShellCommand {
  readonly words: readonly ShellWord[];
  /** Its input from a here-document, a here-string or a redirection; null for the output of the command before it in its pipeline. */
  readonly input: ShellWord | null;
}

/** Commands, each of which reads the output of the one before it. */
export type Pipeline = readonly ShellCommand[];

/** Returns the text of a word without anything of a shell. Throws a ShellRefusal; `what` names the word. */
export function knownText({ text, variables, refusal }: ShellWord, what: string): string {
  if (refusal) throw refusal;
  if (variables.length === 0) return text;
  throw new ShellRefusal(
    `${what} holds the shell variable $${variables[0]}. Put its value there, or the word in single quotes`,
  );
}
