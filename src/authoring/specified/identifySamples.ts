import { isRecord } from '../../core/isRecord.js';
import type { Plain } from '../../core/plain.js';
import type { Identity, IdentityGroup } from '../../core/provider.js';
import { formatTime, type TimeKind, timeKindOf } from '../../core/time.js';
import type { GeneratedSamples } from '../../samples/generateSamples.js';
import { eventMs } from '../../samples/sampleTimes.js';

/** The most ids that a description lists. */
const maxIds = 80;
const ofEvent = /^(?:id|event_?id|eventId|webhook_?id|message_?id|notification_?id)$/;
const ofTime =
  /^(?:created|created_?at|createdAt|timestamp|time|event_?time|occurred_?at|date|sent_?at|creationDate|eventDate|creation_date)$/;

/** Finds the ids and times of generated samples that deliveries renew. */
export function identifySamples({ samples, ids }: GeneratedSamples): IdentityGroup | null {
  const roots = samples.map(({ body }) => (isRecord(body) ? (body as Readonly<Record<string, Plain>>) : {}));
  const text = JSON.stringify(samples.map(({ body }) => body));
  const own = ownId(roots, ids);
  const literals = new Set(own?.literals);
  const shared = ids
    .filter(({ literal }) => !literals.has(literal) && text.includes(literal))
    .slice(0, maxIds)
    .map(({ kind, literal }): Identity => ({ kind, literal }));
  const times = [...new Set(samples.flatMap(({ body }) => findTimeKinds(body)))];
  const eventTime = [
    ...new Set(
      roots.flatMap((root) =>
        Object.keys(root).filter((key) => ofTime.test(key) && findTimeKinds(root[key]!).length > 0),
      ),
    ),
  ];
  const isUntimed = times.length > 0 && !roots.every((root) => eventTime.some((key) => Object.hasOwn(root, key)));
  const identities = [...(own ? [own.identity] : []), ...shared];
  if (identities.length === 0 && times.length === 0) return null;
  return {
    name: 'samples',
    title: 'What the samples are about',
    ids: identities,
    times,
    eventTime,
    ...(isUntimed && { now: formatTime(eventMs({ number: samples.length - 1 }), 'iso-seconds') }),
  };
}

/** Returns the id that differs in each event, by its path. */
function ownId(roots: readonly Readonly<Record<string, Plain>>[], ids: GeneratedSamples['ids']) {
  const path = Object.keys(roots[0] ?? {}).find((key) => ofEvent.test(key));
  if (path === undefined) return null;
  const texts = roots.map((root) => root[path]).filter((value): value is string => typeof value === 'string');
  if (texts.length !== roots.length || new Set(texts).size !== texts.length) return null;
  const used = ids.filter(({ literal }) => texts.some((each) => each.endsWith(literal)));
  const [first] = used;
  if (!first || used.length < texts.length || first.kind === 'digits') return null;
  const prefix = texts[0]!.slice(0, -first.literal.length);
  if (!texts.every((each) => each.startsWith(prefix))) return null;
  const identity: Identity = { kind: first.kind, path, ...(prefix !== '' && { prefix }), deduplicates: true };
  return { identity, literals: used.map(({ literal }) => literal) };
}

function findTimeKinds(value: Plain): TimeKind[] {
  if (typeof value === 'string') return [timeKindOf(value)].filter((kind) => kind !== undefined);
  if (typeof value === 'number') {
    if (value > 1.7e9 && value < 1.9e9) return ['unix-seconds'];
    return value > 1.7e12 && value < 1.9e12 ? ['unix-millis'] : [];
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap((member: Plain) => findTimeKinds(member));
}
