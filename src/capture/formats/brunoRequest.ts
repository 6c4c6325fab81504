import type { Header } from '../../core/delivery.js';
import { buildItem, type CapturedBody } from '../buildItem.js';
import { badCapture, type CapturedItem } from '../capture.js';
import type { CaptureInput } from '../captureInput.js';
import { variableFilling } from '../filledVariables.js';
import { withNotes } from '../withNotes.js';

/** A request of Bruno, from any kind of file. */
export interface BrunoRequest {
  readonly method: unknown;
  readonly url: string;
  readonly headers: readonly Header[];
  readonly auth: BrunoAuth | null;
  /** In the words of its files: `json`, `form-urlencoded`, `none`, … */
  readonly mode: string;
  /** A text, or the fields of a form; null where there is none. */
  readonly content: string | readonly (readonly [name: string, value: string])[] | null;
  /** The variables that its file sets. */
  readonly values: ReadonlyMap<string, string>;
}

/** The authentication of a request of Bruno. */
export interface BrunoAuth {
  readonly kind: string;
  readonly value: (name: string) => string;
}

const types: Readonly<Record<string, string>> = {
  json: 'application/json',
  text: 'text/plain',
  xml: 'application/xml',
  sparql: 'application/sparql-query',
  graphql: 'application/json',
  'form-urlencoded': 'application/x-www-form-urlencoded',
};

/** A request of Bruno as it sends it: with its variables filled, and the headers that it adds. */
export function readBrunoRequest(request: BrunoRequest, input: CaptureInput): CapturedItem {
  const { method, url, auth, content } = request;
  const mode = request.mode === 'formUrlEncoded' ? 'form-urlencoded' : request.mode;
  const filling = variableFilling(request.values, input);
  const given = [...request.headers, ...(auth ? headersOfAuth(auth) : [])].map(
    ([name, value]): Header => [name, filling.fill(value)],
  );
  const isTyped = given.some(([name]) => name.toLowerCase() === 'content-type') || !Object.hasOwn(types, mode);
  const body = (): CapturedBody => {
    if (mode === 'none' || mode === '' || content === null) return null;
    if (typeof content === 'string') return { text: filling.fill(content) };
    if (mode !== 'form-urlencoded') {
      throw badCapture(input.source, 'the body of this request is a multipart form or a file, which is not in it.');
    }
    const fields = content.map(([name, value]): [string, string] => [filling.fill(name), filling.fill(value)]);
    return { text: new URLSearchParams(fields).toString() };
  };
  const headers = isTyped ? given : [...given, ['Content-Type', types[mode]!] as const];
  return withNotes(buildItem({ method, url: filling.fill(url), headers, body }, input), filling.notes);
}

function headersOfAuth({ kind, value }: BrunoAuth): Header[] {
  if (kind === 'bearer') return [['Authorization', `Bearer ${value('token')}`]];
  if (kind === 'basic') {
    const user = Buffer.from(`${value('username')}:${value('password')}`).toString('base64');
    return [['Authorization', `Basic ${user}`]];
  }
  const isHeader = kind === 'apikey' && value('placement') !== 'queryparams' && value('placement') !== 'query';
  return isHeader && value('key') !== '' ? [[value('key'), value('value')]] : [];
}
