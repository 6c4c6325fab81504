import * as z from 'zod/mini';
import { optional, strictKeys } from '../../providers/schemaParts.js';

const header = z.tuple([z.string(), z.string()]);

const vector = strictKeys({
  name: optional(z.string(), 'What the report calls it.'),
  secret: optional(z.string(), 'What it was signed with: the secret, env:NAME, or the public key of a key pair.'),
  event: optional(z.string(), 'The event that it tells.'),
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
}).check(
  z.superRefine(({ secret, body, bodyFile }, context) => {
    const complain = (message: string) => context.addIssue({ code: 'custom', path: [], message });
    if (secret === undefined) complain('secret is missing: what the request was signed with, or env:NAME.');
    if ((body === undefined) === (bodyFile === undefined)) complain('needs either body or bodyFile.');
  }),
);

/** A request that was captured, or is printed in the provider's documents. */
export type Vector = z.output<typeof vector>;

/** The schema of a file of vectors. */
export const vectorFileSchema = z.array(vector);
