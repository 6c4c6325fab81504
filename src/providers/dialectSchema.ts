import * as z from 'zod/mini';
import { isBoundary } from '../json/multipart.js';
import { optional, some, strictKeys } from './schemaParts.js';

const json = ['js', 'lines', 'pretty', 'ascii', 'python', 'go', 'ruby', 'rails', 'php'] as const;
const forms = ['form', 'query', 'multipart'] as const;

const content = z.enum([...json, 'base64', 'base64-lines']);

const formSchema = strictKeys({
  kind: z.enum(forms),
  nesting: optional(z.enum(['brackets', 'dots']), 'How members of objects are named: data[id], or data.id.'),
  lists: optional(
    z.enum(['repeated', 'brackets', 'indices']),
    'How items of lists are named: all as the list, id[], or id[0].',
  ),
  contents: optional(
    z.record(some, z.union([content, z.array(content).check(z.minLength(1, 'is an empty list.'))])),
    'What is in fields that are more than a text, by their names: JSON in a dialect, base64, or both.',
  ),
  boundary: optional(
    z.string().check(z.refine(isBoundary, 'is no boundary: 1 to 70 letters, digits and signs.')),
    'What stands between the parts of multipart, where the header Content-Type does not say it.',
  ),
});

/** The schema of `Dialect`. */
export const dialectSchema = z.union([z.enum([...json, ...forms, 'text']), formSchema], {
  error: ({ input }) =>
    typeof input === 'object' && input !== null
      ? undefined
      : `must be one of ${[...json, ...forms, 'text'].join(', ')}, or an object with the kind of a form.`,
});
