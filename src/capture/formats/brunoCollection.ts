import type { Header } from '../../core/delivery.js';
import { headersFrom } from '../buildItem.js';
import type { CapturedItem } from '../capture.js';
import type { CaptureFormat, CaptureInput } from '../captureInput.js';
import { isMembers, type Members } from '../isMembers.js';
import { scalarText } from '../scalarText.js';
import { type BrunoAuth, type BrunoRequest, readBrunoRequest } from './brunoRequest.js';

const maxDepth = 30;

/** A collection that Bruno exported, or a request of it, in its JSON or as OpenCollection. */
export const readBrunoCollection: CaptureFormat = (input) => {
  const { document } = input;
  if (!isMembers(document)) return null;
  if (isMembers(document.http) && isMembers(document.info)) return itemsIn({ items: [document] }, emptyContext(input));
  const isOpen = typeof document.opencollection === 'string';
  const items = list(document.items);
  if (
    !isOpen &&
    !items.some(({ type, items: inner }) => isRequestType(type) || (type === 'folder' && list(inner).length > 0))
  )
    return null;
  const environments = list(isOpen ? (document.config as Members | undefined)?.environments : document.environments);
  // Only a person can choose among several environments.
  const [environment] = environments.length === 1 ? environments : [];
  const context = emptyContext(input);
  return itemsIn(document, { ...context, values: new Map(readVariables(environment?.variables)) });
};

interface BrunoContext {
  readonly input: CaptureInput;
  readonly values: ReadonlyMap<string, string>;
  readonly headers: readonly Header[];
  readonly auth: BrunoAuth | null;
  readonly depth: number;
}

const emptyContext = (input: CaptureInput): BrunoContext => ({
  input,
  values: new Map(),
  headers: [],
  auth: null,
  depth: 0,
});

function isRequestType(type: unknown): boolean {
  return type === 'http' || type === 'http-request' || type === 'graphql-request';
}

/** The requests of a folder, with its settings for all of them. */
function itemsIn(folder: Members, outer: BrunoContext): CapturedItem[] {
  if (outer.depth > maxDepth) return [];
  const { request } = isMembers(folder.root) ? folder.root : folder;
  const own: Members = isMembers(request) && !isRequestType(folder.type) ? request : {};
  const context: BrunoContext = {
    input: outer.input,
    values: new Map([...outer.values, ...readVariables(own.variables ?? (own.vars as Members | undefined)?.req)]),
    headers: joinHeaders(outer.headers, headersFrom(own.headers)),
    auth: readAuth(own.auth, outer.auth),
    depth: outer.depth + 1,
  };
  return list(folder.items).flatMap((item) => {
    const found = readRequest(item, context);
    return found ? [readBrunoRequest(found, context.input)] : itemsIn(item, context);
  });
}

function readRequest(item: Members, { values, headers, auth }: BrunoContext): BrunoRequest | null {
  const request = isMembers(item.http) ? item.http : isRequestType(item.type) ? item.request : null;
  if (!isMembers(request)) return null;
  const { method, url } = request;
  const body: Members = isMembers(request.body) ? request.body : {};
  const own = (item.runtime as Members | undefined)?.variables ?? (request.vars as Members | undefined)?.req;
  const mode = scalarText(body.mode ?? body.type) || 'none';
  return {
    method,
    url: scalarText(url),
    headers: joinHeaders(headers, headersFrom(request.headers)),
    auth: readAuth(request.auth, auth),
    mode,
    content: readContent(body.mode === undefined ? body.data : body[mode]),
    values: new Map([...values, ...readVariables(own)]),
  };
}

function readContent(content: unknown): BrunoRequest['content'] {
  if (typeof content === 'string') return content;
  if (isMembers(content) && typeof content.query === 'string') {
    const { query, variables } = content;
    return JSON.stringify({ query, variables: parsed(variables) });
  }
  return Array.isArray(content) ? readPairs(content) : null;
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(scalarText(text) || '{}') as unknown;
  } catch {
    return {};
  }
}

function list(value: unknown): Members[] {
  return Array.isArray(value) ? value.filter(isMembers) : [];
}

function isOn({ enabled, disabled }: Members): boolean {
  return enabled !== false && disabled !== true;
}

function readPairs(value: unknown): [string, string][] {
  return list(value)
    .filter(isOn)
    .map((each) => [scalarText(each.name), scalarText(each.value)]);
}

function readVariables(value: unknown): [string, string][] {
  return readPairs(value).filter(([name]) => name !== '');
}

/** Headers of a folder, and those of a request, which take the place of others of their name. */
function joinHeaders(outer: readonly Header[], own: readonly Header[]): Header[] {
  const names = new Set(own.map(([name]) => name.toLowerCase()));
  return [...outer.filter(([name]) => !names.has(name.toLowerCase())), ...own];
}

function readAuth(value: unknown, outer: BrunoAuth | null): BrunoAuth | null {
  if (value === undefined || value === null || value === 'inherit') return outer;
  if (!isMembers(value)) return null;
  const kind = scalarText(value.mode ?? value.type);
  if (kind === 'inherit') return outer;
  const own = isMembers(value[kind]) ? value[kind] : value;
  return { kind, value: (name) => scalarText(own[name]) };
}
