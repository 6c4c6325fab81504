import type { ProviderDescription } from '../../core/providerDescription.js';
import type { ValueSpec } from '../../core/template.js';
import type { FoundScheme } from '../../infer/foundScheme.js';
import type { Json } from '../../json/value.js';
import { capturedIdentities } from './capturedIdentities.js';
import { holdsAnySecret } from './withoutSecrets.js';

/** The source of a new provider's description. */
export interface CapturedSource {
  readonly name: string;
  readonly event: string;
  readonly found: FoundScheme;
  /** The body as it becomes the sample. */
  readonly sample: Json;
  /** The environment variable that holds the secret. */
  readonly variable: string;
  readonly secrets: readonly string[];
}

/** The description of a provider of which one request was captured. */
export function describeCaptured({
  name,
  event,
  found,
  sample,
  variable,
  secrets,
}: CapturedSource): ProviderDescription {
  const { method, headers, signatures, fields, query, dialect, eventAt, wire } = found;
  const values = Object.entries(found.values).map(([key, spec]) => [key, discreet(spec, secrets)] as const);
  const identityGroup = capturedIdentities({ sample, dialect, event, filled: fields.map(([path]) => path) });
  return {
    name,
    secret: { env: [variable] },
    ...(method !== 'POST' && { method }),
    headers: asObject(headers) ?? headers,
    ...(values.length > 0 && { values: Object.fromEntries(values) }),
    ...(Object.keys(signatures).length > 0 && { signatures }),
    ...(fields.length > 0 && { fields }),
    ...(query.length > 0 && { query }),
    ...(dialect !== 'js' && { dialect }),
    ...(eventAt !== null && { eventAt }),
    ...(wire && { wire }),
    events: [event],
    ...(identityGroup && { identities: [identityGroup] }),
  };
}

/** Drops the text for an absent field where it holds the secret: it is the capture's own. */
function discreet(spec: ValueSpec, secrets: readonly string[]): ValueSpec {
  if (spec.kind !== 'field' || spec.absent === undefined || !holdsAnySecret(spec.absent, secrets)) return spec;
  const { absent, ...rest } = spec;
  return rest;
}

/** Headers by name; null where an object would lose one or change their order. */
function asObject(headers: FoundScheme['headers']): Record<string, FoundScheme['headers'][number][1]> | null {
  const names = headers.map(([name]) => name);
  const isSafe = new Set(names).size === names.length && names.every((name) => !/^(\d+|__proto__)$/.test(name));
  return isSafe ? Object.fromEntries(headers) : null;
}
