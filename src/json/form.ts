import { UsageError } from '../core/errors.js';
import type { Dialect, FieldContent, FormDialect } from '../core/provider.js';
import { encodeJson } from './encodeJson.js';
import { JsonSyntaxError, parseJson } from './parse.js';
import type { PathStep } from './path.js';
import { type Json, JsonNumber, type JsonObject, jsonType } from './value.js';

/** The options of a dialect that writes fields; null for any other. */
export function formOf(dialect: Dialect): FormDialect | null {
  if (typeof dialect === 'object') return dialect;
  return Object.hasOwn(plainForms, dialect) ? plainForms[dialect as FormDialect['kind']] : null;
}

const plainForms: Readonly<Record<FormDialect['kind'], FormDialect>> = {
  form: { kind: 'form' },
  query: { kind: 'query' },
  multipart: { kind: 'multipart' },
};

/** A field as it is sent: its name, and a text, or an object that is a part of `multipart`. */
export type FormEntry = readonly [name: string, value: Json];

/** Names that go deeper are one long name. */
const maxDepth = 64;

/** The fields of a value, in order. Throws a UsageError for what a form can't hold. */
export function listFields(value: Json, form: FormDialect): FormEntry[] {
  if (!(value instanceof Map)) throw notFlat(`it is ${jsonType(value)}`);
  return [...value].flatMap(([name, member]) => fieldsUnder(name, member, form));
}

function fieldsUnder(name: string, value: Json, form: FormDialect): FormEntry[] {
  const contents = contentsOf(form, name);
  if (contents.length > 0) return [[name, contentText(name, value, contents)]];
  if (form.kind === 'multipart' && isPart(value)) return [[name, value]];
  if (Array.isArray(value)) {
    return value.flatMap((item, at) => {
      const isDeep = !form.lists || form.lists === 'repeated';
      if (isDeep && (Array.isArray(item) || (item instanceof Map && !(form.kind === 'multipart' && isPart(item)))))
        throw notFlat(`${name} is an array of ${jsonType(item)}s`, 'lists');
      return fieldsUnder(itemName(name, at, form), item, form);
    });
  }
  if (value instanceof Map) {
    if (!form.nesting) throw notFlat(`${name} is an object`, 'nesting, or contents');
    return [...value].flatMap(([key, member]) => fieldsUnder(memberName(name, key, form), member, form));
  }
  return [[name, fieldText(value)]];
}

function memberName(name: string, key: string, { nesting }: FormDialect): string {
  return nesting === 'dots' ? `${name}.${key}` : `${name}[${key}]`;
}

function itemName(name: string, at: number, { lists, nesting }: FormDialect): string {
  if (lists === 'brackets') return `${name}[]`;
  if (lists !== 'indices') return name;
  return nesting === 'dots' ? `${name}.${at}` : `${name}[${at}]`;
}

/** The object of the fields, and the path of each of them in it. */
export interface FormValue {
  readonly value: JsonObject;
  readonly paths: readonly (readonly PathStep[])[];
}

/**
 * Reads fields as an object; a name that occurs more than once is an array. Names that exclude each other, such as `a` and `a[b]`, or `a[0]` and
 * `a[-1]`, are taken literally.
 */
export function buildValue(fields: readonly FormEntry[], form: FormDialect): FormValue {
  const read = readFields(fields, (name) => parseFieldName(name, form), form);
  const unlike = conflictingHeads(fields, read.value, form);
  if (unlike.size === 0) return read;
  return readFields(
    fields,
    (name) => {
      const steps = parseFieldName(name, form);
      return unlike.has(steps[0]!) ? [name] : steps;
    },
    form,
  );
}

/** The outermost keys whose members would not be sent under the names that they came with. */
function conflictingHeads(fields: readonly FormEntry[], value: JsonObject, form: FormDialect): Set<string> {
  const namesOf = new Map<string, string[]>();
  const nested = new Set<string>();
  for (const [name] of fields) {
    const [head, ...deeper] = parseFieldName(name, form);
    if (deeper.length > 0) nested.add(head!);
    const names = namesOf.get(head!);
    if (names) names.push(name);
    else namesOf.set(head!, [name]);
  }
  return new Set([...nested].filter((head) => !isSentAs(namesOf.get(head)!, head, value.get(head)!, form)));
}

function isSentAs(names: readonly string[], head: string, member: Json, form: FormDialect): boolean {
  try {
    const sent = fieldsUnder(head, member, form).map(([name]) => name);
    return sent.length === names.length && sent.sort().join('\n') === [...names].sort().join('\n');
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

function readFields(fields: readonly FormEntry[], stepsFor: (name: string) => string[], form: FormDialect): FormValue {
  const value: JsonObject = new Map();
  const paths: PathStep[][] = [];
  const firstOf = new Map<string, number>();
  for (const [at, [name, text]] of fields.entries()) {
    const content = contentsOf(form, name);
    const member = content.length > 0 && typeof text === 'string' ? contentValue(text, content) : text;
    const first = firstOf.get(name);
    const path = putField(value, stepsFor(name), member);
    paths.push(path);
    if (first === undefined) firstOf.set(name, at);
    // The first one of a list looked like a single text.
    else if (paths[first]!.length < path.length && !name.endsWith('[]')) paths[first] = [...path.slice(0, -1), 0];
  }
  return { value, paths };
}

/** Returns the keys that lead to a field's value; '' is the next item of a list. */
export function parseFieldName(name: string, { nesting, lists }: FormDialect): string[] {
  if (nesting === 'dots') {
    const keys = name.split('.');
    if (keys.length > maxDepth || keys.includes('')) return [name];
    const last = keys.at(-1)!;
    return lists === 'brackets' && last.endsWith('[]') ? [...keys.slice(0, -1), last.slice(0, -2), ''] : keys;
  }
  if (!nesting && lists !== 'brackets' && lists !== 'indices') return [name];
  const [, head, tail = ''] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
  const keys = [...tail.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1]!);
  const isItem = (key: string) => (lists === 'brackets' ? key === '' : /^\d{1,6}$/.test(key));
  if (head === undefined || keys.length >= maxDepth || !(nesting || keys.every(isItem))) return [name];
  return [head, ...keys];
}

/** Puts a value at a path, and returns the path. A step into a text makes the rest a literal name. */
function putField(root: JsonObject, steps: readonly string[], member: Json): PathStep[] {
  const path: PathStep[] = [];
  let holder: JsonObject | Json[] = root;
  for (const [at, step] of steps.entries()) {
    const isLast = at === steps.length - 1;
    const place = placeIn(holder, step, isLast ? null : steps[at + 1]!);
    const old: Json | undefined = Array.isArray(holder) ? holder[Number(place)] : holder.get(String(place));
    path.push(place);
    if (isLast) {
      if (old === undefined) put(holder, place, member);
      else if (Array.isArray(old)) path.push(old.push(member) - 1);
      else {
        put(holder, place, [old, member]);
        path.push(1);
      }
      break;
    }
    const next: JsonObject | Json[] = old instanceof Map || Array.isArray(old) ? old : emptyFor(steps[at + 1]!);
    if (next !== old) put(holder, place, next);
    holder = next;
  }
  return path;
}

/** Returns the key of a step in an object or list; an object in a list takes members until it has one of that name. */
function placeIn(holder: JsonObject | Json[], step: string, next: string | null): PathStep {
  if (!Array.isArray(holder)) return step;
  if (step !== '') return Number(step) <= holder.length ? Number(step) : holder.length;
  const last = holder.at(-1);
  const isOpen = next !== null && last instanceof Map && !last.has(next);
  return isOpen ? holder.length - 1 : holder.length;
}

function emptyFor(step: string): JsonObject | Json[] {
  return step === '' || step === '0' ? [] : new Map();
}

function put(holder: JsonObject | Json[], place: PathStep, value: Json): void {
  if (Array.isArray(holder)) holder[Number(place)] = value;
  else holder.set(String(place), value);
}

/** Returns the formats inside a field of a name, the innermost first; empty for a text. */
export function contentsOf({ contents }: FormDialect, name: string): readonly FieldContent[] {
  return contents && Object.hasOwn(contents, name) ? ([contents[name]!].flat() as FieldContent[]) : [];
}

/** The text of a field that holds a value. */
export function contentText(name: string, value: Json, contents: readonly FieldContent[]): string {
  return contents.reduce<Json>((inner, content) => {
    if (content !== 'base64' && content !== 'base64-lines') return encodeJson(inner, content);
    if (typeof inner === 'string') return encodeBase64(inner, content);
    throw notFlat(`${name} is ${jsonType(inner)}, and Base64 is of a text`, 'a dialect before base64, in contents');
  }, value) as string;
}

/** A text in Base64; in lines as the pack('m') of Ruby and Perl writes them, 60 characters long, each with its end. */
function encodeBase64(text: string, content: 'base64' | 'base64-lines'): string {
  const encoded = Buffer.from(text).toString('base64');
  return content === 'base64' ? encoded : encoded.replace(/.{1,60}/g, '$&\n');
}

/** The value that the text of a field holds; the text itself where it is not what it should be. */
export function contentValue(text: string, contents: readonly FieldContent[]): Json {
  let inner: Json = text;
  for (const content of contents.toReversed()) {
    const read: Json | undefined = typeof inner === 'string' ? readContent(inner, content) : undefined;
    if (read === undefined) return text;
    inner = read;
  }
  return inner;
}

function readContent(text: string, content: FieldContent): Json | undefined {
  if (content === 'base64' || content === 'base64-lines') {
    const bytes = Buffer.from(text, 'base64');
    const decoded = bytes.toString('utf8');
    const isSame = bytes.toString('base64').replace(/=+$/, '') === text.replace(/[\s=]/g, '');
    return isSame && Buffer.from(decoded).equals(bytes) ? decoded : undefined;
  }
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

/** Returns whether a value is a part of `multipart` that is more than a text: it has `$text` or `$base64`, and perhaps `$file` and `$type`. */
export function isPart(value: Json): value is JsonObject {
  return (
    value instanceof Map &&
    (typeof value.get('$text') === 'string' || typeof value.get('$base64') === 'string') &&
    [...value.keys()].every((key) => /^\$(file|type|text|base64)$/.test(key))
  );
}

function fieldText(value: Exclude<Json, Json[] | JsonObject>): string {
  if (value === null) return '';
  return value instanceof JsonNumber ? value.text : String(value);
}

function notFlat(reason: string, key?: string): UsageError {
  return new UsageError(
    'NOT_FLAT',
    `The payload can't be sent as a form: ${reason}. Fields are texts, numbers or lists of them${
      key ? `; dialect says how others are sent (${key})` : ''
    }.`,
  );
}
