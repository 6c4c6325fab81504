import type { CaptureFormat } from '../captureInput.js';
import { type BrunoRequest, readBrunoRequest } from './brunoRequest.js';

const methods = ['get', 'post', 'put', 'patch', 'delete', 'options', 'head', 'trace', 'connect'];

/** A request of Bruno in its own language (.bru): blocks of `name: value`, and a body that is indented by two spaces. */
export const readBrunoFile: CaptureFormat = (input) => {
  const { text } = input;
  if (!/^(?:meta|get|post|put|patch|delete|options|head) \{[ \t]*\r?\n/.test(text.trimStart())) return null;
  const blocks = splitBlocks(text.split('\n').map((line) => line.replace(/\r$/, '')));
  const method = methods.find((name) => blocks.has(name));
  if (method === undefined) return null;
  const request = new Map(parsePairs(blocks.get(method)!));
  const mode = request.get('body') ?? 'none';
  const kind = request.get('auth') ?? 'none';
  const auth = new Map(parsePairs(blocks.get(`auth:${kind}`) ?? []));
  const item = readBrunoRequest(
    {
      method,
      url: request.get('url') ?? '',
      headers: parsePairs(blocks.get('headers') ?? []),
      auth: { kind, value: (name) => auth.get(name) ?? '' },
      mode,
      content: readContent(mode, blocks),
      values: new Map(parsePairs(blocks.get('vars:pre-request') ?? [])),
    },
    input,
  );
  return [item];
};

function readContent(mode: string, blocks: ReadonlyMap<string, readonly string[]>): BrunoRequest['content'] {
  const name = mode === 'formUrlEncoded' ? 'form-urlencoded' : mode;
  const lines = blocks.get(`body:${name}`) ?? (mode === 'json' ? blocks.get('body') : undefined) ?? [];
  if (name === 'form-urlencoded' || /multipart|file/i.test(name)) return parsePairs(lines);
  return lines.map((line) => line.replace(/^ {2}/, '')).join('\n');
}

/** The lines of each block, up to the brace at the margin that closes it. */
function splitBlocks(lines: readonly string[]): Map<string, string[]> {
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
function parsePairs(lines: readonly string[]): [string, string][] {
  return lines.flatMap((line): [string, string][] => {
    const [, name, value] = /^\s*([^\s:~][^:]*):(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name.trim().replace(/^"(.*)"$/, '$1'), value!.trim()]];
  });
}
