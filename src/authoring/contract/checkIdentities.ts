import type { ContractProblem } from '../../core/contract.js';
import { nearest } from '../../core/nearest.js';
import type { Identity, IdentityGroup } from '../../core/provider.js';
import { isCounted, timeKindOf, timeShape } from '../../core/time.js';
import { allPaths, formatPath, getPath, parsePath } from '../../json/path.js';
import { type Json, JsonNumber } from '../../json/value.js';
import { failure, warning } from './problem.js';
import type { ContractSubject } from './subject.js';

/** The text of every string and number of a document. */
function leaves(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof JsonNumber) return [value.text];
  if (Array.isArray(value)) return value.flatMap(leaves);
  return value instanceof Map ? [...value.values()].flatMap(leaves) : [];
}

/** Identities and times that no sample holds. */
export function checkIdentities({ provider, samples }: ContractSubject): ContractProblem[] {
  return provider.identities.flatMap((group, at) => {
    const told = samples.filter(({ event }) => group.events.includes(event)).map(({ body }) => body);
    if (told.length === 0) return [];
    const texts = told.flatMap(leaves);
    const where = `identities[${at}] (${group.name})`;
    return [
      ...group.ids.flatMap((identity) => ofIdentity(identity, told, texts).map((what) => failure(`${where}: ${what}`))),
      ...group.times
        .filter((kind) => !texts.some((text) => new RegExp(`^${timeShape(kind)}$`).test(text)))
        .map((kind) => warning(`${where}: times: no sample of it writes a time as ${kind}.`)),
      ...eventTimes(group, told).map((what) => failure(`${where}: ${what}`)),
      ...still(group, told).map((what) => warning(`${where}: ${what}`)),
    ];
  });
}

function ofIdentity(
  { literal, path, prefix = '', at }: Identity,
  told: readonly Json[],
  texts: readonly string[],
): string[] {
  const missing = at !== undefined && !texts.includes(at) ? [`at: no sample of it holds the time ${at}.`] : [];
  if (literal !== undefined) {
    return texts.some((text) => text.includes(literal))
      ? missing
      : [`no sample of it holds the literal ${JSON.stringify(literal)}.`, ...missing];
  }
  const found = told.flatMap((body) => getPath(body, parsePath(path!)) ?? []);
  if (found.length === 0) return [`no sample of it has ${path}.${didYouMean(path!, told)}`, ...missing];
  if (found.some((value) => typeof value === 'string' && value.startsWith(prefix))) return missing;
  const reason = found.some((value) => typeof value === 'string')
    ? `begins with ${JSON.stringify(prefix)} in no sample.`
    : 'is no text. Name what stands there as "literal", and not its path.';
  return [`${path} ${reason}`, ...missing];
}

function eventTimes({ eventTime, times }: IdentityGroup, told: readonly Json[]): string[] {
  const counted = times.filter(isCounted).map((kind) => new RegExp(`^${timeShape(kind)}$`));
  const isTime = (value: Json | undefined) =>
    typeof value === 'string' || (value instanceof JsonNumber && counted.some((shape) => shape.test(value.text)));
  return eventTime
    .filter((path) => !told.some((body) => isTime(getPath(body, parsePath(path)))))
    .map((path) => `eventTime: no sample of it has a time of its formats at ${path}.${didYouMean(path, told)}`);
}

/** Times in writing that stay as they are, because the group does not name their format. */
function still({ times }: IdentityGroup, told: readonly Json[]): string[] {
  const kinds = new Set(told.flatMap(leaves).flatMap((text) => timeKindOf(text) ?? []));
  return [...kinds]
    .filter((kind) => !times.includes(kind))
    .map((kind) => `times: samples of it write times as ${kind}, which stay as they are. Add ${kind}.`);
}

function didYouMean(path: string, told: readonly Json[]): string {
  const near = nearest(path, [...new Set(told.flatMap((body) => allPaths(body).map(formatPath)))]);
  return near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
}
