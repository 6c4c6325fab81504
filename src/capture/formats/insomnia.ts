import type { CaptureFormat } from '../captureInput.js';
import { encodeFormFields } from '../encodeFormFields.js';
import { variableFilling } from '../filledVariables.js';
import { isMembers, type Members } from '../isMembers.js';
import { type CapturedBody, headersFrom, itemOf } from '../itemOf.js';
import { scalarText } from '../scalarText.js';
import { withNotes } from '../withNotes.js';

/** An export of Insomnia, version 4, with the values of its base environment. */
export const readInsomnia: CaptureFormat = (input) => {
  const outer = input.document as Members | null;
  if (outer?._type !== 'export' || !Array.isArray(outer.resources)) return null;
  const resources = (outer.resources as unknown[]).filter(isMembers);
  const values = new Map<string, string>();
  for (const { _type, data } of resources) {
    if (_type !== 'environment' || typeof data !== 'object' || data === null) continue;
    for (const [name, value] of Object.entries(data)) {
      if (typeof value !== 'object') for (const key of [name, `_.${name}`]) values.set(key, String(value));
    }
  }
  return resources.flatMap((resource) => {
    if (resource._type !== 'request') return [];
    const { method, url, headers, body } = resource;
    const filling = variableFilling(values, input);
    const { text, params } = (body ?? {}) as Members;
    const content: CapturedBody =
      typeof text === 'string'
        ? { text: filling.fill(text) }
        : Array.isArray(params)
          ? {
              text: encodeFormFields(
                params
                  .filter(isMembers)
                  .filter(({ disabled }) => disabled !== true)
                  .map(({ name, value }) => [filling.fill(scalarText(name)), filling.fill(scalarText(value))]),
              ),
            }
          : null;
    const filled = headersFrom(headers).map(([name, value]) => [name, filling.fill(value)] as const);
    const item = itemOf({ method, url: filling.fill(scalarText(url)), headers: filled, body: content }, input);
    return [withNotes(item, filling.notes)];
  });
};
