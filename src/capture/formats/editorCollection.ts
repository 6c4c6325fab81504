import type { PartReader } from '../captureInput.js';
import { encodeFormFields } from '../encodeFormFields.js';
import { isMembers, type Members } from '../isMembers.js';
import { type CapturedBody, headersFrom, itemOf } from '../itemOf.js';
import { scalarText } from '../scalarText.js';

/** A request of a collection of Hoppscotch (`endpoint`) or Thunder Client (a body with `type` and `raw`). */
export const readEditorCollection: PartReader = ({ value }, input) => {
  const { method, endpoint, url, headers, body } = value;
  if (!isMembers(body) || !Array.isArray(headers)) return null;
  const isHoppscotch = typeof endpoint === 'string' && 'contentType' in body;
  if (!isHoppscotch && !(typeof body.type === 'string' && 'raw' in body)) return null;
  const used = (headers as unknown[]).filter((each) => isMembers(each) && each.active !== false && !each.isDisabled);
  const content = isHoppscotch ? textOf(body.body) : contentOf(body);
  const given = headersFrom(used);
  const type = isHoppscotch ? scalarText(body.contentType) : '';
  const isTyped = type === '' || given.some(([name]) => /^content-type$/i.test(name));
  const all = isTyped ? given : [...given, ['Content-Type', type] as const];
  return [itemOf({ method, url: endpoint ?? url, headers: all, body: content }, input)];
};

function textOf(body: unknown): CapturedBody {
  return typeof body === 'string' ? { text: body } : null;
}

function contentOf({ type, raw, form }: Members): CapturedBody {
  if (type !== 'formencoded') return textOf(raw);
  const fields = Array.isArray(form) ? form.filter(isMembers).filter(({ isDisabled }) => !isDisabled) : [];
  return { text: encodeFormFields(fields.map(({ name, value }) => [scalarText(name), scalarText(value)])) };
}
