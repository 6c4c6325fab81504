import { parseEnvReference } from '../../config/address.js';
import type { Header } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import { variablesIn } from '../../core/variables.js';
import type { World } from '../../core/world.js';
import { checkHeader } from '../../delivery/header.js';
import type { NameOf, OptionSet, OptionValues } from '../../options/option.js';
import { readOptions } from '../../options/readOptions.js';
import { expandExpectations } from '../../suite/expectation.js';
import type { SuiteCase } from '../../suite/suite.js';

/** The options that a case's keys are, and its headers whose values came from the environment. */
export interface CaseOptions<S extends OptionSet> {
  readonly options: OptionValues<S>;
  readonly secretHeaders: readonly Header[];
}

/** A case with its variables filled in. */
export interface FilledCase {
  readonly filled: SuiteCase;
  /** The same as it was written: what a variable holds names no environment variable. */
  readonly written: SuiteCase;
  /** Names of the variables whose values came from the environment. */
  readonly secretNames: ReadonlySet<string>;
}

const keyName: NameOf = (key) => key;

/** Reads the keys of a case that are options of a set. Throws a UsageError for the first that is wrong. */
export function caseOptions<S extends OptionSet>(set: S, each: FilledCase, io: World): CaseOptions<S> {
  const headers = Object.entries(each.filled.header ?? {});
  const secretHeaders = headers.flatMap((header) => secretHeader(header, each, io));
  const secret = new Set(secretHeaders.map(([name]) => name));
  const header = headers.filter(([name]) => !secret.has(name));
  const { status } = expandExpectations(each.filled.expect);
  const given = { ...each.filled, header: Object.fromEntries(header), expect: status };
  return { options: readOptions(set, given, keyName), secretHeaders };
}

/** A header whose value comes from the environment, at once or through a variable of the suite; else nothing. */
function secretHeader([name, text]: Header, { written, secretNames }: FilledCase, { env }: World): Header[] {
  const asWritten = written.header?.[name] ?? '';
  const variable = asWritten.startsWith('env:') ? parseEnvReference(text) : null;
  if (variable === null) {
    if (!variablesIn(asWritten).some((each) => secretNames.has(each))) return [];
    checkHeader(name, text);
    return [[name, text]];
  }
  const value = env[variable];
  if (!value)
    throw new UsageError('BAD_HEADER', `header.${name}: the environment has no variable ${variable}. Set it.`);
  checkHeader(name, value);
  return [[name, value]];
}
