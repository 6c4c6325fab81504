import type { Header } from '../../core/delivery.js';
import { buildItem, type CapturedBody, fromHex } from '../buildItem.js';
import { badCapture, type CapturedItem } from '../capture.js';
import type { CaptureFormat, CaptureInput } from '../captureInput.js';
import { encodeFormFields } from '../encodeFormFields.js';
import { variableFilling } from '../filledVariables.js';
import { trimBlanks } from '../trimBlanks.js';
import { withNotes } from '../withNotes.js';

const requestLine = /^([A-Z]+)[ \t]+((?:https?:\/\/|\{\{)\S+)[ \t]*(?:#.*)?$/;
const answerLine = /^HTTP(?:\/(?:1\.0|1\.1|2|3))?[ \t]+(?:\d{3}|\*)[ \t]*(?:#.*)?$/;
const section = /^\[(\w+)\][ \t]*(?:#.*)?$/;
const known =
  /^\[(?:QueryStringParams|Query|FormParams|Form|MultipartFormData|Multipart|Cookies|BasicAuth|Options|Asserts|Captures)\]/m;

/** Files of Hurl (https://hurl.dev/docs/hurl-file.html): requests, each with sections, a body and the answer that is expected. */
export const readHurl: CaptureFormat = (input) => {
  const { text } = input;
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const first = lines.find((line) => line.trim() !== '' && !line.trimStart().startsWith('#')) ?? '';
  if (!requestLine.test(first) || /^###/m.test(text)) return null;
  if (!known.test(text) && !lines.some((line) => answerLine.test(line)) && !/^(?:```|`|base64,|hex,|file,)/m.test(text))
    return null;
  const items: CapturedItem[] = [];
  for (let at = 0; at < lines.length; ) {
    if (!requestLine.test(lines[at]!)) {
      at++;
      continue;
    }
    const { item, next } = readRequest(lines, at, input);
    items.push(item);
    at = next;
  }
  return items;
};

interface HurlRequest {
  readonly headers: Header[];
  readonly fields: Map<string, [string, string][]>;
  body: () => CapturedBody;
}

function readRequest(
  lines: readonly string[],
  start: number,
  input: CaptureInput,
): { item: CapturedItem; next: number } {
  const [, method, address] = requestLine.exec(lines[start]!)!;
  const request: HurlRequest = { headers: [], fields: new Map(), body: () => null };
  const filling = variableFilling(new Map(), input);
  let current: string | null = null;
  let at = start + 1;
  while (at < lines.length) {
    const line = lines[at]!;
    const field = /^((?:[^\s:\\]|\\.)+)[ \t]*:(.*)$/.exec(line);
    if (answerLine.test(line) || requestLine.test(line)) break;
    if (line.trim() === '' || line.trimStart().startsWith('#')) at++;
    else if (section.test(line)) {
      current = section.exec(line)![1]!;
      at++;
    } else if (field && !/^[{["`<]/.test(line)) {
      const pair: [string, string] = [unescapeText(field[1]!), unescapeText(withoutComment(trimBlanks(field[2]!)))];
      if (current === null) request.headers.push(pair);
      else addField(request, current, pair);
      at++;
    } else {
      const found = readBody(lines, at, input);
      request.body = found.body;
      at = found.next;
      break;
    }
  }
  while (at < lines.length && !requestLine.test(lines[at]!)) at++;
  const item = buildItem(
    {
      method,
      url: withFields(address!, request),
      headers: buildHeaders(request),
      body: () => buildBody(request, input),
    },
    input,
  );
  const noted = withNotes(item, (capture) => {
    filling.fill(Buffer.from(capture.request.body).toString('latin1') + address! + request.headers.flat().join(' '));
    return filling.notes();
  });
  return { item: noted, next: at };
}

function addField({ fields }: HurlRequest, name: string, pair: [string, string]): void {
  const known = fields.get(name);
  if (known) known.push(pair);
  else fields.set(name, [pair]);
}

function fieldsOf({ fields }: HurlRequest, ...names: string[]): [string, string][] {
  return names.flatMap((name) => fields.get(name) ?? []);
}

function withFields(url: string, request: HurlRequest): string {
  const query = new URLSearchParams(fieldsOf(request, 'QueryStringParams', 'Query')).toString().replaceAll('+', '%20');
  return query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

function buildHeaders(request: HurlRequest): Header[] {
  const [user] = fieldsOf(request, 'BasicAuth');
  const cookies = fieldsOf(request, 'Cookies').map(([name, value]) => `${name}=${value}`);
  const isForm = fieldsOf(request, 'FormParams', 'Form').length > 0;
  const added: (readonly [string, string | undefined])[] = [
    ['Authorization', user && `Basic ${Buffer.from(`${user[0]}:${user[1]}`).toString('base64')}`],
    ['Cookie', cookies.length > 0 ? cookies.join('; ') : undefined],
    ['Content-Type', isForm ? 'application/x-www-form-urlencoded' : undefined],
  ];
  const given = new Set(request.headers.map(([name]) => name.toLowerCase()));
  return [
    ...request.headers,
    ...added.flatMap(([name, value]): Header[] =>
      value !== undefined && !given.has(name.toLowerCase()) ? [[name, value]] : [],
    ),
  ];
}

function buildBody(request: HurlRequest, { source }: CaptureInput): CapturedBody {
  if (fieldsOf(request, 'MultipartFormData', 'Multipart').length > 0) {
    throw badCapture(
      source,
      'this request of Hurl sends a multipart form, whose boundary is made each time. Capture the request itself.',
    );
  }
  const form = fieldsOf(request, 'FormParams', 'Form');
  if (form.length === 0) return request.body();
  return { text: encodeFormFields(form) };
}

function readBody(
  lines: readonly string[],
  at: number,
  { source, nameOf }: CaptureInput,
): { body: () => CapturedBody; next: number } {
  const line = lines[at]!;
  const short = /^(base64|hex|file),(.*?);[ \t]*(?:#.*)?$/.exec(line);
  if (short) {
    const [, kind, text] = short;
    const body = (): CapturedBody => {
      if (kind === 'base64') return { base64: text! };
      if (kind === 'hex') return { bytes: fromHex(text!, source) };
      throw badCapture(source, `the body of this request is in another file (file,…). Give it with ${nameOf('body')}.`);
    };
    return { body, next: at + 1 };
  }
  if (line.startsWith('```')) {
    const end = lines.findIndex((each, i) => i > at && each.startsWith('```'));
    if (end < 0) return { body: unclosed('```'), next: lines.length };
    const inner = lines.slice(at + 1, end);
    return { body: () => ({ text: inner.map((each) => `${each}\n`).join('') }), next: end + 1 };
  }
  const oneLine = /^`(.*)`[ \t]*(?:#.*)?$/.exec(line)?.[1];
  if (oneLine !== undefined) return { body: () => ({ text: unescapeText(oneLine) }), next: at + 1 };
  if (line.startsWith('`')) return { body: unclosed('`'), next: at + 1 };
  let end = at;
  while (end < lines.length && !answerLine.test(lines[end]!) && !requestLine.test(lines[end]!)) end++;
  let last = end;
  while (last > at && /^[ \t]*(?:#|$)/.test(lines[last - 1]!)) last--;
  const text = lines.slice(at, last).join('\n');
  return { body: () => ({ text: withoutCommentBehind(text).trimEnd() }), next: end };

  function unclosed(mark: string): () => CapturedBody {
    return () => {
      throw badCapture(source, `the body of this request is never closed (${mark}). Is the file cut?`);
    };
  }
}

/** JSON without a comment after it in its last line. */
function withoutCommentBehind(text: string): string {
  if (!/^[{[]/.test(text)) return text;
  let depth = 0;
  for (const { 0: mark, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (mark === '{' || mark === '[') depth++;
    else if (mark === '}' || mark === ']') depth--;
    if (depth === 0) return /^\s*#/.test(text.slice(index + 1, index + 1000)) ? text.slice(0, index + 1) : text;
  }
  return text;
}

/** A value without a comment: all from a # that follows a space. */
function withoutComment(value: string): string {
  for (let at = value.indexOf('#', 1); at >= 0; at = value.indexOf('#', at + 1)) {
    if (/[ \t]/.test(value[at - 1]!)) return trimBlanks(value.slice(0, at));
  }
  return value;
}

function unescapeText(text: string): string {
  return text.replace(/\\(?:u\{([0-9A-Fa-f]{1,6})\}|(.))/g, (_, code?: string, char?: string) => {
    if (code !== undefined)
      return Number.parseInt(code, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(code, 16)) : '';
    return ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' } as Record<string, string>)[char!] ?? char!;
  });
}
