import type { CommanderError } from 'commander';
import type { ErrorFacts } from '../../core/errors.js';

interface ParseProblem {
  readonly code: string;
  readonly problem: string;
  readonly hint: string | null;
  readonly facts: ErrorFacts;
}

/** The parser's errors, with our code and the meaning of the quoted word in the message. */
const kinds: Record<string, readonly [code: string, fact: string | null]> = {
  'commander.unknownOption': ['UNKNOWN_OPTION', 'option'],
  'commander.unknownCommand': ['UNKNOWN_COMMAND', 'command'],
  'commander.missingArgument': ['NO_ARGUMENT', 'argument'],
  'commander.optionMissingArgument': ['NO_VALUE', 'option'],
  'commander.missingMandatoryOptionValue': ['NO_OPTION', 'option'],
  'commander.conflictingOption': ['CONFLICT', 'option'],
  'commander.invalidArgument': ['BAD_VALUE', 'option'],
  'commander.excessArguments': ['TOO_MANY_ARGUMENTS', null],
};

/** Converts an error of the parser into the fault of the arguments. */
export function parseProblem({ code, message }: CommanderError): ParseProblem {
  const hint = 'Run with --help to see what there is.';
  if (code === 'commander.help') return { code: 'NO_COMMAND', problem: 'No command is given.', hint, facts: {} };
  const [kind, fact] = kinds[code] ?? ['BAD_ARGUMENTS', null];
  const [problem = '', suggestion] = message.replace(/^error: /, '').split('\n');
  const named = /'([^']*)'/.exec(problem)?.[1];
  const near = /^\(Did you mean (?:one of )?(.*)\?\)$/.exec(suggestion ?? '')?.[1]?.split(', ');
  return {
    code: kind,
    problem: `${problem.charAt(0).toUpperCase()}${problem.slice(1).replace(/\.$/, '')}.`,
    hint: near === undefined ? hint : `Did you mean ${near.join(' or ')}?`,
    facts: { ...(fact && named !== undefined && { [fact]: named }), ...(near && { nearest: near }) },
  };
}
