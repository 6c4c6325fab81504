import { buildItem, type CapturedBody, headersFrom } from '../buildItem.js';
import type { PartReader } from '../captureInput.js';
import { encodeFormFields } from '../encodeFormFields.js';
import { isMembers, type Members } from '../isMembers.js';
import { scalarText } from '../scalarText.js';

/** A request of a collection of Hoppscotch (`endpoint`) or Thunder Client (a body with `type` and `raw`). */
export const readEditorCollection: PartReader = ({ value }, input) => {
  const { method, endpoint, url, headers, body } = value;
  if (!isMembers(body) || !Array.isArray(headers)) return null;
  const isHoppscotch = typeof endpoint === 'string' && 'contentType' in body;
  if (!isHoppscotch && !(typeof body.type === 'string' && 'raw' in body)) return null;
  const used = (headers as unknown[]).filter((each) => isMembers(each) && each.active !== false && !each.isDisabled);
  const content = isHoppscotch ? readText(body.body) : readContent(body);
  const given = headersFrom(used);
  const type = isHoppscotch ? scalarText(body.contentType) : '';
  const isTyped = type === '' || given.some(([name]) => /^content-type$/i.test(name));
  const all = isTyped ? given : [...given, ['Content-Type', type] as const];
  return [buildItem({ method, url: endpoint ?? url, headers: all, body: content }, input)];
};

function readText(body: unknown): CapturedBody {
  return typeof body === 'string' ? { text: body } : null;
}

function readContent({ type, raw, form }: Members): CapturedBody {
  if (type !== 'formencoded') return readText(raw);
  const fields = Array.isArray(form) ? form.filter(isMembers).filter(({ isDisabled }) => !isDisabled) : [];
  return { text: encodeFormFields(fields.map(({ name, value }) => [scalarText(name), scalarText(value)])) };
}
