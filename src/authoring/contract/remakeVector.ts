import * as z from 'zod/mini';
import type { ReceivedRequest } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import type { Provider } from '../../core/provider.js';
import { seededRandom } from '../../core/random.js';
import type { SchemeOptions } from '../../core/scheme.js';
import { isHash } from '../../core/schemeFacts.js';
import { templateNames } from '../../core/template.js';
import { compileDelivery } from '../../delivery/compile.js';
import { payloadRequest } from '../../delivery/queryPayload.js';
import { optional, strictKeys } from '../../providers/schemaParts.js';
import { readHeaderTemplates } from '../../signing/templates.js';

const header = z.tuple([z.string(), z.string()]);

const vector = strictKeys({
  name: optional(z.string(), 'What the report calls it.'),
  secret: optional(z.string(), 'What it was signed with: the secret, env:NAME, or the public key of a key pair.'),
  event: optional(z.string(), 'The event that it names.'),
  method: optional(z.string(), 'POST where it is not said.'),
  url: optional(z.string(), 'The address that it was sent to, where the signature covers that.'),
  headers: z.union([z.array(header), z.record(z.string(), z.string())], {
    error: 'a list of pairs, or an object with the headers by name',
  }),
  body: optional(z.string(), 'Its body, to the byte.'),
  bodyFile: optional(z.string(), 'A file that holds its body, to the byte; from the folder of this one.'),
  now: optional(
    z.union([z.number(), z.string()], { error: 'a time: 2026-01-31T09:00:00Z, or seconds since 1970' }),
    'When it was made; the description has then to make the same headers.',
  ),
  values: optional(z.record(z.string(), z.string()), 'Values of the delivery that are no times, such as its id.'),
  recorded: optional(
    strictKeys({
      on: z.string(),
      confirmed: z.array(z.string()),
      differs: optional(z.array(z.string())),
      missing: optional(z.array(z.string())),
      unknown: optional(z.array(z.string())),
    }),
    'Written of a recording: the day, the facts that it confirmed, and how it differs.',
  ),
}).check(
  z.superRefine(({ secret, body, bodyFile }, context) => {
    const addIssue = (message: string) => context.addIssue({ code: 'custom', path: [], message });
    if (secret === undefined) addIssue('secret is missing: what the request was signed with, or env:NAME.');
    if ((body === undefined) === (bodyFile === undefined)) addIssue('needs either body or bodyFile.');
  }),
);

/** A request that was captured, or is printed in the provider's documents. */
export type Vector = z.output<typeof vector>;

/** The schema of a file of vectors. */
export const vectorFileSchema = z.array(vector);

/**
 * Makes the headers of a vector from its time, values and body, and says which are not as they were captured. Only those with a
 * hash or of a function are compared: other signatures are drawn again each time, and the rest changes with the provider's releases.
 */
export async function remakeVector(
  { now, values = {}, event }: Vector,
  request: ReceivedRequest,
  secret: string,
  provider: Provider,
): Promise<string[]> {
  if (now === undefined) return [];
  const ms = typeof now === 'number' ? now * (now < 1e11 ? 1000 : 1) : Date.parse(now);
  if (Number.isNaN(ms)) return [`now: "${now}" is not a time. Write 2026-01-31T09:00:00Z, or seconds since 1970.`];
  const compared = readHeaderTemplates(provider)
    .filter(({ head, each }) => templateNames([...head, ...each]).some((name) => isMade(provider.signatures[name])))
    .map(({ name }) => name);
  try {
    const { headers } = await compileDelivery({
      // Renews none of the given values.
      provider: { ...provider, policy: { ...provider.policy, resend: { ...provider.policy.resend, value: [] } } },
      event: event ?? provider.defaultEvent,
      variant: null,
      url: request.url,
      secrets: [{ value: secret, source: 'the vector', isSample: false }],
      headers: [],
    })({
      now: ms,
      random: seededRandom(1),
      body: payloadRequest(provider, request).body,
      sentValues: new Map(Object.entries(values)),
    });
    return headers
      .filter(
        ([name, value]) => compared.includes(name) && !request.headers.some(([n, v]) => n === name && v === value),
      )
      .map(([name]) => `would not be made so: ${headerMismatch(name, request)}`);
  } catch (error) {
    if (error instanceof UsageError) return [`can't be made: ${error.message}`];
    throw error;
  }
}

function isMade(options: SchemeOptions | undefined): boolean {
  return options !== undefined && (isHash(options) || options.scheme === 'custom');
}

function headerMismatch(name: string, { headers }: ReceivedRequest): string {
  const captured = headers.find(([candidate]) => candidate.toLowerCase() === name.toLowerCase());
  return captured && captured[0] !== name
    ? `the description writes the header ${name}, the request had ${captured[0]}.`
    : `the header ${name} has another value at that time. Look at its template, and at now and values.`;
}
