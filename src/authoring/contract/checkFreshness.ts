import type { ContractProblem } from '../../core/contract.js';
import type { Provider } from '../../core/provider.js';
import { seededRandom } from '../../core/random.js';
import { contentSources } from '../../core/schemeFacts.js';
import { isRead } from '../../delivery/readValues.js';
import { proofsOf } from '../../forge/carried.js';
import { allPaths, formatPath, getPath, parsePath } from '../../json/path.js';
import { compilePayload, fillPayload } from '../../payloads/compiled.js';
import { findIdentityGroup, IdentityRenewal, idLike } from '../../payloads/identityRenewal.js';
import { bodyOf } from './createContractDelivery.js';
import { type ContractSample, type ContractSubject, warning } from './subject.js';

/** Events of which a receiver that de-duplicates would take the first delivery only. */
export function checkFreshness(subject: ContractSubject): ContractProblem[] {
  if (hasFreshId(subject.provider)) return [];
  const byPlace = new Map<string, ContractSample[]>();
  for (const sample of subject.samples.filter((each) => !isFresh(subject, each))) {
    const place = likelyId(sample) ?? '';
    byPlace.set(place, [...(byPlace.get(place) ?? []), sample]);
  }
  return [...byPlace].map(([place, samples]) => {
    const names = samples.map(({ name }) => name).join(', ');
    return warning(
      `${names}: no id is fresh in the next delivery, so that a receiver that de-duplicates takes only the first. ${advice(place, samples[0]!, subject.provider)}`,
    );
  });
}

/** Returns whether each delivery has an id of its own, in a header, a field or a token. */
function hasFreshId(provider: Provider): boolean {
  const { sentNames, signatures } = proofsOf(provider);
  const tokens = signatures.filter(({ scheme }) => scheme === 'jwt').flatMap(contentSources);
  return Object.entries(provider.values).some(
    ([name, spec]) =>
      spec.kind !== 'time' &&
      !isRead(spec) &&
      (sentNames.some((each) => each.name === name) || tokens.some((source) => source.includes(`{${name}}`))),
  );
}

/** Returns whether two deliveries of a sample differ in an id that receivers de-duplicate on. */
function isFresh(subject: ContractSubject, sample: ContractSample): boolean {
  const group = findIdentityGroup(subject.provider.identities, sample.event);
  const deduplicating = group && {
    ...group,
    ids: group.ids.filter(({ deduplicates }) => deduplicates),
    eventTime: [],
  };
  const { dialect } = subject.provider;
  const bytes = bodyOf(subject, sample);
  const payload = compilePayload({ sample: sample.body, bytes, identityGroup: deduplicating, fresh: 'ids', dialect });
  if (payload.holes.length === 0) return false;
  try {
    const random = seededRandom(3);
    const [first, second] = [1, 2].map((at) => fillPayload(payload, new IdentityRenewal(at, random)));
    return !Buffer.from(first!).equals(second!);
  } catch {
    // The renewal check reports what can't be renewed.
    return true;
  }
}

/** Returns the path of the probable id of an event: the outermost field with such a name or form. */
function likelyId({ body }: ContractSample): string | undefined {
  const texts = allPaths(body)
    .map((steps) => ({ steps, name: String(steps.at(-1)), value: getPath(body, steps) }))
    .flatMap(({ value, ...rest }) => (typeof value === 'string' ? { ...rest, value } : []))
    .sort((a, b) => a.steps.length - b.steps.length);
  const found =
    texts.find(({ steps, name }) => steps.length === 1 && ofEvent.test(name)) ??
    texts.find(({ name, value }) => ofAnything.test(name) && idLike(value).length > 0) ??
    texts.find(({ name }) => ofAnything.test(name)) ??
    texts.find(({ value }) => idLike(value).length > 0);
  return found && formatPath(found.steps);
}

const ofEvent = /^((event|message|delivery|notification|webhook)_?)?(id|uuid|guid)$/i;
const ofAnything = /(^|_)(id|uuid|guid)$|[a-z]I[dD]$/;

function advice(place: string, { event, body }: ContractSample, { identities }: Provider): string {
  const ids = findIdentityGroup(identities, event) ? 'the `ids` of its group' : 'the `ids` of a group in `identities`';
  if (place === '') return `Name one in ${ids}, with deduplicates: true, or put one into a header.`;
  const text = JSON.stringify(getPath(body, parsePath(place)));
  return `${place} (${text}) looks like one: name it in ${ids}, with deduplicates: true.`;
}
