import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { statIfAny } from '../../config/statIfAny.js';
import { UsageError } from '../../core/errors.js';
import { linkTarget } from './reportFile.js';

/** Files that are read, by their names: suites, configs, variables, providers. */
const inputName =
  /\.webhooks\.(?:ya?ml|json|[cm]?[jt]s)$|^webhook-sim\.config\.|^\.env(?:\..+)?$|^provider\.(?:ya?ml|json|[cm]?[jt]s)$/i;

/** Folders between a sample and the description of its provider. */
const sampleDepth = 3;

/** Throws a UsageError for a report in place of what is read: a suite, a config, a `.env` file, a description or sample of a provider. */
export function assertNotInput(flag: string, path: string, inputs: readonly string[]): void {
  const target = linkTarget(path);
  const isInput =
    [path, target].some((each) => inputName.test(basename(each))) ||
    inputs.some((input) => isSameFile(input, target)) ||
    (existsSync(target) && isOfProvider(target));
  if (!isInput) return;
  throw new UsageError(
    'BAD_REPORT',
    `${flag}: that is a file that webhook-sim reads (a suite, config, sample or .env), and it would be lost. Name another file.`,
  );
}

/** Whether two names stand for one file, whatever links lead to it. */
export function isSameFile(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [one, other].map(statIfAny);
  return a !== undefined && b !== undefined && a.isFile() && a.dev === b.dev && a.ino === b.ino;
}

function isOfProvider(path: string): boolean {
  const names = ['provider.yaml', 'provider.yml', 'provider.json', 'provider.ts', 'provider.js'];
  let folder = dirname(path);
  for (let depth = 0; depth < sampleDepth; depth++, folder = dirname(folder)) {
    if (names.some((name) => existsSync(join(folder, name)))) return true;
  }
  return false;
}
