import * as z from 'zod/mini';
import type { Frozen, Same } from '../core/plain.js';
import type { Provider } from '../core/provider.js';
import type { ProviderDescription } from '../core/providerDescription.js';
import { completeProvider } from './complete.js';
import { crossFieldIssues } from './crossFieldIssues.js';
import { dialectSchema } from './dialectSchema.js';
import { handshakeSchema } from './handshakeSchema.js';
import { identityGroupSchema } from './identityGroupSchema.js';
import {
  certaintySchema,
  eventPolicySchema,
  flowSchema,
  policyDescriptionSchema,
  policySchema,
} from './policySchema.js';
import {
  describedSignaturesSchema,
  fieldSchema,
  headerSchema,
  headersSchema,
  methodSchema,
  modeParts,
  querySchema,
  signaturesSchema,
  valuesSchema,
  wireSchema,
} from './requestSchema.js';
import { optional, some, strictKeys, textOrList, variableNames } from './schemaParts.js';

const name = z.string().check(z.regex(/^[a-z][a-z0-9-]*$/, 'must be of lower-case letters, digits and - only.'));
// Texts of a provider are printed on a terminal.
const printableText = z.string().check(z.regex(/^\P{Cc}*$/u, 'holds control characters.'));
const sentence = printableText.check(z.minLength(1, 'is empty.'));

const secret = {
  label: sentence,
  env: variableNames,
  shape: optional(
    strictKeys({
      pattern: z.string().check(z.refine(isPattern, 'is not a regular expression.')),
      description: sentence,
    }),
  ),
  sample: some,
};

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

const variant = { title: sentence, certainty: certaintySchema, note: optional(sentence) };

const event = {
  title: sentence,
  trigger: printableText,
  certainty: certaintySchema,
  note: optional(sentence),
  policy: optional(eventPolicySchema),
  wire: optional(textOrList),
  source: optional(sentence),
};

// It is also the path of a sample; a * is a wildcard where events are chosen.
const eventName = printableText.check(
  z.regex(/^[^*\\]+$/, 'holds what no name of an event can: * or \\.'),
  z.regex(
    /^(?!\.{0,2}(?:\/|$))(?!.*\/\.{0,2}(?:\/|$))/,
    'can be no path of a sample: a part of it is empty or made of dots.',
  ),
);

// An address is never read: a page's content would change with it.
const localPath = some.check(
  z.regex(
    /^(?!-$|[\\/]{2}|[a-z][a-z0-9+.-]+:)/i,
    'is no path. Nothing is fetched: save the specification, and name the file.',
  ),
);

const common = {
  name,
  spec: optional(localPath),
  group: optional(sentence),
  aliases: optional(
    z.array(z.string().check(z.regex(/^[a-z0-9][a-z0-9.-]*$/, 'must be of lower-case letters, digits, - and . only.'))),
  ),
  proof: optional(
    z
      .array(strictKeys({ kind: z.enum(['package', 'vector', 'documents']), source: sentence }))
      .check(z.minLength(1, 'is an empty list.')),
  ),
  fields: optional(z.array(fieldSchema)),
  query: optional(z.array(querySchema)),
  body: optional(some),
  modes: optional(
    z.record(
      name,
      strictKeys({
        title: sentence,
        certainty: optional(certaintySchema),
        source: optional(sentence),
        ...modeParts,
        dialect: optional(dialectSchema),
      }),
    ),
  ),
  freshness: optional(
    strictKeys({
      checked: z.boolean(),
      toleranceSeconds: optional(z.number().check(z.positive('must be more than 0.'))),
      source: optional(z.string()),
    }),
  ),
  wire: optional(wireSchema),
  everyEvent: optional(strictKeys({ certainty: optional(certaintySchema), source: optional(sentence) })),
  keyUrl: optional(z.union([strictKeys({ at: some }), strictKeys({ header: some })])),
  handshakes: optional(z.array(handshakeSchema)),
  flows: optional(z.array(flowSchema)),
  samples: optional(
    z.union([z.string(), z.record(z.string(), z.json())]) as unknown as z.ZodMiniType<NonNullable<Provider['samples']>>,
  ),
};

const usual = {
  title: sentence,
  docs: z.nullable(z.url('must be a URL.')),
  defaultEvent: z.string(),
  method: methodSchema,
  values: valuesSchema,
  signatures: signaturesSchema,
  dialect: dialectSchema,
  verifiesOver: z.enum(['raw', 'restringified']),
  eventAt: z.nullable(z.string()),
  identities: z.array(identityGroupSchema),
};

/** The schema of `Provider`; its parts have to be consistent, too. */
export const providerSchema = strictKeys({
  ...common,
  ...usual,
  secret: strictKeys(secret),
  headers: z.array(headerSchema),
  events: z.record(eventName, strictKeys({ ...event, variants: optional(z.record(name, strictKeys(variant))) })),
  policy: policySchema,
}).check(z.superRefine((provider, context) => addCrossFieldIssues(provider, context)));

/** The same members, none of which has to be there. */
function loose<T extends z.core.$ZodShape>(shape: T) {
  const entries = Object.entries(shape).map(([key, member]) => [key, optional(member as z.ZodMiniType)]);
  return Object.fromEntries(entries) as { [K in keyof T]: z.ZodMiniExactOptional<T[K]> };
}

/** The schema of `ProviderDescription`: the same, with optional members for defaults. */
export const descriptionSchema = strictKeys({
  $schema: optional(z.string()),
  ...common,
  ...loose({ ...usual, signatures: describedSignaturesSchema }),
  secret: optional(strictKeys(loose(secret))),
  headers: headersSchema,
  events: z.union(
    [
      z.array(eventName).check(z.minLength(1, 'is an empty list.')),
      z.record(
        eventName,
        strictKeys({ ...loose(event), variants: optional(z.record(name, strictKeys(loose(variant)))) }),
      ),
    ],
    { error: 'a list of names, or an object with the events by name' },
  ),
  policy: optional(policyDescriptionSchema),
}).check(
  z.superRefine((description, context) => {
    const headers = Array.isArray(description.headers) ? null : Object.keys(description.headers);
    addCrossFieldIssues(completeProvider(description), context, headers);
  }),
);

/** Reports the contradictions of a provider; `headers` are the names of those written as an object. */
function addCrossFieldIssues(
  provider: Provider,
  context: z.core.$RefinementCtx,
  headers: readonly string[] | null = null,
): void {
  for (const { path, message } of crossFieldIssues(provider)) {
    const named = headers && path[0] === 'headers' ? ['headers', headers[path[1] as number]!] : path;
    context.addIssue({ code: 'custom', path: [...named], message });
  }
}

// Fails to compile when the schemas and the types drift apart.
true satisfies Same<Frozen<z.output<typeof providerSchema>>, Frozen<Provider>>;
true satisfies Same<Frozen<z.output<typeof descriptionSchema>>, Frozen<ProviderDescription>>;

/** The schema of flows in their own file next to a description. */
export const flowsSchema = z.array(flowSchema);
