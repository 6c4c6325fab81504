import { isRecord } from '../core/isRecord.js';
import { pointerTo } from '../core/jsonPointer.js';
import { eventWords } from '../samples/fieldContext.js';
import type { SchemaNode } from '../samples/jsonSchema.js';
import { plainParagraph } from './plainParagraph.js';
import { valueAt } from './reference.js';
import type { PlacedValue, SchemaSetBuilder } from './schemaSetBuilder.js';
import type { SpecifiedHeader, SpecifiedSecurity, UnnamedEvent } from './specification.js';
import type { SpecificationDocument } from './specificationFiles.js';

const methods = ['post', 'put', 'patch', 'get', 'delete'];
/** Headers that OpenAPI takes from elsewhere, and those of HTTP itself. */
const notNamed = /^(?:accept|content-type|authorization|content-length|host|connection)$/i;

/** The events of an OpenAPI document: its webhooks, and the callbacks of its operations. */
export function openApiEvents(document: SpecificationDocument, builder: SchemaSetBuilder): UnnamedEvent[] {
  const root: PlacedValue = { document, pointer: '', value: document.data };
  const found: UnnamedEvent[] = [];
  const isDouble = isSame(root, 'webhooks', 'x-webhooks');
  for (const key of isDouble ? ['webhooks'] : ['webhooks', 'x-webhooks']) {
    for (const [name, placed] of membersOf(inside(root, key))) found.push(...eventsOfPath(name, placed, builder, root));
  }
  for (const [, path] of membersOf(inside(root, 'paths'))) {
    for (const method of methods) found.push(...callbackEvents(inside(path, method), builder, root));
  }
  const named = new Set(found.map(({ key }) => key));
  for (const [name, placed] of membersOf(inside(inside(root, 'components'), 'callbacks'))) {
    if (!named.has(name)) found.push(...eventsOfCallback(name, placed, builder, root));
  }
  return found;
}

function isSame(root: PlacedValue, one: string, other: string): boolean {
  const keys = (key: string) => membersOf(inside(root, key)).map(([name]) => name);
  const known = new Set(keys(one));
  return known.size > 0 && keys(other).every((name) => known.has(name));
}

function callbackEvents(operation: PlacedValue, builder: SchemaSetBuilder, root: PlacedValue): UnnamedEvent[] {
  return membersOf(inside(operation, 'callbacks')).flatMap(([name, placed]) =>
    eventsOfCallback(name, placed, builder, root),
  );
}

function eventsOfCallback(
  name: string,
  placed: PlacedValue,
  builder: SchemaSetBuilder,
  root: PlacedValue,
): UnnamedEvent[] {
  const callback = builder.follow(placed);
  return callback ? membersOf(callback).flatMap(([, path]) => eventsOfPath(name, path, builder, root)) : [];
}

function eventsOfPath(key: string, placed: PlacedValue, builder: SchemaSetBuilder, root: PlacedValue): UnnamedEvent[] {
  const path = builder.follow(placed);
  if (!path || !isRecord(path.value)) {
    builder.report(placed, 'it is no path item, and is left out.');
    builder.unread.push(key);
    return [];
  }
  const used = methods.filter((method) => isRecord((path.value as Record<string, unknown>)[method]));
  if (used.length === 0) {
    builder.report(placed, 'it has no operation, and is left out.');
    builder.unread.push(key);
  }
  return used.flatMap((method) => eventOf(key, method, path, builder, root) ?? []);
}

function eventOf(
  key: string,
  method: string,
  path: PlacedValue,
  builder: SchemaSetBuilder,
  root: PlacedValue,
): UnnamedEvent | null {
  const operation = inside(path, method);
  const { operationId, summary, description } = operation.value as Record<string, unknown>;
  const content = contentOf(operation, builder);
  if (content === null) {
    builder.unread.push(key, ...(typeof operationId === 'string' ? [operationId] : []));
    return null;
  }
  const parameters = [path, operation].flatMap((each) => membersOf(inside(each, 'parameters')));
  return {
    key,
    operationId: typeof operationId === 'string' && operationId !== '' ? operationId : null,
    title: titleOf(summary, key),
    trigger: firstSentence(description) ?? firstSentence(summary),
    place: `${operation.document.shown}#${operation.pointer}`,
    method: method.toUpperCase(),
    mediaType: content.mediaType,
    headers: parameters.flatMap(([, placed]) => headerOf(placed, builder) ?? []),
    successes: membersOf(inside(operation, 'responses'))
      .map(([status]) => status)
      .filter((status) => /^2(?:\d\d|xx)$/i.test(status)),
    security: securityOf(operation, root, builder),
    schema: content.schema,
    ...(content.example !== undefined && { example: content.example }),
  };
}

interface Content {
  readonly mediaType: string;
  readonly schema: SchemaNode;
  readonly example?: unknown;
}

function contentOf(operation: PlacedValue, builder: SchemaSetBuilder): Content | null {
  const body = builder.follow(inside(operation, 'requestBody'));
  const types = body === null ? [] : membersOf(inside(body, 'content'));
  const chosen =
    types.find(([type]) => /^application\/(?:[\w.+-]*\+)?json\b/i.test(type)) ??
    types.find(([type]) => /json|^\*\/\*$/.test(type));
  if (!chosen) {
    const form = types.find(([type]) => /form-urlencoded/i.test(type));
    if (!form) {
      const what =
        types.length === 0
          ? 'it has no body'
          : `its body is ${types
              .map(([type]) => type)
              .join(', ')
              .slice(0, 100)}`;
      builder.report(operation, `${what}, of which no sample is made; the event is left out.`);
      return null;
    }
    return contentAt(form, builder);
  }
  return contentAt(chosen, builder);
}

function contentAt([type, media]: readonly [string, PlacedValue], builder: SchemaSetBuilder): Content | null {
  const placed = inside(media, 'schema');
  if (placed.value !== undefined && builder.follow(placed) === null) {
    builder.report(media, 'its schema is missing; the event is left out.');
    return null;
  }
  if (placed.value === undefined) builder.report(media, 'it has no schema: the sample is an empty object.');
  const schema: SchemaNode = placed.value === undefined ? { type: 'object' } : builder.schemaAt(placed);
  const first = membersOf(inside(media, 'examples'))[0]?.[1];
  const held = first && builder.follow(first);
  const example =
    isRecord(media.value) && media.value.example !== undefined
      ? media.value.example
      : isRecord(held?.value)
        ? held.value.value
        : undefined;
  return { mediaType: type === '*/*' ? 'application/json' : type, schema, ...(example !== undefined && { example }) };
}

function headerOf(placed: PlacedValue, builder: SchemaSetBuilder): SpecifiedHeader | null {
  const parameter = builder.follow(placed)?.value;
  if (!isRecord(parameter) || parameter.in !== 'header' || typeof parameter.name !== 'string') return null;
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}$/.test(parameter.name) || parameter.name === '__proto__') {
    builder.report(placed, 'its name is none of a header, and it is left out.');
    return null;
  }
  if (notNamed.test(parameter.name)) return null;
  const schema = isRecord(parameter.schema) ? parameter.schema : {};
  const values = Array.isArray(schema.enum) ? schema.enum : 'const' in schema ? [schema.const] : [];
  return {
    name: parameter.name,
    value: values.length === 1 ? textOf(values[0]) : null,
    example: textOf(parameter.example ?? schema.example ?? schema.default ?? values[0]),
  };
}

function textOf(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value);
  return /^[\x20-\x7e]{1,200}$/.test(text) ? text : null;
}

function securityOf(operation: PlacedValue, root: PlacedValue, builder: SchemaSetBuilder): SpecifiedSecurity[] {
  // What holds for the whole document is how its own API is called.
  const names = membersOf(inside(operation, 'security')).flatMap(([, each]) => membersOf(each).map(([name]) => name));
  return names.flatMap((name): SpecifiedSecurity[] => {
    const pointer = pointerTo(['components', 'securitySchemes', name]);
    const scheme = builder.follow({ ...root, pointer, value: valueAt(root.value, pointer) })?.value;
    if (!isRecord(scheme)) return [];
    const { type, scheme: word, in: place, name: header } = scheme;
    if (type === 'http' && (word === 'basic' || word === 'bearer')) return [{ kind: word, header: null }];
    if (type === 'apiKey' && place === 'header' && typeof header === 'string') return [{ kind: 'header', header }];
    return [{ kind: 'other', header: null }];
  });
}

function titleOf(summary: unknown, key: string): string | null {
  const text = firstSentence(summary);
  const isKey = text === null || /^[\w./-]+$/.test(text);
  if (!isKey && text.length <= 60) return text.replace(/\.$/, '');
  const { subject, verb } = eventWords(key, 0);
  const words = `${subject} ${verb}`.replaceAll('_', ' ').trim();
  return words === '' ? null : words[0]!.toUpperCase() + words.slice(1);
}

/** The first sentence of a text in Markdown, as plain text. */
function firstSentence(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const line = plainParagraph(text);
  const sentence = /^.*?[.!?](?=\s|$)/.exec(line)?.[0] ?? line;
  return sentence === '' ? null : sentence.length > 200 ? `${sentence.slice(0, 197)}…` : sentence;
}

/** Returns the members of an object or list, with their places. */
export function membersOf({ document, pointer, value }: PlacedValue): (readonly [name: string, placed: PlacedValue])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, member]) => [
    name,
    { document, pointer: pointer + pointerTo([name]), value: member },
  ]);
}

/** Returns a member of an object, with the place that it has or would have. */
export function inside({ document, pointer, value }: PlacedValue, name: string): PlacedValue {
  const member = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return { document, pointer: pointer + pointerTo([name]), value: member };
}
