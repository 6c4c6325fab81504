import * as z from 'zod';
import type { Provider } from '../core/provider.js';
import type { ProviderDescription } from '../core/providerDescription.js';
import type { Frozen, Same } from '../core/typeTests.js';
import { completeProvider } from './complete.js';
import { flowSchema } from './flowSchema.js';
import { handshakeSchema } from './handshakeSchema.js';
import { keys } from './keys.js';
import { misfits } from './misfits.js';
import { certaintySchema, eventPolicySchema, policyDescriptionSchema, policySchema } from './policySchema.js';
import {
  fieldSchema,
  headerSchema,
  headersSchema,
  querySchema,
  signaturesSchema,
  valuesSchema,
} from './requestSchema.js';
import { storySchema } from './storySchema.js';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be of lower-case letters, digits and - only.');
// What is told of a provider goes to a terminal.
const told = z.string().regex(/^\P{Cc}*$/u, 'holds control characters.');
const sentence = told.min(1, 'is empty.');

const secret = {
  label: sentence,
  env: z.array(
    z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'is not the name of an environment variable, such as ACME_SECRET.'),
  ),
  shape: keys({
    pattern: z.string().refine(isPattern, 'is not a regular expression.'),
    description: sentence,
  }).exactOptional(),
  sample: z.string().min(1, 'is empty.'),
};

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

const variant = { title: sentence, certainty: certaintySchema, note: sentence.exactOptional() };

const event = {
  title: sentence,
  trigger: told,
  certainty: certaintySchema,
  note: sentence.exactOptional(),
  policy: eventPolicySchema.exactOptional(),
};

// It is the path of a sample, too; a * stands for any text where events are chosen.
const eventName = told
  .regex(/^[^*\\]+$/, 'holds what no name of an event can: * or \\.')
  .regex(
    /^(?!\.{0,2}(?:\/|$))(?!.*\/\.{0,2}(?:\/|$))/,
    'can be no path of a sample: a part of it is empty or made of dots.',
  );

const common = {
  name,
  fields: z.array(fieldSchema).exactOptional(),
  query: z.array(querySchema).exactOptional(),
  freshness: keys({
    checked: z.boolean(),
    toleranceSeconds: z.number().positive().exactOptional(),
    source: z.string().exactOptional(),
  }).exactOptional(),
  keyUrl: keys({ at: z.string().min(1) }).exactOptional(),
  handshakes: z.array(handshakeSchema).exactOptional(),
  flows: z.array(flowSchema).exactOptional(),
  payloads: z.union([z.string(), z.record(z.string(), z.json())]).exactOptional() as unknown as z.ZodExactOptional<
    z.ZodType<NonNullable<Provider['payloads']>>
  >,
};

const usual = {
  title: sentence,
  docs: z.url('must be a URL.').nullable(),
  flagship: z.string(),
  method: z.string().regex(/^[A-Z]+$/, 'must be an HTTP method in capitals.'),
  values: valuesSchema,
  signatures: signaturesSchema,
  dialect: z.enum(['js', 'pretty', 'ascii', 'python', 'go', 'ruby', 'rails', 'php', 'form']),
  verifiesOver: z.enum(['raw', 'restringified']),
  eventAt: z.string().nullable(),
  stories: z.array(storySchema),
};

/** The schema of `Provider`; what its parts say of each other has to fit, too. */
export const providerSchema = keys({
  ...common,
  ...usual,
  secret: keys(secret),
  headers: z.array(headerSchema),
  events: z.record(eventName, keys({ ...event, variants: z.record(name, keys(variant)).exactOptional() })),
  policy: policySchema,
}).superRefine((provider, context) => complain(provider, context));

/** The same members, none of which has to be there. */
function loose<T extends z.core.$ZodShape>(shape: T) {
  const entries = Object.entries(shape).map(([key, member]) => [key, z.exactOptional(member as z.ZodType)]);
  return Object.fromEntries(entries) as { [K in keyof T]: z.ZodExactOptional<T[K]> };
}

/** The schema of `ProviderDescription`: the same, but that what is usual may be left out. */
export const descriptionSchema = keys({
  $schema: z.string().exactOptional(),
  ...common,
  ...loose(usual),
  secret: keys(loose(secret)).exactOptional(),
  headers: headersSchema,
  events: z.union(
    [
      z.array(eventName).min(1, 'is an empty list.'),
      z.record(eventName, keys({ ...loose(event), variants: z.record(name, keys(loose(variant))).exactOptional() })),
    ],
    { error: 'a list of names, or an object with the events by name' },
  ),
  policy: policyDescriptionSchema.exactOptional(),
}).superRefine((description, context) => {
  const headers = Array.isArray(description.headers) ? null : Object.keys(description.headers);
  complain(completeProvider(description), context, headers);
});

/** Tells the misfits of a provider; `headers` are the names of those that are written as an object. */
function complain(provider: Provider, context: z.core.$RefinementCtx, headers: readonly string[] | null = null): void {
  for (const { path, message } of misfits(provider)) {
    const named = headers && path[0] === 'headers' ? ['headers', headers[path[1] as number]!] : path;
    context.addIssue({ code: 'custom', path: [...named], message });
  }
}

// Fails to compile when the schemas and the types drift apart.
true satisfies Same<Frozen<z.output<typeof providerSchema>>, Frozen<Provider>>;
true satisfies Same<Frozen<z.output<typeof descriptionSchema>>, Frozen<ProviderDescription>>;

/** The JSON Schema of a description, for editors. */
export function descriptionJsonSchema(): object {
  return z.toJSONSchema(descriptionSchema, { io: 'input' });
}
