import { resolve } from 'node:path';
import { isSuiteFile, suitesBelow } from '../../config/findSuites.js';
import { configSuite, type LoadedSuite, loadSuite } from '../../config/loadSuite.js';
import type { Project } from '../../config/project.js';
import { statIfAny } from '../../config/read.js';
import { UsageError } from '../../core/errors.js';
import { unknownName } from '../../core/nearest.js';
import { shownPath } from '../../core/printable.js';

/**
 * The suites that a command line names: files, folders or suites of the config; without a name all of the config and all
 * files from the working folder down. Throws a UsageError where there is none.
 */
export async function loadSuites(names: readonly string[], project: Project, cwd: string): Promise<LoadedSuite[]> {
  if (names.length > 0) {
    const found = (await Promise.all(names.map((name) => named(name, project, cwd)))).flat();
    // A folder and a file in it name that file twice.
    return [...new Map(found.map((suite) => [suite.shown, suite])).values()];
  }
  const files = suitesBelow(cwd);
  const own = Object.keys(project.config.suites ?? {});
  if (files.length + own.length === 0) {
    throw new UsageError(
      'NO_SUITE',
      `There is no suite here: neither a file *.webhooks.yaml (or .json, .ts) from ${cwd} down, nor "suites" in a config. Name a file, or write one:\n\n${smallest}`,
    );
  }
  return Promise.all([
    ...own.map((name) => configSuite(project, name, cwd)),
    ...files.map((path) => loadSuite(path, cwd)),
  ]);
}

const smallest = `  # smoke.webhooks.yaml
  target: http://127.0.0.1:3000/webhooks
  cases:
    - send: scalev order.created`;

async function named(name: string, project: Project, cwd: string): Promise<LoadedSuite[]> {
  const { suites = {} } = project.config;
  if (Object.hasOwn(suites, name)) return [await configSuite(project, name, cwd)];
  const path = resolve(cwd, name);
  const kind = kindOf(path);
  if (kind === 'folder') {
    const files = suitesBelow(path);
    if (files.length > 0) return Promise.all(files.map((file) => loadSuite(file, cwd)));
    throw new UsageError('NO_SUITE', `There is no suite (*.webhooks.yaml, .json, .ts) in ${shownPath(path, cwd)}.`);
  }
  if (kind === 'file') return [await loadSuite(path, cwd)];
  const known = [...Object.keys(suites), ...suitesNear(name, cwd)];
  throw unknownName('UNKNOWN_SUITE', `There is no suite ${name}: no such file, and no such name in a config.`, {
    name,
    known,
  });
}

function suitesNear(name: string, cwd: string): string[] {
  return isSuiteFile(name) || !/[/\\]/.test(name) ? suitesBelow(cwd).map((path) => shownPath(path, cwd)) : [];
}

function kindOf(path: string): 'file' | 'folder' | null {
  const stat = statIfAny(path);
  return stat === undefined ? null : stat.isDirectory() ? 'folder' : 'file';
}
