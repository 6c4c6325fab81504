import { sampleFilesIn } from '../../config/ownSamples.js';
import type { ContractProblem } from '../../core/contract.js';
import { UsageError } from '../../core/errors.js';
import type { Provider } from '../../core/provider.js';
import { JsonSyntaxError } from '../../json/parse.js';
import { type Json, toJson } from '../../json/value.js';
import { readSampleFile } from '../../payloads/readSampleFile.js';
import { failure } from './problem.js';
import { sampleFileOf } from './subject.js';

/** All samples that are there, by name, and what is wrong with those that can't be read. */
export interface ReadSamples {
  readonly names: readonly string[];
  readonly bodies: ReadonlyMap<string, Json>;
  readonly problems: readonly ContractProblem[];
}

/** Reads the samples of a provider, whatever events it names. */
export function readSamples(samples: Provider['samples'], cwd: string): ReadSamples {
  if (typeof samples !== 'string') {
    const told = Object.entries(samples ?? {});
    const bodies = new Map(told.map(([name, body]) => [name, toJson(body)]));
    return { names: [...bodies.keys()], bodies, problems: [] };
  }
  const names = sampleFilesIn(samples).map((file) => file.slice(0, -'.json'.length));
  const bodies = new Map<string, Json>();
  const problems: ContractProblem[] = [];
  for (const name of names) {
    const file = sampleFileOf(samples, name, cwd);
    try {
      bodies.set(name, readSampleFile(samples, `${name}.json`));
    } catch (error) {
      problems.push(unreadable(error, file));
    }
  }
  return { names, bodies, problems };
}

function unreadable(error: unknown, file: string): ContractProblem {
  if (error instanceof UsageError) return failure(error.message, { file });
  if (error instanceof JsonSyntaxError) {
    const { line, column } = error;
    return failure(`is not JSON: ${error.message.replace(/ at line \d+, column \d+$/, '')}.`, { file, line, column });
  }
  const { code } = error as NodeJS.ErrnoException;
  const reason = code === undefined || code.startsWith('ERR_ENCODING') ? 'it is not UTF-8' : code;
  return failure(`can't be read: ${reason}.`, { file });
}
