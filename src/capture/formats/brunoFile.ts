import type { Header } from '../../core/delivery.js';
import { badCapture } from '../capture.js';
import type { CaptureFormat } from '../captureInput.js';
import { encodeFormFields } from '../encodeFormFields.js';
import { variableFilling } from '../filledVariables.js';
import { type CapturedBody, itemOf } from '../itemOf.js';
import { withNotes } from '../withNotes.js';
import { withBrunoType } from './brunoItem.js';

const methods = ['get', 'post', 'put', 'patch', 'delete', 'options', 'head', 'trace', 'connect'];

/** A request of Bruno in its own language (.bru): blocks of `name: value`, and a body that is indented by two spaces. */
export const readBrunoFile: CaptureFormat = (input) => {
  const { text } = input;
  if (!/^(?:meta|get|post|put|patch|delete|options|head) \{[ \t]*\r?\n/.test(text.trimStart())) return null;
  const blocks = blocksOf(text.split('\n').map((line) => line.replace(/\r$/, '')));
  const method = methods.find((name) => blocks.has(name));
  if (method === undefined) return null;
  const request = new Map(pairsOf(blocks.get(method)!));
  const filling = variableFilling(new Map(pairsOf(blocks.get('vars:pre-request') ?? [])), input);
  const headers = pairsOf(blocks.get('headers') ?? []).map(([name, value]): Header => [name, filling.fill(value)]);
  const mode = request.get('body') ?? 'none';
  const body = (): CapturedBody => {
    if (mode === 'none') return null;
    const lines = blocks.get(`body:${names[mode] ?? mode}`) ?? (mode === 'json' ? blocks.get('body') : undefined);
    if (mode === 'formUrlEncoded' || mode === 'form-urlencoded') {
      return {
        text: encodeFormFields(pairsOf(lines ?? []).map(([name, value]) => [name, filling.fill(value)])),
      };
    }
    if (/multipart|file/i.test(mode))
      throw badCapture(input.source, 'the body of this request is a multipart form or a file, which is not in it.');
    return { text: filling.fill((lines ?? []).map((line) => line.replace(/^ {2}/, '')).join('\n')) };
  };
  const kind = mode === 'form-urlencoded' ? 'formUrlEncoded' : mode;
  const auth = authOf(request.get('auth') ?? 'none', blocks).map(
    ([name, value]): Header => [name, filling.fill(value)],
  );
  const item = itemOf(
    { method, url: filling.fill(request.get('url') ?? ''), headers: withBrunoType([...headers, ...auth], kind), body },
    input,
  );
  return [withNotes(item, filling.notes)];
};

const names: Readonly<Record<string, string>> = { formUrlEncoded: 'form-urlencoded' };

function authOf(kind: string, blocks: ReadonlyMap<string, readonly string[]>): Header[] {
  const values = new Map(pairsOf(blocks.get(`auth:${kind}`) ?? []));
  if (kind === 'bearer') return [['Authorization', `Bearer ${values.get('token') ?? ''}`]];
  if (kind !== 'basic') return [];
  const user = `${values.get('username') ?? ''}:${values.get('password') ?? ''}`;
  return [['Authorization', `Basic ${Buffer.from(user).toString('base64')}`]];
}

/** The lines of each block, up to the brace at the margin that closes it. */
function blocksOf(lines: readonly string[]): Map<string, string[]> {
  const blocks = new Map<string, string[]>();
  let current: string[] | null = null;
  for (const line of lines) {
    const name = /^([a-z][\w:-]*) [{[][ \t]*$/.exec(line)?.[1];
    if (current === null && name !== undefined) {
      current = [];
      blocks.set(name, current);
    } else if (/^[}\]][ \t]*$/.test(line)) current = null;
    else current?.push(line);
  }
  return blocks;
}

/** The pairs of a block; those that are switched off begin with `~`. */
function pairsOf(lines: readonly string[]): [string, string][] {
  return lines.flatMap((line): [string, string][] => {
    const [, name, value] = /^\s*([^\s:~][^:]*):(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name.trim().replace(/^"(.*)"$/, '$1'), value!.trim()]];
  });
}
