import type { CaptureFormat } from '../captureInput.js';
import { variableFilling } from '../filledVariables.js';
import { type CapturedBody, headersFrom, itemOf } from '../itemOf.js';

type Members = Readonly<Record<string, unknown>>;

/** An export of Insomnia, version 4, with the values of its base environment. */
export const readInsomnia: CaptureFormat = (input) => {
  const outer = input.document as Members | null;
  if (outer?._type !== 'export' || !Array.isArray(outer.resources)) return null;
  const resources = (outer.resources as unknown[]).filter(
    (each): each is Members => typeof each === 'object' && each !== null,
  );
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
          ? { text: formText(params as Members[]) }
          : null;
    const filled = headersFrom(headers).map(([name, value]) => [name, filling.fill(value)] as const);
    const item = itemOf({ method, url: filling.fill(String(url ?? '')), headers: filled, body: content }, input);
    const read = () => {
      const capture = item.read();
      return { ...capture, notes: [...capture.notes, ...filling.notes()] };
    };
    return [{ ...item, read }];
  });
};

function formText(params: readonly Members[]): string {
  const used = params.filter(({ disabled }) => disabled !== true);
  return used
    .map(({ name, value }) => `${encodeURIComponent(String(name))}=${encodeURIComponent(String(value ?? ''))}`)
    .join('&');
}
