import type { Dialect } from '../core/provider.js';
import { isJson, parsedBody } from './dialect.js';
import { encodeJson } from './encodeJson.js';
import { formOf } from './form.js';
import { FormBody } from './formBody.js';
import { getPath, type PathStep } from './path.js';
import { type Json, JsonNumber } from './value.js';

/** A body as its dialect reads it. */
export interface BodyReading {
  /** Undefined where it is not of its dialect. */
  readonly value: Json | undefined;
  /** Null for a body that is no form. */
  readonly form: FormBody | null;
  /** The texts at a path: of a form's fields as they came, each of them where there are several, or a text and fields below it. */
  readonly textsAt: (steps: readonly PathStep[]) => readonly string[];
}

/** Bytes of a body whose readings are kept. */
const maxKept = 256 * 1024;
/** How the last body was read: who judges a request reads it for each provider that may have sent it, and each question about it. */
let last: { readonly bytes: Uint8Array; readonly readings: Map<Dialect, BodyReading> } | null = null;

/** Reads a body. Nobody changes what was read: bytes that are the same as those before are not read again. */
export function readPayload(body: Uint8Array, dialect: Dialect): BodyReading {
  if (body.length > maxKept) return readAnew(body, dialect);
  if (last === null || Buffer.compare(last.bytes, body) !== 0) last = { bytes: body.slice(), readings: new Map() };
  const { readings } = last;
  // All dialects of JSON are read alike.
  const key = isJson(dialect) ? 'js' : dialect;
  const reading = readings.get(key) ?? readAnew(body, dialect);
  readings.set(key, reading);
  return reading;
}

function readAnew(body: Uint8Array, dialect: Dialect): BodyReading {
  const options = formOf(dialect);
  const form = options && FormBody.read(body, options);
  const reading = readingOfValue(form ? form.value : options ? undefined : parsedBody(body, { dialect }));
  if (!form) return reading;
  return {
    ...reading,
    form,
    textsAt: (steps) => {
      if (form.fieldsAt(steps).length === 0) return reading.textsAt(steps);
      return form.fieldsBelow(steps).map((field) => textOf(field.value));
    },
  };
}

/** Returns what a value tells that was read from a body. */
export function readingOfValue(value: Json | undefined): BodyReading {
  const textsAt = (steps: readonly PathStep[]) => {
    const found = value === undefined ? undefined : getPath(value, steps);
    return found === undefined ? [] : [textOf(found)];
  };
  return { value, form: null, textsAt };
}

/** A field's value as the text that is signed: a number as it is written, null as nothing; of a part of `multipart` what is in it. */
export function textOf(value: Json): string {
  if (typeof value === 'string') return value;
  if (value instanceof JsonNumber) return value.text;
  if (value instanceof Map && typeof value.get('$text') === 'string') return value.get('$text') as string;
  return value === null ? '' : encodeJson(value, 'js');
}
