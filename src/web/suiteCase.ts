import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { isSuiteFile, suitesBelow } from '../config/findSuites.js';
import type { Project } from '../config/project.js';
import { UsageError } from '../core/errors.js';
import type { LogEntry } from '../core/logEntry.js';
import type { World } from '../core/world.js';
import { addListValue } from '../documents/addListValue.js';
import { writeYaml } from '../documents/writeYaml.js';
import { commandLine } from '../export/commandLine.js';
import { parsedBody } from '../json/dialect.js';
import { writeFaithfully } from '../json/encodeJson.js';
import { loadSample } from '../payloads/load.js';
import { providerOfKept } from '../session/resend/providerOfKept.js';
import { findPayloadChanges } from './payloadChanges.js';
import type { SuiteCaseRequest, WrittenCase } from './protocol.js';
import { findSpecialFields } from './sample.js';

/** Folders below the project's in which suites are offered. */
const levels = 4;
const yaml = /\.ya?ml$/;

/** The suites to which a case can be added, by their paths from the project's folder; none without a config. */
export function listSuites({ file, folder }: Project): string[] {
  if (file === null) return [];
  return suitesBelow(folder, levels)
    .filter((path) => yaml.test(path))
    .map((path) => slashed(relative(folder, path)));
}

/** A delivery of the log as a case of a suite, added to a file where one is named. Throws a UsageError. */
export async function writeSuiteCase(
  entry: LogEntry,
  { name, saveTo }: SuiteCaseRequest,
  project: Project,
  io: Pick<World, 'env'>,
): Promise<WrittenCase> {
  const written = await caseOf(entry, name, project);
  const yamlText = writeYaml([written]);
  if (saveTo === undefined) return { yaml: yamlText, savedTo: null, command: null };
  const path = suitePath(saveTo, project);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  writeFileSync(path, addListValue(before, 'cases', written));
  const shown = slashed(relative(project.folder, path));
  return { yaml: yamlText, savedTo: shown, command: commandLine(['webhook-sim', 'run', shown], io) };
}

/** A path as all shells take it, and all systems. */
function slashed(path: string): string {
  return path.split(sep).join('/');
}

/** The file of a suite in the project's folder. Throws a UsageError for any other place. */
function suitePath(text: string, { folder }: Project): string {
  const path = resolve(folder, text);
  if (!isSuiteFile(path) || !yaml.test(path)) {
    throw new UsageError('BAD_SUITE', 'The name of a suite ends in .webhooks.yaml.', {
      hint: 'Write, for example, smoke.webhooks.yaml',
    });
  }
  const parent = dirname(path);
  const isInside = (inner: string, outer: string) => inner === outer || inner.startsWith(outer + sep);
  if (!existsSync(parent)) throw new UsageError('BAD_SUITE', `There is no folder ${relative(folder, parent)}.`);
  const place = existsSync(path) ? realpathSync(path) : realpathSync(parent);
  if (isInside(place, realpathSync(folder))) return path;
  throw new UsageError('BAD_SUITE', 'A suite is saved in the folder of the project, and nowhere else.');
}

/** Returns a suite case for a delivery: what it sends, its differences from the sample, and the answer. */
async function caseOf(entry: LogEntry, name: string | undefined, project: Project): Promise<object> {
  const provider = providerOfKept(entry, project);
  const { event, variant, forge, target, direction, outcome, attempts } = entry;
  if (!Object.hasOwn(provider.events, event)) {
    throw new UsageError('UNKNOWN_EVENT', `${provider.title} has no event ${event}, so that no case can send it.`);
  }
  const status = attempts.at(-1)!.status;
  const isForged = forge !== null;
  const isUsual = isForged ? outcome === 'rejected' : outcome === 'accepted';
  return {
    ...(name !== undefined && name.trim() !== '' && { name: name.trim() }),
    send: `${provider.name} ${event}`,
    ...(variant !== null && { variant }),
    ...(target !== null && direction === 'sent' && { to: target }),
    ...(forge !== null && { forge }),
    ...(isForged ? {} : await changesOf(entry, provider)),
    ...(direction === 'sent' && !isUsual && status !== null && { expect: { status } }),
  };
}

/** In what a payload differs from the sample of its event, but for what each delivery renews. */
async function changesOf({ event, variant, body }: LogEntry, provider: ReturnType<typeof providerOfKept>) {
  const payload = body === null ? undefined : parsedBody(body, provider);
  if (payload === undefined) return {};
  const sample = await loadSample({ provider, event, variant });
  const changes = findPayloadChanges(sample, payload);
  if (changes === null) return {};
  const renewed = new Set(findSpecialFields(sample, { provider, event }).map(({ path }) => path));
  const set = changes.set.filter(([path]) => !renewed.has(path));
  const unset = changes.unset.filter((path) => !renewed.has(path));
  return {
    ...(set.length > 0 && {
      set: Object.fromEntries(set.map(([path, value]) => [path, JSON.parse(writeFaithfully(value, 'js'))])),
    }),
    ...(unset.length > 0 && { unset }),
  };
}
