import { type Dirent, readdirSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { UsageError } from '../core/errors.js';
import { isRecord } from '../core/isRecord.js';
import { printable } from '../core/printable.js';
import { nameEvents } from './nameEvents.js';
import { inside, membersOf, openApiEvents } from './openApiEvents.js';
import { plainLine } from './plainLine.js';
import { type PlacedValue, SchemaSetBuilder } from './schemaSetBuilder.js';
import type { Specification, UnnamedEvent } from './specification.js';
import { type SpecificationDocument, SpecificationFiles } from './specificationFiles.js';

/** The source of a specification: bytes, or a folder of JSON Schemas. */
export interface SpecificationSource {
  /** An absolute path: of the file, the folder, or for standard input the working folder. */
  readonly path: string;
  /** As people see it. */
  readonly shown: string;
  /** Null for a folder. */
  readonly bytes: Uint8Array | null;
  readonly cwd: string;
}

/** Options for reading a specification. */
export interface ReadingOptions {
  /** Keeps the descriptions of schemas. */
  readonly keepsDescriptions?: boolean;
  /** Of one file, and of all together. */
  readonly maxBytes?: number;
}

const maxFolders = 6;
const maxFiles = 2000;

/** Reads the webhooks of a specification. Throws a UsageError for anything else, or for one without webhooks. */
export function readSpecification(
  { path, shown, bytes, cwd }: SpecificationSource,
  { keepsDescriptions, maxBytes }: ReadingOptions = {},
): Specification {
  const folder = bytes === null ? path : dirname(path);
  const outside = relative(cwd, folder);
  const isInside = outside.split(sep)[0] !== '..' && !isAbsolute(outside);
  const files = new SpecificationFiles(isInside ? cwd : folder, cwd, maxBytes);
  const builder = new SchemaSetBuilder(files, keepsDescriptions);
  const documents = bytes === null ? documentsIn(path, files, builder) : [files.parse(bytes, path, shown)];
  const described = documents.find(
    ({ data }) => isRecord(data) && ('openapi' in data || 'swagger' in data || 'asyncapi' in data),
  );
  if (described) assertOpenApi(described);
  const root = described ?? documents[0];
  const events = described
    ? openApiEvents(described, builder)
    : documents.length > 1 || bytes === null
      ? documents.flatMap((document) => schemaEvents(document, builder, bytes === null ? path : null))
      : documents.flatMap((document) => eventsOfDocument(document, builder));
  const own = bytes === null && !described ? builder.notReferredTo(events) : events;
  if (own.length === 0) {
    const reasons = builder.problems
      .slice(0, 5)
      .map(({ place, message }) => `\n${printable(place)}: ${printable(message)}`);
    throw new UsageError(
      'NO_EVENTS',
      `${printable(shown)}: it describes no webhooks: neither webhooks, x-webhooks or callbacks, nor a JSON Schema of a payload.${reasons.join('')}`,
    );
  }
  const named = nameEvents(own, builder.set);
  const info = isRecord(root?.data) && isRecord(root.data.info) ? root.data.info : {};
  return {
    title: oneLine(info.title),
    docs: docsOf(root?.data),
    set: builder.set,
    events: named.events,
    eventAt: named.eventAt,
    wire: named.wire,
    files: files.paths,
    problems: [...builder.problems, ...named.problems],
    unread: [...builder.unread, ...named.unread],
  };
}

function assertOpenApi({ data, shown }: SpecificationDocument): void {
  if (!isRecord(data) || 'openapi' in data) return;
  const [what, way] =
    'asyncapi' in data
      ? ['an AsyncAPI document', 'Save the JSON Schemas of its messages in a folder, and name that']
      : ['an OpenAPI 2.0 (Swagger) document', 'That version has no webhooks: convert it to OpenAPI 3'];
  throw new UsageError('BAD_SPECIFICATION', `${shown}: it is ${what}, which is not read. ${way}.`);
}

function documentsIn(folder: string, files: SpecificationFiles, builder: SchemaSetBuilder): SpecificationDocument[] {
  const found: SpecificationDocument[] = [];
  const visit = (path: string, depth: number) => {
    const entries: Dirent[] = readdirSync(path, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules' || found.length >= maxFiles) continue;
      const inner = join(path, entry.name);
      if (entry.isDirectory() && depth < maxFolders) visit(inner, depth + 1);
      if (!(entry.isFile() || entry.isSymbolicLink()) || !/\.(?:json|ya?ml)$/i.test(entry.name)) continue;
      const document = files.open(inner);
      if (typeof document === 'string') builder.problems.push({ place: relative(folder, inner), message: document });
      else if (isRecord(document.data)) found.push(document);
    }
  };
  visit(folder, 0);
  return found;
}

const schemaWords = ['$schema', 'properties', 'allOf', 'oneOf', 'anyOf', '$ref', 'type', '$defs', 'definitions'];

/** A document that is a JSON Schema, as an event. */
function schemaEvents(
  document: SpecificationDocument,
  builder: SchemaSetBuilder,
  folder: string | null,
): UnnamedEvent[] {
  const { data, path } = document;
  if (!isRecord(data) || !schemaWords.some((word) => word in data)) return [];
  const key = folder === null ? document.shown : relative(folder, path).replaceAll('\\', '/');
  return [
    eventOfSchema(
      key.replace(/(?:\.schema)?\.\w+$/, '').replaceAll('/', '.'),
      { document, pointer: '', value: data },
      builder,
    ),
  ];
}

/** The events of a single JSON Schema: its own, or those of its definitions. */
function eventsOfDocument(document: SpecificationDocument, builder: SchemaSetBuilder): readonly UnnamedEvent[] {
  const { data, shown } = document;
  if (!isRecord(data))
    throw new UsageError('BAD_SPECIFICATION', `${shown}: it is no OpenAPI document and no JSON Schema.`);
  if (['properties', 'allOf', 'oneOf', 'anyOf', '$ref'].some((word) => word in data)) {
    return schemaEvents({ ...document, shown: shown.replace(/^.*\//, '') }, builder, null);
  }
  const root = { document, pointer: '', value: data };
  const definitions = [...membersOf(inside(root, '$defs')), ...membersOf(inside(root, 'definitions'))];
  const events = definitions.map(([name, placed]) => eventOfSchema(name, placed, builder));
  return builder.notReferredTo(events);
}

function eventOfSchema(key: string, placed: PlacedValue, builder: SchemaSetBuilder): UnnamedEvent {
  const { title, description } = placed.value as Record<string, unknown>;
  return {
    key,
    operationId: null,
    title: oneLine(title),
    trigger: oneLine(description),
    place: `${placed.document.shown}#${placed.pointer}`,
    method: 'POST',
    mediaType: 'application/json',
    headers: [],
    successes: [],
    security: [],
    schema: builder.schemaAt(placed),
  };
}

function oneLine(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const line = plainLine(text);
  return line === '' ? null : line.slice(0, 120);
}

function docsOf(data: unknown): string | null {
  const external = isRecord(data) && isRecord(data.externalDocs) ? data.externalDocs.url : undefined;
  return typeof external === 'string' &&
    /^https?:\/\/[\x21-\x7e]{1,500}$/.test(external) &&
    URL.parse(external) !== null
    ? external
    : null;
}
