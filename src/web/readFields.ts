import { RequestProblem } from './requestProblem.js';

type Shape = 'text' | 'number' | 'truth' | 'texts' | 'object' | 'list';
interface Shapes {
  readonly text: string;
  readonly number: number;
  readonly truth: boolean;
  readonly texts: readonly string[];
  readonly object: Readonly<Record<string, unknown>>;
  readonly list: readonly Readonly<Record<string, unknown>>[];
}
type FieldsOf<F extends Readonly<Record<string, Shape>>> = { readonly [K in keyof F]?: Shapes[F[K]] };

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isShape: Readonly<Record<Shape, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  truth: (value) => typeof value === 'boolean',
  texts: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  object: isObject,
  list: (value) => Array.isArray(value) && value.every(isObject),
};
const words: Readonly<Record<Shape, string>> = {
  text: 'a text',
  number: 'a number',
  truth: 'true or false',
  texts: 'a list of texts',
  object: 'an object',
  list: 'a list of objects',
};

/** Reads the members of a request. Throws a RequestProblem for one that there is not, or that is something else. */
export function readFields<F extends Readonly<Record<string, Shape>>>(
  body: Readonly<Record<string, unknown>>,
  fields: F,
): FieldsOf<F> {
  for (const [key, value] of Object.entries(body)) {
    const shape = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (shape === undefined)
      throw badField(`A request has no member ${key} here; it has ${Object.keys(fields).join(', ')}.`);
    if (value !== undefined && !isShape[shape](value)) throw badField(`${key} is ${words[shape]}.`);
  }
  return body as FieldsOf<F>;
}

/** A member that has to be there. Throws a RequestProblem where it is not. */
export function assertField<T>(value: T | undefined, name: string): T {
  if (value === undefined || value === '') throw badField(`${name} is missing.`);
  return value;
}

function badField(message: string): RequestProblem {
  return new RequestProblem(400, { code: 'BAD_REQUEST', message });
}
