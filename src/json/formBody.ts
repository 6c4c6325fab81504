import { UsageError } from '../core/errors.js';
import type { FormDialect, JsonDialect } from '../core/provider.js';
import type { JsonTemplateKind } from '../core/scheme.js';
import { encodeJson } from './encodeJson.js';
import {
  buildValue,
  contentsOf,
  contentText,
  contentValue,
  type FormValue,
  listFields,
  parseFieldName,
} from './form.js';
import { placeParts, writeMultipart } from './multipart.js';
import { readJson } from './parse.js';
import { getPath, type PathStep, unsetPath } from './path.js';
import type { PlacedField } from './placedField.js';
import { asLatin1, splice } from './span.js';
import { formText, placeUrlencoded, writeUrlencoded } from './urlencoded.js';
import type { Json, JsonObject } from './value.js';

/** A value as the bytes of a form. Throws a UsageError for what a form can't hold. */
export function writeForm(value: Json, form: FormDialect): Uint8Array {
  const fields = listFields(value, form);
  if (form.kind !== 'multipart') return Buffer.from(writeUrlencoded(fields as [string, string][]));
  if (form.boundary !== undefined) return writeMultipart(fields, form.boundary);
  throw new UsageError(
    'NO_BOUNDARY',
    'multipart/form-data needs a boundary. Write Content-Type: multipart/form-data; boundary=… into the headers.',
  );
}

/** A body that is a form: its fields with their places, and its value. */
export class FormBody {
  private readonly read: FormValue;

  private constructor(
    private readonly body: Buffer,
    private readonly form: FormDialect,
    readonly fields: readonly PlacedField[],
  ) {
    this.read = buildValue(
      fields.map(({ name, value }) => [name, value]),
      form,
    );
  }

  /** Null for bytes that are no form; any bytes are one but for `multipart`. */
  static read(bytes: Uint8Array, form: FormDialect): FormBody | null {
    const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const fields = form.kind === 'multipart' ? placeParts(body, null) : placeUrlencoded(body.toString('latin1'));
    return fields && new FormBody(body, form, fields);
  }

  get value(): JsonObject {
    return this.read.value;
  }

  /** The path of each field in the value. */
  get paths(): readonly (readonly PathStep[])[] {
    return this.read.paths;
  }

  /** The fields whose value is at a path, or among the items of the list there. */
  fieldsAt(steps: readonly PathStep[]): PlacedField[] {
    return this.fields.filter((_, at) => {
      const path = this.read.paths[at]!;
      const isItem = path.length === steps.length + 1 && typeof path.at(-1) === 'number';
      return (path.length === steps.length || isItem) && isStart(steps, path);
    });
  }

  /** Returns the fields whose value is at a path or below it, also under a literal name. */
  fieldsBelow(steps: readonly PathStep[]): PlacedField[] {
    return this.fields.filter(
      ({ name }, at) => isStart(steps, this.read.paths[at]!) || isStart(steps, parseFieldName(name, this.form)),
    );
  }

  /** The body with another text at a path, be that a field or inside of one; null where there is none. */
  withText(steps: readonly PathStep[], { text, kind }: { text: string; kind: JsonTemplateKind }): Uint8Array | null {
    const [field] = this.fieldsAt(steps);
    if (field) return this.withField(field, text);
    return this.changeInside(steps, (json, rest, dialect) =>
      splice(json, rest, () => (kind === 'text' ? asLatin1(encodeJson(text, dialect)) : asLatin1(text))),
    );
  }

  /** Returns the body without the value at a path; null where there is none. */
  without(steps: readonly PathStep[]): Uint8Array | null {
    const whole = this.fields.filter((_, at) => isStart(steps, this.read.paths[at]!));
    return whole.length > 0 ? this.cut(whole) : this.changeInside(steps, unset);
  }

  /** Returns the body with another text for one of its fields. */
  withField({ span }: PlacedField, text: string): Uint8Array {
    const written = Buffer.from(this.form.kind === 'multipart' ? text : formText(text));
    return Buffer.concat([this.body.subarray(0, span[0]), written, this.body.subarray(span[1])]);
  }

  private cut(fields: readonly PlacedField[]): Uint8Array {
    const pieces: Buffer[] = [];
    let at = 0;
    for (const { whole } of fields) {
      pieces.push(this.body.subarray(at, whole[0]));
      at = Math.max(at, whole[1]);
    }
    return Buffer.concat([...pieces, this.body.subarray(at)]);
  }

  /** Changes the JSON in a field that contains a path. */
  private changeInside(steps: readonly PathStep[], change: JsonChange): Uint8Array | null {
    const at = this.read.paths.findIndex((path) => path.length < steps.length && isStart(path, steps));
    const field = this.fields[at];
    const [dialect, ...outer] = field ? contentsOf(this.form, field.name) : [];
    if (
      !field ||
      dialect === undefined ||
      dialect === 'base64' ||
      dialect === 'base64-lines' ||
      typeof field.value !== 'string'
    )
      return null;
    const json = contentValue(field.value, outer);
    const changed =
      typeof json === 'string' ? change(Buffer.from(json), steps.slice(this.read.paths[at]!.length), dialect) : null;
    return changed && this.withField(field, contentText(field.name, Buffer.from(changed).toString('utf8'), outer));
  }
}

/** JSON with something at a path changed; null where there is nothing. */
type JsonChange = (json: Uint8Array, rest: readonly PathStep[], dialect: JsonDialect) => Uint8Array | null;

const unset: JsonChange = (json, rest, dialect) => {
  const value = readJson(json);
  if (value === undefined || getPath(value, rest) === undefined) return null;
  unsetPath(value, rest);
  return Buffer.from(encodeJson(value, dialect));
};

function isStart(steps: readonly PathStep[], path: readonly PathStep[]): boolean {
  return steps.every((step, at) => String(step) === String(path[at]));
}
