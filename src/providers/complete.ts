import type { Certainty, Fact } from '../core/fact.js';
import type { Policy } from '../core/policy.js';
import type { Dialect, EventSpec, Provider, VariantSpec } from '../core/provider.js';
import type { EventDescription, PolicyDescription, ProviderDescription } from '../core/providerDescription.js';
import type { HeaderSpec } from '../core/scheme.js';
import { formOf } from '../json/form.js';
import { boundaryIn } from '../json/multipart.js';
import { lowerSignatures } from '../signing/messageSignature.js';
import { sampleSecret } from './secrets.js';

/** The defaults of a description. */
const usual = {
  method: 'POST',
  values: {},
  signatures: {},
  dialect: 'js',
  verifiesOver: 'raw',
  eventAt: null,
  identities: [],
} as const satisfies Partial<Provider>;

/** Completes a description: what it leaves out is as with most providers. It must fit the schema of descriptions. */
export function completeProvider(description: ProviderDescription): Provider {
  const { $schema, secret, headers, events, policy = {}, ...rest } = description;
  const { name, docs = null } = description;
  const { certainty = 'documented' } = description.everyEvent ?? {};
  const completed = Array.isArray(events)
    ? Object.fromEntries(events.map((event: string) => [event, completeEvent(event, {}, certainty)]))
    : Object.fromEntries(
        Object.entries(events).map(([event, description]) => [event, completeEvent(event, description, certainty)]),
      );
  const pairs: readonly HeaderSpec[] = Array.isArray(headers) ? headers : Object.entries(headers);
  const request = lowerSignatures(description.signatures ?? {}, pairs);
  return {
    title: name,
    defaultEvent: Object.keys(completed)[0] ?? '',
    ...usual,
    ...rest,
    ...request,
    docs,
    secret: {
      label: 'Secret',
      env: [`${name.toUpperCase().replaceAll('-', '_')}_WEBHOOK_SECRET`],
      sample: sampleSecret(name, Object.values(request.signatures)),
      ...secret,
    },
    dialect: completeDialect(description.dialect ?? usual.dialect, pairs),
    events: completed,
    policy: completePolicy(policy, docs ?? `the description of ${name}`),
    samples: description.samples ?? {},
  };
}

/** Returns a dialect in full: the boundary of `multipart` is that of the header Content-Type. */
export function completeDialect(dialect: Dialect, headers: readonly HeaderSpec[]): Dialect {
  const form = formOf(dialect);
  if (form?.kind !== 'multipart' || form.boundary !== undefined) return dialect;
  const [, type] = headers.find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  const boundary = typeof type === 'string' ? boundaryIn(type) : null;
  return boundary === null ? dialect : { ...form, boundary };
}

function completeEvent(name: string, { variants, ...description }: EventDescription, certainty: Certainty): EventSpec {
  const event = { title: name, trigger: '', certainty, ...description };
  if (!variants) return event;
  const completed = Object.entries(variants).map(([variant, spec]): [string, VariantSpec] => [
    variant,
    { title: variant, certainty, ...spec },
  ]);
  return { ...event, variants: Object.fromEntries(completed) };
}

function completePolicy(policy: PolicyDescription, source: string): Policy {
  const usually = <T>(value: T): Fact<T> => ({ value, certainty: 'inferred', source: 'what most providers do' });
  return {
    timeLimit: completeFact(policy.timeLimit ?? null, source),
    success: completeFact(policy.success ?? null, source) ?? usually('2xx'),
    retry: completeFact(policy.retry ?? null, source),
    resend: completeFact(policy.resend ?? null, source) ?? usually([]),
    disabling: completeFact(policy.disabling ?? null, source),
  };
}

/** Completes a bare value as a documented fact. */
function completeFact<T>(given: T | Fact<T> | null, source: string): Fact<T> | null {
  if (given === null) return null;
  const isFact = typeof given === 'object' && 'certainty' in (given as object);
  return isFact ? (given as Fact<T>) : { value: given as T, certainty: 'documented', source };
}
