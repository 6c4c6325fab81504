import { dirname, resolve } from 'node:path';
import { shownPath } from '../core/printable.js';
import type { SourceLocation } from '../core/suite.js';
import type { Path, PlacedDocument } from '../documents/document.js';
import type { Suite } from '../suite/suite.js';
import type { Project } from './project.js';
import { readDocument } from './read.js';
import { validate } from './validate.js';

/** A suite that was read and found in order. */
export interface LoadedSuite {
  /** Its file as people see it; for one of a config, its name. */
  readonly shown: string;
  /** Its file, as shown to people. */
  readonly file: string;
  /** The folder that its paths start from. */
  readonly folder: string;
  readonly suite: Suite;
  /** The places of its cases, in order; null where a file has none. */
  readonly places: readonly (SourceLocation | null)[];
}

/** Reads and checks the suite of a file. Throws a UsageError. */
export async function loadSuite(path: string, cwd: string): Promise<LoadedSuite> {
  const shown = shownPath(path, cwd);
  // The schema is loaded while the file is read.
  const [document, { suiteSchema }] = await Promise.all([
    readDocument(path, shown, 'suite.'),
    import('./schema/suiteSchema.js'),
  ]);
  const suite = await validate(suiteSchema, document, shown);
  return { shown, file: shown, folder: dirname(path), suite, places: await locateCases(suite, document, ['cases']) };
}

/** A suite of a project's config, which was checked with it. */
export async function configSuite({ file, folder, config }: Project, name: string, cwd: string): Promise<LoadedSuite> {
  const suite = config.suites![name]!;
  const shown = file!;
  // A script has no places, and it need not run twice.
  const document = /\.(json|ya?ml)$/.test(shown) ? await readDocument(resolve(cwd, shown), shown, 'config.') : null;
  const places = document ? await locateCases(suite, document, ['suites', name, 'cases']) : suite.cases.map(() => null);
  return { shown: name, file: shown, folder, suite, places };
}

function locateCases(suite: Suite, { locate }: PlacedDocument, path: Path): Promise<(SourceLocation | null)[]> {
  return Promise.all(
    suite.cases.map(async (_, at) => {
      const [line, column] = (await locate([...path, at]))?.split(':').map(Number) ?? [];
      return line === undefined || column === undefined ? null : { line, column };
    }),
  );
}
