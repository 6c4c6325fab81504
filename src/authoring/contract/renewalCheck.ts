import type { ContractProblem } from '../../core/contract.js';
import { nearest } from '../../core/nearest.js';
import type { Identity, IdentityGroup } from '../../core/provider.js';
import { seededRandom } from '../../core/random.js';
import { timeKind, timeKindOf, timeShape } from '../../core/time.js';
import { allPaths, formatPath, getPath, parsePath } from '../../json/path.js';
import { type Json, JsonNumber } from '../../json/value.js';
import {
  compilePayload,
  eventTimeOf,
  fillPayload,
  isIdNumber,
  replacementsOf,
  timeKindIn,
} from '../../payloads/compiled.js';
import { findIdentityGroup, IdentityRenewal } from '../../payloads/identityRenewal.js';
import { verifyReceivedAsync } from '../../verify/verify.js';
import { bodyOf, createContractDelivery, verifyPlain } from './createContractDelivery.js';
import { type ContractSample, type ContractSubject, failure, warning } from './subject.js';

/** Finds samples that are wrong once their ids and times are renewed. */
export async function checkRenewal(subject: ContractSubject): Promise<ContractProblem[]> {
  const problems = subject.samples.map(async (sample) => {
    const group = findIdentityGroup(subject.provider.identities, sample.event);
    if (!group) return [];
    const lengths = wrongLengths(sample, group);
    return lengths.length > 0 ? lengths : renewed(subject, sample, group);
  });
  return (await Promise.all(problems)).flat();
}

function wrongLengths({ body, name }: ContractSample, group: IdentityGroup): ContractProblem[] {
  return replacementsOf(body, group).flatMap((replacement) => {
    try {
      new IdentityRenewal(0, seededRandom(1)).text(replacement);
      return [];
    } catch {
      const { literal } = replacement;
      const kind = replacement.type === 'identity' ? replacement.identity.kind : replacement.kind;
      return failure(
        `${name}: ${JSON.stringify(literal)} is not written as ${kind} writes it: a fresh one would not be as long. Take another kind.`,
      );
    }
  });
}

async function renewed(
  subject: ContractSubject,
  sample: ContractSample,
  group: IdentityGroup,
): Promise<ContractProblem[]> {
  const { provider } = subject;
  const bytes = bodyOf(subject, sample);
  const payload = compilePayload({
    sample: sample.body,
    bytes,
    identityGroup: group,
    fresh: 'all',
    dialect: provider.dialect,
  });
  if (payload.holes.length === 0) {
    return [warning(`${sample.name}: belongs to the identities ${group.name}, but holds none of its ids and times.`)];
  }
  const filled = fillPayload(payload, new IdentityRenewal(12_345_678_901, seededRandom(7)));
  if (filled.length !== bytes.length || Buffer.from(filled).equals(bytes)) {
    return [failure(`${sample.name}: does not change when all its ids and times are renewed.`)];
  }
  try {
    const delivery = await createContractDelivery(subject, sample, { body: filled });
    const result = await verifyReceivedAsync(provider, delivery, [provider.secret.sample]);
    const wasRight = (await verifyPlain(subject, sample)).ok;
    if (result.ok || !wasRight) return [];
    return [failure(`${sample.name}: with fresh ids and times a receiver could not verify it: ${result.reason}.`)];
  } catch {
    // Another check reports that no delivery can be made.
    return [];
  }
}

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
    const bodies = samples.filter(({ event }) => findIdentityGroup([group], event)).map(({ body }) => body);
    if (bodies.length === 0) return [];
    const inTexts = bodies.flatMap((body) => (typeof body === 'string' ? replacementsOf(body, group) : []));
    const texts = [...bodies.flatMap(leaves), ...inTexts.map(({ literal }) => literal)];
    const where = `identities[${at}] (${group.name})`;
    return [
      ...group.ids.flatMap((identity) =>
        checkIdentity(identity, bodies, texts).map((what) => failure(`${where}: ${what}`)),
      ),
      ...group.times
        .filter((kind) => !texts.some((text) => new RegExp(`^${timeShape(timeKind(kind))}$`).test(text)))
        .map((kind) => warning(`${where}: times: no sample of it writes a time as ${timeKind(kind)}.`)),
      ...eventTimes(group, bodies).map((what) => failure(`${where}: ${what}`)),
      ...still(group, bodies).map((what) => warning(`${where}: ${what}`)),
    ];
  });
}

function checkIdentity(
  { literal, path, prefix = '', at }: Identity,
  bodies: readonly Json[],
  texts: readonly string[],
): string[] {
  const missing = at !== undefined && !texts.includes(at) ? [`at: no sample of it holds the time ${at}.`] : [];
  if (literal !== undefined) {
    return texts.some((text) => text.includes(literal))
      ? missing
      : [`no sample of it holds the literal ${JSON.stringify(literal)}.`, ...missing];
  }
  const found = bodies.flatMap((body) => getPath(body, parsePath(path!)) ?? []);
  if (found.length === 0) return [`no sample of it has ${path}.${didYouMean(path!, bodies)}`, ...missing];
  if (found.some((value) => typeof value === 'string' && value.startsWith(prefix))) return missing;
  if (prefix === '' && found.some((value) => value instanceof JsonNumber && isIdNumber(value))) return missing;
  const reason = found.some((value) => typeof value === 'string')
    ? `begins with ${JSON.stringify(prefix)} in no sample.`
    : 'is neither text nor a whole number of five digits or more. Name what stands there as "literal", and not its path.';
  return [`${path} ${reason}`, ...missing];
}

function eventTimes(group: IdentityGroup, bodies: readonly Json[]): string[] {
  const isTime = (value: Json | undefined) =>
    timeKindIn(group, value) !== undefined || (typeof value === 'string' && timeKindOf(value) !== undefined);
  const { now: _, ...timed } = group;
  const hasTime = (body: Json, path: string) =>
    typeof body === 'string'
      ? eventTimeOf(body, { ...timed, eventTime: [path] }) !== null
      : isTime(getPath(body, parsePath(path)));
  return group.eventTime
    .filter((path) => !bodies.some((body) => hasTime(body, path)))
    .map((path) => `eventTime: no sample of it has a time of its formats at ${path}.${didYouMean(path, bodies)}`);
}

/** Times in writing that stay as they are, because the group does not name their format. */
function still({ times }: IdentityGroup, bodies: readonly Json[]): string[] {
  const kinds = new Set(bodies.flatMap(leaves).flatMap((text) => timeKindOf(text) ?? []));
  return [...kinds]
    .filter((kind) => !times.includes(kind))
    .map((kind) => `times: samples of it write times as ${kind}, which stay as they are. Add ${kind}.`);
}

function didYouMean(path: string, bodies: readonly Json[]): string {
  const near = nearest(path, [...new Set(bodies.flatMap((body) => allPaths(body).map(formatPath)))]);
  return near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
}
