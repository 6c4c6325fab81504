import type { Header } from '../../core/delivery.js';
import { bodyFrom, buildItem, headersFrom } from '../buildItem.js';
import type { CaptureFormat, CaptureInput, DocumentPart, PartReader } from '../captureInput.js';
import { captureInput } from '../captureInput.js';

/** Members of a message that are no headers. */
const ownMembers = new Set(['body', 'query', 'timestamp', 'rawdata']);

/** A message of smee.io: the headers as members, `body` as parsed JSON, `rawdata` as it was received, where the server includes it. */
export const readSmee: PartReader = ({ value, path }, input) => {
  const { body, rawdata, timestamp } = value;
  if (body === undefined || typeof timestamp !== 'number' || value.headers !== undefined) return null;
  const headers = headersFrom(Object.fromEntries(Object.entries(value).filter(([name]) => !ownMembers.has(name))));
  if (!headers.some(([name]) => /^(?:content-type|user-agent|host|x-[\w-]+)$/i.test(name))) return null;
  const content =
    typeof rawdata === 'string' ? { text: rawdata } : bodyFrom(body, () => input.valueAt([...path, 'body']));
  return [
    buildItem({ url: formatQuery(value), headers: withoutProxyHeaders(headers), body: content, at: timestamp }, input),
  ];
};

/** Removes the headers of the proxy in front of smee.io. */
function withoutProxyHeaders(headers: readonly Header[]): Header[] {
  return headers.filter(([name]) => name !== 'connection');
}

function formatQuery({ query }: DocumentPart['value']): string {
  const pairs = Object.entries((query ?? {}) as Record<string, unknown>).filter(([, text]) => typeof text === 'string');
  return pairs.length === 0 ? '/' : `/?${new URLSearchParams(pairs as [string, string][])}`;
}

/** The stream of events of a channel, as curl shows it: a message in each `data:`. */
export const readSmeeStream: CaptureFormat = (input) => {
  if (!/^(?:(?:id|event|retry|:)[^\n]*\n|[ \t\r]*\n)*data:\s*\{/.test(input.text.slice(0, 65_536))) return null;
  const lines = input.text
    .split('\n')
    .flatMap((line) => (/^data:\s*\{/.test(line) ? [line.replace(/^data:\s*/, '')] : []));
  const items = lines.flatMap((line) => readMessage(line, input));
  return items.length > 0 ? items : null;
};

function readMessage(line: string, input: CaptureInput) {
  const inner = captureInput(Buffer.from(line), input);
  const value = inner.document;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return readSmee({ value: value as DocumentPart['value'], path: [] }, inner) ?? [];
}
