import type { ContractProblem } from '../../core/contract.js';
import { nearest } from '../../core/nearest.js';
import type { Provider } from '../../core/provider.js';
import { wireParts, wirePlaces } from '../../core/wireName.js';
import { getPath, parsePath, unknownPath } from '../../json/path.js';
import type { Json } from '../../json/value.js';
import { partPlace, readPart } from '../../payloads/eventPart.js';
import { readEvent } from '../../payloads/prepare.js';
import { sampleKey, sampleNames, sampleStem } from '../../payloads/sampleName.js';
import { type ContractSubject, failure, sampleFileOf } from './subject.js';

/** The samples that the events and variants of a provider call for, with the names of their files without the ending. */
export function namedSamples(provider: Provider) {
  const nameOf = typeof provider.samples === 'string' ? sampleStem : sampleKey;
  return sampleNames(provider).map((each) => ({ ...each, name: nameOf(each) }));
}

/** Samples that are missing, and those that nothing calls for. */
export function checkSamples(subject: ContractSubject): ContractProblem[] {
  const { provider, sampleNames: found, cwd } = subject;
  const expected = namedSamples(provider).map(({ name }) => name);
  const missing = expected.filter((name) => !found.includes(name));
  const spare = found.filter((name) => !expected.includes(name));
  const fileOf = (name: string) => ({ file: sampleFileOf(provider.samples, name, cwd) });
  return [
    ...missing.map((name) => failure('is missing: a sample of each event and variant has to be there.', fileOf(name))),
    ...spare.map((name) =>
      failure(`belongs to no event or variant. ${suggestName(name, missing, expected)}`, fileOf(name)),
    ),
  ];
}

function suggestName(name: string, missing: readonly string[], expected: readonly string[]): string {
  const [near = []] = [nearest(name, missing), nearest(name, expected)].filter((names) => names.length > 0);
  const [event = '', variant] = name.split('--');
  // A variant that is not named is near to its event, and is not meant to be it.
  const meant = near.filter((each) => each !== event);
  if (meant.length > 0) return `Did you mean ${meant.join(' or ')}? Else name it in the description, or remove it.`;
  return variant === undefined
    ? `Name ${event} among the events, or remove the file.`
    : `Name ${variant} among the variants of ${event}, or remove the file.`;
}

/** Samples that hold another name than that of their event. */
export function checkEventNames({ provider, samples }: ContractSubject): ContractProblem[] {
  const { paths } = wirePlaces(provider);
  return samples.flatMap(({ event, body, file }) => {
    const parts = wireParts(provider, event);
    const wrong = [...paths.entries()].flatMap(([at, path]) =>
      path === undefined || parts[at] === undefined ? [] : wrongPart(body, { path, at, part: parts[at] }, provider),
    );
    if (wrong.length > 0) return wrong.map((problem) => failure(problem, { file }));
    const named = readEvent(provider, body, event) ?? event;
    return named === event ? [] : failure(`is a body of the event ${named}, and not of ${event}.`, { file });
  });
}

function wrongPart(
  body: Json,
  { path, at, part }: { path: string; at: number; part: string },
  provider: Provider,
): string[] {
  const { eventAt } = provider;
  if (readPart(provider, body, path, at) === part) return [];
  if (partPlace(path).isMember) {
    return [`${eventAt === null ? 'wire.body' : 'eventAt'} is ${path}, and the body has no member "${part}" there.`];
  }
  const found = getPath(body, parsePath(path));
  if (found === undefined) {
    return [`${eventAt === null ? 'wire.body' : 'eventAt'} is ${path}. ${unknownPath(body, parsePath(path)).message}`];
  }
  const what = eventAt === null ? "a part of the event's name stands (wire)" : "the event's name stands (eventAt)";
  return [
    `${path}, where ${what}, is ${typeof found === 'string' ? JSON.stringify(found) : 'no text'}. It must be "${part}".`,
  ];
}
