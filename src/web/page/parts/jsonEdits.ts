import type { JsonNode } from './jsonText.js';

/** Returns a text with a part replaced. */
function replace(text: string, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

/** The places of what an object or a list holds, one after the other. */
function placesIn(container: JsonNode): { from: number; to: number }[] {
  if (container.kind === 'object') return container.members.map(({ from, value }) => ({ from, to: value.to }));
  return container.kind === 'array' ? [...container.items] : [];
}

/**
 * Returns the text with one value replaced. A string stays a string; elsewhere a JSON scalar is taken literally, and other input becomes a string.
 */
export function setJsonValue(text: string, node: JsonNode, typed: string): string {
  const isLiteral =
    node.kind !== 'string' && /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)$/.test(typed);
  return replace(text, node.from, node.to, isLiteral ? typed : JSON.stringify(typed));
}

/** The text with a member of another name. */
export function renameJsonMember(text: string, container: JsonNode, index: number, name: string): string {
  const member = container.kind === 'object' ? container.members[index] : undefined;
  return member ? replace(text, member.from, member.nameTo, JSON.stringify(name)) : text;
}

/** The text without a member or item, and without the comma that it had. */
export function removeJsonItem(text: string, container: JsonNode, index: number): string {
  const places = placesIn(container);
  const place = places[index];
  if (!place) return text;
  const next = places[index + 1];
  const before = places[index - 1];
  if (next) return replace(text, place.from, next.from, '');
  return before ? replace(text, before.to, place.to, '') : replace(text, container.from + 1, container.to - 1, '');
}

/** The text with a member or item one place further up (-1) or down (1). */
export function moveJsonItem(text: string, container: JsonNode, index: number, by: -1 | 1): string {
  const places = placesIn(container);
  const upper = places[Math.min(index, index + by)];
  const lower = places[Math.max(index, index + by)];
  if (!upper || !lower) return text;
  const between = text.slice(upper.to, lower.from);
  const swapped = text.slice(lower.from, lower.to) + between + text.slice(upper.from, upper.to);
  return replace(text, upper.from, lower.to, swapped);
}

/** The text with another member or item at the end of an object or a list, laid out as those before it. */
export function addJsonItem(text: string, container: JsonNode): string {
  const places = placesIn(container);
  const isObject = container.kind === 'object';
  const taken = isObject ? container.members.map(({ name }) => name) : [];
  let name = 'new';
  for (let number = 2; taken.includes(name); number++) name = `new${number}`;
  const added = isObject ? `${JSON.stringify(name)}: ""` : '""';
  const last = places.at(-1);
  if (!last) return replace(text, container.from + 1, container.to - 1, added);
  const start = places.length > 1 ? places.at(-2)!.to : container.from + 1;
  const blank = /^,?(\s*)/.exec(text.slice(start, last.from))?.[1] ?? '';
  return replace(text, last.to, last.to, `,${blank === '' && places.length > 1 ? '' : blank}${added}`);
}
