import { findHeader, type Header } from '../../core/delivery.js';
import { buildItem, type CapturedBody } from '../buildItem.js';
import { badCapture, type CapturedItem } from '../capture.js';
import type { CaptureFormat, CaptureInput } from '../captureInput.js';
import { type VariableFilling, variableFilling } from '../filledVariables.js';
import { trimBlanks } from '../trimBlanks.js';
import { withNotes } from '../withNotes.js';

const methods = 'GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT|TRACE|LOCK|UNLOCK|PROPFIND|PROPPATCH|COPY|MOVE|MKCOL';
const requestLine = new RegExp(
  `^(?:(${methods})[ \\t]+)?((?:https?://|\\{\\{)\\S*|/\\S*)(?:[ \\t]+HTTP/\\d(?:\\.\\d)?)?[ \\t]*$`,
  'i',
);
/** An address without a version of HTTP after it, as editors write it, but never the wire. */
const editorsLine = new RegExp(`^(?:(?:${methods})[ \\t]+)?(?:https?://|\\{\\{\\w)[^\\s]*[ \\t]*$`, 'im');
const separator = /^###/;
const fileVariable = /^@([A-Za-z_][\w.-]*)\s*=(.*)$/;

/** `.http` and `.rest` files of editors (VS Code's REST Client, JetBrains, Visual Studio): requests that `###` divides. */
export const readRestClient: CaptureFormat = (input) => {
  const { text } = input;
  const start = text.slice(0, 65_536);
  const isMarked = /^###/m.test(start) || /^(?:#|\/\/) @\w/m.test(start) || /^@[A-Za-z_]\w*\s*=/m.test(start);
  const first = start.split(/\r?\n/).find((line) => line.trim() !== '' && !/^(?:#|\/\/)/.test(line)) ?? '';
  const isEditors = /^(?:#|\/\/|@|<)/.test(start.trimStart()) || /^(?:[A-Z]+[ \t]+)?(?:https?:\/\/|\{\{)/.test(first);
  if (!(isMarked && isEditors) && !editorsLine.test(first)) return null;
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const values = new Map<string, string>();
  for (const line of lines) {
    const found = fileVariable.exec(line);
    if (found) values.set(found[1]!, found[2]!.trim());
  }
  const items = splitBlocks(lines).flatMap((block) => itemOfBlock(block, values, input));
  return items.length > 0 ? items : null;
};

function splitBlocks(lines: readonly string[]): string[][] {
  const blocks: string[][] = [[]];
  for (const line of lines) {
    if (separator.test(line)) blocks.push([]);
    else blocks.at(-1)!.push(line);
  }
  return blocks;
}

function itemOfBlock(
  lines: readonly string[],
  values: ReadonlyMap<string, string>,
  input: CaptureInput,
): CapturedItem[] {
  const filling = variableFilling(values, input);
  const head = readHead(lines, filling);
  if (!head) return [];
  const { method, url, headers, rest } = head;
  const type = findHeader(headers, 'content-type') ?? '';
  const body = (): CapturedBody => readBody(rest, { type, filling, input });
  const item = buildItem({ method: method ?? (rest.length > 0 ? 'POST' : 'GET'), url, headers, body }, input);
  return [withNotes(item, filling.notes)];
}

function readHead(lines: readonly string[], { fill }: VariableFilling) {
  let at = 0;
  let isScript = false;
  for (; at < lines.length; at++) {
    const line = lines[at]!;
    if (/^<\s*\{%/.test(line)) isScript = !line.includes('%}');
    else if (isScript) isScript = !line.includes('%}');
    else if (line.trim() !== '' && !/^(?:#|\/\/|@)/.test(line)) break;
  }
  const first = requestLine.exec(lines[at] ?? '');
  if (!first) return null;
  let url = first[2]!;
  // A long query continues in lines of its own.
  while (/^[ \t]+[?&]/.test(lines[at + 1] ?? '')) url += lines[++at]!.trim();
  const headers: Header[] = [];
  for (at++; at < lines.length && lines[at]!.trim() !== ''; at++) {
    const line = lines[at]!;
    if (/^(?:#|\/\/)/.test(line)) continue;
    const colon = line.indexOf(':');
    // A line that is no header has no name; a remark reports it.
    headers.push(colon < 0 ? [line, ''] : [trimBlanks(line.slice(0, colon)), fill(trimBlanks(line.slice(colon + 1)))]);
  }
  return { method: first[1]?.toUpperCase(), url: fill(url), headers, rest: lines.slice(at + 1) };
}

const statusLine = /^HTTP\/\d(?:\.\d)? \d{3}/;

/** The lines of a body without the editor's handlers of the answer after it: scripts, and the file in which it is saved. */
function withoutHandlers(lines: readonly string[]): string[] {
  const opening: (number | null)[] = [];
  let open: number | null = null;
  for (const [at, line] of lines.entries()) {
    if (/^>\s*\{%/.test(line)) open = at;
    opening.push(open);
    if (line.includes('%}')) open = null;
  }
  let end = lines.length;
  while (end > 0) {
    const line = lines[end - 1]!.trimEnd();
    const start = line.endsWith('%}') ? opening[end - 1]! : null;
    if (line === '' || /^(?:>>!?|<>)\s+\S/.test(line) || /^>\s+\S+\.[A-Za-z]\w*$/.test(line)) end--;
    else if (start !== null) end = start;
    else break;
  }
  return lines.slice(0, end);
}

interface BlockContext {
  readonly type: string;
  readonly filling: VariableFilling;
  readonly input: CaptureInput;
}

function readBody(rest: readonly string[], { type, filling, input }: BlockContext): CapturedBody {
  const answer = rest.findIndex((line, at) => at > 0 && statusLine.test(line) && rest[at - 1]!.trim() === '');
  const lines = withoutHandlers(answer < 0 ? rest : rest.slice(0, answer));
  while (lines.length > 0 && lines[0]!.trim() === '') lines.shift();
  if (lines.length === 0) return null;
  const file = /^<@?\s*(?:\w+\s+)?(\S.*)$/.exec(lines[0]!)?.[1];
  if (file !== undefined && lines.length === 1 && !/^<[\w!?/]/.test(lines[0]!)) {
    throw badCapture(
      input.source,
      `the body of this request is in another file (<). Put it into the request, or give it with ${input.nameOf('body')}.`,
    );
  }
  // As editors send them, whatever the line ends of the file.
  if (/^multipart\//i.test(type)) return { text: filling.fill(lines.join('\r\n')) };
  if (/^application\/x-ndjson/i.test(type)) return { text: filling.fill(`${lines.join('\n')}\n`) };
  if (!/form-urlencoded/i.test(type)) return { text: filling.fill(lines.join('\n')) };
  // A form may be written with one field in a line.
  return {
    text: filling.fill(
      lines.map((line, at) => (at > 0 && line.startsWith('&') ? line : at > 0 ? `\n${line}` : line)).join(''),
    ),
  };
}
