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
  /** Returns the texts at a path: of a form all of its fields there, also of repeated ones, and of fields below a text. */
  readonly textsAt: (steps: readonly PathStep[]) => readonly string[];
}

/** Bytes of a body whose readings are kept. */
const maxKept = 256 * 1024;
/** The readings of the last body: judging a request reads it for each provider that may have sent it, and for each check. */
let last: { readonly bytes: Uint8Array; readonly readings: Map<Dialect, BodyReading> } | null = null;

/** Reads a body. The same bytes as before are not read again, so the reading must not be changed. */
export function readPayload(body: Uint8Array, dialect: Dialect): BodyReading {
  if (body.length > maxKept) return readUncached(body, dialect);
  if (last === null || Buffer.compare(last.bytes, body) !== 0) last = { bytes: body.slice(), readings: new Map() };
  const { readings } = last;
  // All dialects of JSON are read alike.
  const key = isJson(dialect) ? 'js' : dialect;
  const reading = readings.get(key) ?? readUncached(body, dialect);
  readings.set(key, reading);
  return reading;
}

function readUncached(body: Uint8Array, dialect: Dialect): BodyReading {
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

/** Returns the reading of a parsed value. */
export function readingOfValue(value: Json | undefined): BodyReading {
  const textsAt = (steps: readonly PathStep[]) => {
    const found = value === undefined ? undefined : getPath(value, steps);
    return found === undefined ? [] : [textOf(found)];
  };
  return { value, form: null, textsAt };
}

/** Returns a field's value as the text that is signed: a number as it is written, null as empty; of a part of `multipart` its content. */
export function textOf(value: Json): string {
  if (typeof value === 'string') return value;
  if (value instanceof JsonNumber) return value.text;
  if (value instanceof Map && typeof value.get('$text') === 'string') return value.get('$text') as string;
  return value === null ? '' : encodeJson(value, 'js');
}
