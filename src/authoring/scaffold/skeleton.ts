import { type NameOf, UsageError } from '../../core/errors.js';
import type { Flow } from '../../core/flow.js';
import type { Plain } from '../../core/plain.js';
import type { ProviderDescription } from '../../core/providerDescription.js';
import type { Encoding, HashName, SchemeOptions } from '../../core/scheme.js';
import { randomId, type SampleForm, sampleForms } from './sampleForms.js';
import type { PresetParts, SchemePreset } from './schemePreset.js';

/** A person's choices for a new provider. */
export interface Skeleton {
  readonly name: string;
  readonly events: readonly string[];
  readonly preset: SchemePreset;
  /** Spells the options below as the user does. */
  readonly nameOf: NameOf;
  /** In place of that of the preset. */
  readonly header?: string | undefined;
  readonly hash?: HashName | undefined;
  readonly encoding?: Encoding | undefined;
  readonly content?: string | undefined;
  /** The environment variable that holds the secret; by default that of its name. */
  readonly secretEnv?: string | undefined;
}

/** A description and its samples, ready to be written. */
export interface Described {
  readonly description: ProviderDescription;
  /** By the name of their file, without the ending. */
  readonly samples: Readonly<Record<string, Plain>>;
  readonly flows: readonly Flow[];
}

/** The default variable for a provider's secret. */
export function defaultVariable(name: string): string {
  return `${name.toUpperCase().replaceAll('-', '_')}_WEBHOOK_SECRET`;
}

/** `acme-pay` as the names of headers write it: `Acme-Pay`. */
export function headerPrefix(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}

/** Describes a provider that works, with invented samples about one order. Throws a UsageError for a choice that its preset can't have. */
export function describeSkeleton(skeleton: Skeleton): Described {
  const { name, events, preset, secretEnv = defaultVariable(name) } = skeleton;
  const { secret, headers, values, signatures, handshakes, policy } = buildPresetParts(skeleton);
  const form: SampleForm = sampleForms[preset.form ?? 'event'];
  const facts = events.map((event, at) => ({
    provider: name,
    event,
    at,
    time: formatSampleTime(at),
    data: parseThing(event),
  }));
  const literals = [...new Set(facts.map(({ data }) => data.id.replace(/^.*_/, '')))];
  return {
    description: {
      name,
      secret: { ...secret, env: [secretEnv] },
      headers,
      ...(values && { values }),
      ...(signatures && { signatures }),
      ...(form.eventAt !== null && { eventAt: form.eventAt }),
      events,
      identities: [
        {
          name: 'example',
          title: 'What the samples are about',
          events,
          ids: [...form.ids, ...literals.map((literal) => ({ kind: 'alphanumeric', literal }) as const)],
          times: form.eventTime.length > 0 ? ['iso-seconds'] : [],
          eventTime: form.eventTime,
        },
      ],
      ...(handshakes && { handshakes }),
      ...(policy && { policy }),
    },
    samples: Object.fromEntries(facts.map((each) => [each.event, form.body(each)])),
    flows: [{ name: 'example', title: 'All events, one after the other', steps: events.map((event) => ({ event })) }],
  };
}

/** Returns the parts of a preset with a person's own choices. Throws a UsageError for a choice that the preset can't have. */
export function buildPresetParts({
  name,
  preset,
  nameOf,
  header,
  hash,
  encoding,
  content,
}: Omit<Skeleton, 'events'>): PresetParts {
  const prefix = headerPrefix(name);
  if (header !== undefined && preset.header === null) {
    throw new UsageError(
      'CONFLICT',
      `${nameOf('header')} does not go with ${nameOf('scheme')} ${preset.name}, whose headers have fixed names.`,
    );
  }
  const found = preset.parts(header ?? preset.header?.(prefix) ?? '', prefix, name);
  if (hash === undefined && encoding === undefined && content === undefined) return found;
  const signature = found.signatures?.signature;
  if (signature?.scheme !== 'hmac') {
    throw new UsageError(
      'CONFLICT',
      `${nameOf('hash')}, ${nameOf('encoding')} and ${nameOf('content')} change an HMAC; ${nameOf('scheme')} ${preset.name} has none. Leave ${nameOf('scheme')} out.`,
    );
  }
  const changed: SchemeOptions = {
    ...signature,
    ...(hash && { hash }),
    ...(encoding && { encoding }),
    ...(content && { content }),
  };
  return withMissingValues(
    { ...found, signatures: { ...found.signatures, signature: changed } },
    changed.content,
    prefix,
  );
}

/** Adds headers and values for the names in a content that nothing sends yet: the receiver has to know them, too. */
function withMissingValues(found: PresetParts, content: string, prefix: string) {
  const known = {
    timestamp: { header: `${prefix}-Timestamp`, value: { kind: 'time', format: 'unix-seconds' } },
    id: { header: `${prefix}-Id`, value: { kind: 'uuid4' } },
  } as const;
  const added = Object.entries(known).filter(
    ([name]) => content.includes(`{${name}}`) && !Object.hasOwn(found.values ?? {}, name),
  );
  return {
    ...found,
    headers: { ...found.headers, ...Object.fromEntries(added.map(([name, { header }]) => [header, `{${name}}`])) },
    values: { ...found.values, ...Object.fromEntries(added.map(([name, { value }]) => [name, value])) },
  };
}

function formatSampleTime(at: number): string {
  return `2026-01-14T09:${String(30 + (at % 30)).padStart(2, '0')}:00Z`;
}

/** Parses the name of an event into its subject and state: `order.created` is an order that is created. */
function parseThing(event: string) {
  const [, thing = event, state = event] = /^(.*)[./_:]([^./_:]*)$/.exec(event) ?? [];
  const kind = thing.replace(/[^A-Za-z0-9]+/g, '_').toLowerCase();
  const seed = [...kind].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7) % 1_000_003;
  return { id: `${kind}_${randomId(16, seed)}`, status: state };
}
