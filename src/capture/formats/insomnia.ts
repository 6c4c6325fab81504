import type { Header } from '../../core/delivery.js';
import { buildItem, type CapturedBody, headersFrom } from '../buildItem.js';
import type { CapturedItem } from '../capture.js';
import type { CaptureFormat, CaptureInput } from '../captureInput.js';
import { encodeFormFields } from '../encodeFormFields.js';
import { variableFilling } from '../filledVariables.js';
import { isMembers, type Members } from '../isMembers.js';
import { scalarText } from '../scalarText.js';
import { withNotes } from '../withNotes.js';

const maxDepth = 30;

/** An export of Insomnia, version 4 or 5, with the values of its base environment. */
export const readInsomnia: CaptureFormat = (input) => {
  const outer = input.document as Members | null;
  if (outer?._type === 'export' && Array.isArray(outer.resources)) {
    const resources = (outer.resources as unknown[]).filter(isMembers);
    const values = new Map<string, string>();
    for (const { _type, data } of resources) if (_type === 'environment') addValues(values, data);
    return resources.filter(({ _type }) => _type === 'request').map((each) => requestItem(each, values, input));
  }
  if (!/^collection\.insomnia/.test(scalarText(outer?.type)) || !Array.isArray(outer?.collection)) return null;
  const values = new Map<string, string>();
  addValues(values, isMembers(outer.environments) ? outer.environments.data : undefined);
  return requestsIn(outer.collection, 0).map((each) => requestItem(each, values, input));
};

/** Adds the values of an environment, under both names by which requests call them. */
function addValues(values: Map<string, string>, data: unknown): void {
  if (!isMembers(data)) return;
  for (const [name, value] of Object.entries(data)) {
    if (typeof value !== 'object') for (const key of [name, `_.${name}`]) values.set(key, String(value));
  }
}

function requestsIn(list: readonly unknown[], depth: number): Members[] {
  if (depth > maxDepth) return [];
  return list.filter(isMembers).flatMap((each) => {
    if (Array.isArray(each.children)) return requestsIn(each.children, depth + 1);
    return typeof each.url === 'string' && !/^wss?:/.test(each.url) ? [each] : [];
  });
}

function requestItem(
  { method, url, headers, body, authentication }: Members,
  values: ReadonlyMap<string, string>,
  input: CaptureInput,
): CapturedItem {
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
  const given = [...headersFrom(headers), ...headersOfAuthentication(authentication)];
  const filled = given.map(([name, value]): Header => [name, filling.fill(value)]);
  const item = buildItem({ method, url: filling.fill(scalarText(url)), headers: filled, body: content }, input);
  return withNotes(item, filling.notes);
}

function headersOfAuthentication(authentication: unknown): Header[] {
  if (!isMembers(authentication) || authentication.disabled === true) return [];
  const { type, token, username, password } = authentication;
  if (type === 'bearer') return [['Authorization', `Bearer ${scalarText(token)}`]];
  if (type !== 'basic') return [];
  const user = `${scalarText(username)}:${scalarText(password)}`;
  return [['Authorization', `Basic ${Buffer.from(user).toString('base64')}`]];
}
