import type { ProviderDescription } from '../../core/providerDescription.js';
import type { HeaderSpec } from '../../core/scheme.js';
import type { GeneratedSamples } from '../../samples/generateSamples.js';
import type { Specification } from '../../spec/specification.js';
import { buildPresetParts, defaultVariable, type Skeleton } from '../scaffold/skeleton.js';
import { identifySamples } from './identifySamples.js';
import { describeHeaders, withMediaType } from './specifiedHeaders.js';
import type { SpecifiedScheme } from './specifiedScheme.js';

/** The source of a description. */
export interface SpecifiedProvider {
  readonly skeleton: Omit<Skeleton, 'events'>;
  readonly specification: Specification;
  readonly generated: GeneratedSamples;
  readonly scheme: SpecifiedScheme | null;
  /** The place of the specification, for people. */
  readonly source: string;
  /** Its path from the description; null where it is no file. */
  readonly spec: string | null;
}

/** A description, and the headers of the specification with unknown content. */
export interface SpecifiedDescription {
  readonly description: ProviderDescription;
  readonly unknownHeaders: readonly string[];
}

/** Describes the provider of a specification. */
export function describeSpecified({
  skeleton,
  specification,
  generated,
  scheme,
  source,
  spec,
}: SpecifiedProvider): SpecifiedDescription {
  const { events, eventAt, wire, title, docs } = specification;
  const { name, secretEnv = defaultVariable(name) } = skeleton;
  const { secret, headers, values, signatures, handshakes, policy } = buildPresetParts(skeleton);
  const mediaType = usualMediaType(specification);
  const signing = withMediaType(toHeaderList(headers), mediaType);
  const [signature] = Object.entries(signing).filter(([, value]) => value === '{signature}');
  if (signature && scheme?.prefix !== undefined) signing[signature[0]] = `${scheme.prefix}{signature}`;
  const others = describeHeaders(events, { headers: Object.keys(signing), values: values ?? {} });
  const identityGroup = identifySamples(generated);
  const success = [...new Set(events.flatMap(({ successes }) => successes))].map((status) => status.toLowerCase());
  const methods = [...new Set(events.map(({ method }) => method))];
  const isForm = /form-urlencoded/i.test(mediaType);
  return {
    description: {
      name,
      ...(title !== null && { title: shortTitle(title) }),
      ...(docs !== null && { docs }),
      ...(spec !== null && { spec }),
      secret: { ...secret, env: [secretEnv] },
      ...(methods.length === 1 &&
        methods[0] !== 'POST' && { method: methods[0]! as NonNullable<ProviderDescription['method']> }),
      headers: { ...signing, ...others.headers },
      ...(Object.keys(others.values).length > 0 && { values: others.values }),
      ...(signatures && { signatures }),
      ...(isForm && { dialect: 'form' as const }),
      ...(wire ? { wire } : eventAt !== null && { eventAt }),
      everyEvent: { certainty: 'schema' as const, source },
      events: Object.fromEntries(
        events.map((event) => [
          event.name,
          {
            ...(event.title !== null && { title: event.title }),
            ...(event.trigger !== null && { trigger: event.trigger }),
          },
        ]),
      ),
      ...(identityGroup && { identities: [identityGroup] }),
      ...(handshakes && { handshakes }),
      ...((policy || success.length > 0) && {
        policy: {
          ...policy,
          ...(success.length > 0 && {
            success: {
              value: success.includes('2xx') ? '2xx' : success.join(','),
              certainty: 'schema' as const,
              source,
            },
          }),
        },
      }),
    },
    unknownHeaders: others.unknown,
  };
}

function toHeaderList(headers: ProviderDescription['headers']): HeaderSpec[] {
  return Array.isArray(headers)
    ? [...(headers as readonly HeaderSpec[])]
    : Object.entries(headers as Readonly<Record<string, HeaderSpec[1]>>);
}

function usualMediaType({ events }: Specification): string {
  const counts = new Map<string, number>();
  for (const { mediaType } of events) counts.set(mediaType, (counts.get(mediaType) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'application/json';
}

function shortTitle(title: string): string {
  const short = title
    .replace(/(?:[\s:|-]+(?:open|rest|webhooks?|events?|api|documentation|specification|reference|docs|v\d+))+$/i, '')
    .trim();
  return short === '' ? title : short;
}
