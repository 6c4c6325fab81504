import type { ContractProblem } from '../../core/contract.js';
import type { Identity, IdentityGroup } from '../../core/provider.js';
import { type CountedTimeKind, countedTimeKinds, timeKindOf, timeShape } from '../../core/time.js';
import { allPaths, formatPath, getPath } from '../../json/path.js';
import { type Json, JsonNumber } from '../../json/value.js';
import { eventTimeOf, replacementsOf, timeKindIn } from '../../payloads/compiled.js';
import { findIdentityGroup, type Replacement } from '../../payloads/identityRenewal.js';
import { type ContractSample, type ContractSubject, failure, warning } from './subject.js';

/** Ids and times that each delivery of an event repeats, because of how its identities are described. */
export function checkRepeated({ provider, samples }: ContractSubject): ContractProblem[] {
  const filled = new Set((provider.fields ?? []).map(([path]) => path));
  const withGroups = samples.map((sample) => ({ sample, group: findIdentityGroup(provider.identities, sample.event) }));
  const grouped = withGroups.flatMap(({ sample, group }) => (group ? [{ sample, group }] : []));
  const others = withGroups.filter(({ group }) => group === undefined);
  return [
    ...together(grouped, ({ sample, group }) => namedTwice(sample, group)).map((message) => failure(message)),
    ...grouped.flatMap(({ sample, group }) => checkFixedTimes(sample, group)),
    ...together(grouped, ({ sample, group }) => countedTimes(sample, group, filled)).map((message) => warning(message)),
    ...together(others, ({ sample }) => untoldTimes(sample, filled)).map((message) => warning(message)),
  ];
}

/** The same message about several samples, once. */
function together<T extends { readonly sample: ContractSample }>(
  items: readonly T[],
  find: (each: T) => readonly string[],
): string[] {
  const names = new Map<string, string[]>();
  for (const each of items)
    for (const message of find(each)) names.set(message, [...(names.get(message) ?? []), each.sample.name]);
  return [...names].map(([message, samples]) => `${named(samples)}: ${message}`);
}

/** Texts that two identities name in different ways, of which only one can be in force. */
function namedTwice({ body }: ContractSample, group: IdentityGroup): string[] {
  const byLiteral = new Map<string, Identity[]>();
  for (const { literal, identity } of replacementsOf(body, group).filter(isIdentity))
    byLiteral.set(literal, [...(byLiteral.get(literal) ?? []), identity]);
  return [...byLiteral].flatMap(([literal, [first, ...others]]) =>
    others
      .filter((other) => rulesKey(other) !== rulesKey(first!))
      .map(
        (other) =>
          `identities ${group.name}: ${describePlace(first!)} and ${describePlace(other)} are the same id, ${JSON.stringify(literal)}, under different rules. Leave one of them out.`,
      ),
  );
}

function isIdentity(replacement: Replacement): replacement is Replacement & { type: 'identity' } {
  return replacement.type === 'identity';
}

function describePlace({ literal, path }: Identity): string {
  return path === undefined ? `the literal ${literal}` : `the path ${path}`;
}

function rulesKey({ kind, pattern, at, zone, deduplicates }: Identity): string {
  return JSON.stringify([kind, pattern, at, zone, deduplicates ?? false]);
}

/** Warns about times of a sample that never change, because none of them is known to be that of the event. */
function checkFixedTimes({ body, name }: ContractSample, group: IdentityGroup): ContractProblem[] {
  const found = replacementsOf(body, group).filter(({ type }) => type === 'time');
  if (found.length === 0 || eventTimeOf(body, group) !== null) return [];
  const [place] = listLeaves(body).filter(({ value }) => timeKindIn(group, value) !== undefined);
  const advice = place === undefined ? 'what stands before it' : `its path, such as ${place.path},`;
  return [
    warning(
      `${name}: has the same times in each delivery, because no eventTime of the identities ${group.name} is in it. Name ${advice} in eventTime, or give the group the time of now.`,
    ),
  ];
}

const timeNames = /(^|_)(time|timestamp|stamp|date|ts|at)$|[a-z](Time|Timestamp|Date|At)$/;

/** Times that count from 1970, by their names, in a format that the group does not name. */
function countedTimes({ body }: ContractSample, group: IdentityGroup, filled: ReadonlySet<string>): string[] {
  return listLeaves(body).flatMap((leaf) => {
    const kind = countedKind(leaf);
    if (!kind || filled.has(leaf.path) || timeKindIn(group, leaf.value) !== undefined) return [];
    const format = leaf.value instanceof JsonNumber ? kind : `{ format: ${kind}, as: text }`;
    return `${leaf.path} is a time that stays in each delivery. Add ${format} to times of the identities ${group.name}.`;
  });
}

/** Times of a sample that belongs to no identities. */
function untoldTimes({ body }: ContractSample, filled: ReadonlySet<string>): string[] {
  const times = listLeaves(body).filter(
    (leaf) =>
      !filled.has(leaf.path) &&
      (countedKind(leaf) ?? (typeof leaf.value === 'string' ? timeKindOf(leaf.value) : undefined)) !== undefined,
  );
  if (times.length === 0) return [];
  return [`${times[0]!.path} is a time that stays in each delivery, for no identities are of this event.`];
}

function countedKind({ name, value }: Leaf): CountedTimeKind | undefined {
  if (!timeNames.test(name)) return undefined;
  const text = value instanceof JsonNumber ? value.text : value;
  return countedTimeKinds.find((each) => new RegExp(`^${timeShape(each)}$`).test(text));
}

interface Leaf {
  readonly path: string;
  /** Of the member in which it is. */
  readonly name: string;
  readonly value: string | JsonNumber;
}

function listLeaves(body: Json): Leaf[] {
  return allPaths(body).flatMap((steps): Leaf[] => {
    const value = getPath(body, steps);
    if (typeof value !== 'string' && !(value instanceof JsonNumber)) return [];
    const name = String(steps.findLast((step) => typeof step === 'string') ?? '');
    return [{ path: formatPath(steps), name, value }];
  });
}

function named(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}
