import type { Header } from '../../core/delivery.js';
import type { PathStep } from '../../json/path.js';
import { buildItem, type CapturedBody, headersFrom } from '../buildItem.js';
import { badCapture, type CapturedItem } from '../capture.js';
import type { CaptureFormat, CaptureInput } from '../captureInput.js';
import { type VariableFilling, variableFilling } from '../filledVariables.js';
import { isMembers, type Members } from '../isMembers.js';
import { scalarText } from '../scalarText.js';
import { withNotes } from '../withNotes.js';

const maxDepth = 30;

/** A collection of Postman, 2.0 or 2.1 (https://schema.postman.com/), with the values that its own variables have. */
export const readPostman: CaptureFormat = (input) => {
  const outer = input.document as Members | null;
  const executions = isMembers(outer?.run) ? outer.run.executions : undefined;
  if (Array.isArray(executions)) return sentItems(executions, input);
  if (Array.isArray(outer?.requests) && outer.requests.some((each) => isMembers(each) && 'dataMode' in each)) {
    throw badCapture(input.source, 'this is a collection of Postman 1. Import it into Postman, and export it as 2.1.');
  }
  const collection = (isMembers(outer?.collection) ? outer.collection : outer) as Members | null;
  const schema = (collection?.info as Members | undefined)?.schema;
  const isNamed = typeof schema === 'string' && /(?:getpostman|postman)\.com/.test(schema);
  if (!Array.isArray(collection?.item) || !isMembers(collection.info) || !(isNamed || schema === undefined))
    return null;
  const items: CapturedItem[] = [];
  collect(collection, { values: new Map(), auth: undefined, path: [], input, items });
  return items;
};

/** Reads the requests that newman reports as sent, with variables filled. */
function sentItems(executions: readonly unknown[], input: CaptureInput): CapturedItem[] {
  const items: CapturedItem[] = [];
  const context: PostmanContext = { values: new Map(), auth: undefined, path: [], input, items };
  for (const each of executions) {
    if (isMembers(each) && isMembers(each.request)) items.push(requestItem(each.request, context));
  }
  return items;
}

interface PostmanContext {
  readonly values: ReadonlyMap<string, string>;
  readonly auth: unknown;
  readonly path: readonly PathStep[];
  readonly input: CaptureInput;
  readonly items: CapturedItem[];
}

function collect(folder: Members, context: PostmanContext): void {
  if (context.path.length > maxDepth) return;
  const values = new Map([...context.values, ...readVariables(folder.variable)]);
  const auth = folder.auth ?? context.auth;
  const list = Array.isArray(folder.item) ? (folder.item as unknown[]) : [];
  for (const [at, each] of list.entries()) {
    if (!isMembers(each)) continue;
    const inner = { ...context, values, auth, path: [...context.path, at] };
    if (typeof each.request === 'string' || isMembers(each.request))
      context.items.push(requestItem(each.request, inner));
    if (Array.isArray(each.item)) collect(each, inner);
  }
}

function requestItem(request: string | Members, { values, auth, input }: PostmanContext): CapturedItem {
  const {
    method,
    header,
    url,
    body,
    auth: own,
  }: Members = typeof request === 'string' ? { url: request, method: 'GET' } : request;
  const filling = variableFilling(values, input);
  const headers = headersFrom(header).map(([name, value]): Header => [filling.fill(name), filling.fill(value)]);
  const mode = isMembers(body) && body.disabled !== true ? body.mode : undefined;
  const added = [...authHeaders(own ?? auth, filling), ...typeHeaders(mode, body as Members)].filter(
    ([name]) => !headers.some(([other]) => other.toLowerCase() === name.toLowerCase()),
  );
  const item = buildItem(
    {
      method,
      url: withoutQuotes(filling.fill(urlText(url))),
      headers: [...headers, ...added],
      body: () => readBody(mode, body as Members, filling, input),
    },
    input,
  );
  return withNotes(item, filling.notes);
}

function readVariables(list: unknown): [string, string][] {
  if (!Array.isArray(list)) return [];
  return (list as (Members | null)[]).flatMap((each): [string, string][] => {
    const name = each?.key ?? each?.id;
    const { value } = each ?? {};
    const isUsed = typeof name === 'string' && each?.disabled !== true;
    return isUsed && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      ? [[name, String(value)]]
      : [];
  });
}

function urlText(url: unknown): string {
  if (typeof url === 'string') return url;
  const { raw, protocol, host, port, path, query } = (url ?? {}) as Members;
  if (typeof raw === 'string') return raw;
  const scheme = typeof protocol === 'string' ? protocol.replace(/:?\/*$/, '') : 'http';
  const joined = (value: unknown, by: string) =>
    Array.isArray(value)
      ? value.map((each) => scalarText(isMembers(each) ? each.value : each)).join(by)
      : scalarText(value);
  const search = enabledFields(query)
    .map(({ key, value }) => `${scalarText(key)}=${scalarText(value)}`)
    .join('&');
  const authority = `${joined(host, '.')}${scalarText(port) === '' ? '' : `:${scalarText(port)}`}`;
  // Where the host is a variable, that is usually a whole address.
  const start = protocol === undefined && authority.startsWith('{{') ? authority : `${scheme}://${authority}`;
  return `${start}/${joined(path, '/').replace(/^\//, '')}${search === '' ? '' : `?${search}`}`;
}

/** Postman encodes quotes in the query. */
function withoutQuotes(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? url : url.slice(0, at) + url.slice(at).replaceAll("'", '%27');
}

/** The members of a list that are not switched off. */
function enabledFields(list: unknown): Members[] {
  return Array.isArray(list) ? list.filter(isMembers).filter(({ disabled }) => disabled !== true) : [];
}

function authHeaders(auth: unknown, { fill }: VariableFilling): Header[] {
  if (!isMembers(auth) || typeof auth.type !== 'string') return [];
  const list = auth[auth.type];
  const value = (name: string) => {
    const found = Array.isArray(list)
      ? list.filter(isMembers).find(({ key }) => key === name)?.value
      : (list as Members | null)?.[name];
    return fill(typeof found === 'string' ? found : '');
  };
  if (auth.type === 'bearer') return [['Authorization', `Bearer ${value('token')}`]];
  if (auth.type === 'basic') {
    return [['Authorization', `Basic ${Buffer.from(`${value('username')}:${value('password')}`).toString('base64')}`]];
  }
  return auth.type === 'apikey' && value('in') !== 'query' && value('key') !== ''
    ? [[value('key'), value('value')]]
    : [];
}

/** Returns the headers that Postman adds by the language of a raw body. */
function typeHeaders(mode: unknown, body: Members): Header[] {
  if (mode === 'urlencoded') return [['Content-Type', 'application/x-www-form-urlencoded']];
  const language = ((body?.options as Members | undefined)?.raw as Members | undefined)?.language;
  const types: Readonly<Record<string, string>> = {
    json: 'application/json',
    xml: 'application/xml',
    html: 'text/html',
    javascript: 'application/javascript',
    text: 'text/plain',
  };
  if (mode === 'graphql') return [['Content-Type', 'application/json']];
  if (mode !== 'raw') return [];
  const isKnown = typeof language === 'string' && Object.hasOwn(types, language);
  return [['Content-Type', isKnown ? types[language]! : 'text/plain']];
}

function readBody(
  mode: unknown,
  body: Members,
  { fill }: VariableFilling,
  { source, nameOf }: CaptureInput,
): CapturedBody {
  if (mode === undefined || mode === 'none') return null;
  if (mode === 'raw') return { text: fill(typeof body.raw === 'string' ? body.raw : '') };
  if (mode === 'urlencoded') {
    const encode = (text: unknown) => encodeStrictly(fill(scalarText(text)));
    const fields = enabledFields(body.urlencoded).map(({ key, value }) => `${encode(key)}=${encode(value)}`);
    return { text: fields.join('&') };
  }
  if (mode === 'graphql' && isMembers(body.graphql)) {
    const { query, operationName, variables } = body.graphql;
    const operation = scalarText(operationName) === '' ? {} : { operationName };
    return {
      text: JSON.stringify({ query: fill(scalarText(query)), ...operation, ...variablesText(variables, fill) }),
    };
  }
  throw badCapture(
    source,
    `the body of this request is not in the collection (mode ${mode === 'formdata' ? 'formdata' : 'file'}). Give it with ${nameOf('body')}.`,
  );
}

/** Encodes forms as Postman does: also the characters that encodeURIComponent leaves. */
function encodeStrictly(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function variablesText(variables: unknown, fill: (text: string) => string): { readonly variables?: unknown } {
  if (isMembers(variables)) return { variables };
  const text = fill(scalarText(variables)).trim();
  if (text === '') return {};
  try {
    return { variables: JSON.parse(text) as unknown };
  } catch {
    return {};
  }
}
