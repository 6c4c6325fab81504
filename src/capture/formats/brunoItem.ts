import { badCapture } from '../capture.js';
import type { PartReader } from '../captureInput.js';
import { encodeFormFields } from '../encodeFormFields.js';
import { variableFilling } from '../filledVariables.js';
import { isMembers, type Members } from '../isMembers.js';
import { type CapturedBody, headersFrom, itemOf } from '../itemOf.js';
import { scalarText } from '../scalarText.js';
import { withNotes } from '../withNotes.js';

/** A request of a collection that Bruno exported as JSON. */
export const readBrunoItem: PartReader = ({ value }, input) => {
  const request = value.request as Members | null;
  if (
    !/^(?:http|http-request|graphql-request)$/.test(scalarText(value.type)) ||
    typeof request !== 'object' ||
    request === null
  )
    return null;
  const { method, url, headers, body } = request;
  const { mode } = (body ?? {}) as Members;
  const filling = variableFilling(new Map(), input);
  const content = (): CapturedBody => brunoBody(scalarText(mode) || 'none', body as Members, input.source);
  const given = headersFrom(headers);
  const item = itemOf({ method, url, headers: withBrunoType(given, scalarText(mode)), body: content }, input);
  return [
    withNotes(item, ({ request: { url, body } }) => {
      filling.fill(`${url} ${given.flat().join(' ')} ${Buffer.from(body).toString('latin1')}`);
      return filling.notes();
    }),
  ];
};

const types: Readonly<Record<string, string>> = {
  json: 'application/json',
  text: 'text/plain',
  xml: 'text/xml',
  formUrlEncoded: 'application/x-www-form-urlencoded',
};

/** The headers with the media type that Bruno adds for a mode of the body. */
export function withBrunoType(headers: readonly (readonly [string, string])[], mode: string) {
  const isGiven = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return isGiven || !Object.hasOwn(types, mode) ? headers : [...headers, ['Content-Type', types[mode]!] as const];
}

function brunoBody(mode: string, body: Members, source: string): CapturedBody {
  if (mode === 'none') return null;
  const text = body[mode];
  if (typeof text === 'string') return { text };
  if (mode === 'formUrlEncoded' && Array.isArray(text)) {
    const used = text.filter(isMembers).filter(({ enabled }) => enabled !== false);
    return { text: encodeFormFields(used.map(({ name, value }) => [scalarText(name), scalarText(value)])) };
  }
  if (text === null || text === undefined) return null;
  throw badCapture(source, 'the body of this request is a multipart form or a file, which is not in the collection.');
}
