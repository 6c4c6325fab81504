import * as z from 'zod';
import type { Provider } from '../core/provider.js';
import { whyNoPlace } from '../signing/ofFunctions.js';
import { givenNames } from '../signing/templates.js';
import { handshakeSchema } from './handshakeSchema.js';
import { certaintySchema, eventPolicySchema, policySchema } from './policySchema.js';
import { fieldSchema, headerSchema, querySchema, signaturesSchema, valuesSchema } from './requestSchema.js';
import { storySchema } from './storySchema.js';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and - only');
const sentence = z.string().min(1);

const secret = z.strictObject({
  label: sentence,
  env: z.array(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'not the name of an environment variable')),
  shape: z
    .strictObject({ pattern: z.string().refine(isPattern, 'not a regular expression'), description: sentence })
    .exactOptional(),
  sample: z.string().min(1),
});

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

const variant = z.strictObject({ title: sentence, certainty: certaintySchema, note: sentence.exactOptional() });

const event = z.strictObject({
  title: sentence,
  trigger: sentence,
  certainty: certaintySchema,
  note: sentence.exactOptional(),
  variants: z.record(name, variant).exactOptional(),
  policy: eventPolicySchema.exactOptional(),
});

/** The schema of `Provider`, for built-in ones in the tests and for a user's own when they are loaded. */
export const providerSchema = z
  .strictObject({
    name,
    title: sentence,
    docs: z.url(),
    flagship: z.string(),
    secret,
    method: z.string().regex(/^[A-Z]+$/, 'not an HTTP method in capitals'),
    headers: z.array(headerSchema),
    values: valuesSchema,
    signatures: signaturesSchema,
    fields: z.array(fieldSchema).exactOptional(),
    query: z.array(querySchema).exactOptional(),
    dialect: z.enum(['js', 'pretty', 'ascii', 'python', 'go', 'ruby', 'rails', 'php', 'form']),
    verifiesOver: z.enum(['raw', 'restringified']),
    eventAt: z.string().nullable(),
    events: z.record(z.string(), event),
    stories: z.array(storySchema),
    handshakes: z.array(handshakeSchema).exactOptional(),
    policy: policySchema,
  })
  .superRefine((provider, context) => {
    const known = Object.keys(provider.events);
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (!known.includes(provider.flagship)) refuse(['flagship'], `is no event of ${provider.name}`);
    const names = [...givenNames, ...Object.keys(provider.values), ...Object.keys(provider.signatures)];
    for (const name of names.filter((candidate, at) => names.indexOf(candidate) !== at)) {
      refuse([name in provider.values ? 'values' : 'signatures', name], 'is a name that templates have already');
    }
    for (const part of ['fields', 'query'] as const) {
      provider[part]?.forEach(([, template], at) => {
        const reason = whyNoPlace(provider, part, template);
        if (reason) refuse([part, at, 1], reason);
      });
    }
    if (provider.dialect === 'form' && provider.fields) refuse(['fields'], 'goes with bodies of JSON only');
    // Else a header could depend on itself.
    const computed = [
      ...Object.keys(provider.signatures),
      ...Object.keys(provider.values).filter((name) => provider.values[name]!.kind === 'header'),
    ];
    for (const [name, value] of Object.entries(provider.values)) {
      if (value.kind !== 'header') continue;
      const header = provider.headers.find(([candidate]) => candidate.toLowerCase() === value.name.toLowerCase());
      const text = typeof header?.[1] === 'string' ? header[1] : undefined;
      if (text === undefined) refuse(['values', name, 'name'], `${value.name} is no header of ${provider.name}`);
      else if (computed.some((other) => text.includes(`{${other}}`)))
        refuse(['values', name, 'name'], `${value.name} is itself made of signatures or headers`);
    }
    const told = new Set<string>();
    provider.stories.forEach((story, at) => {
      for (const name of story.events) {
        if (!known.includes(name)) refuse(['stories', at, 'events'], `${name} is no event of ${provider.name}`);
        if (told.has(name)) refuse(['stories', at, 'events'], `${name} is in two stories`);
        told.add(name);
      }
    });
  });

type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

// Fails to compile when the schema and the type drift apart.
true satisfies Same<Frozen<z.output<typeof providerSchema>>, Frozen<Provider>>;
