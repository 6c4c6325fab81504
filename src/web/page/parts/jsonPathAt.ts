import type { JsonMember, JsonNode } from './jsonText.js';

/** The path of the innermost value at a place of a JSON text; empty at the top. */
export function jsonPathAt(node: JsonNode, at: number): string {
  let path = '';
  for (let inner: JsonNode | undefined = node; inner; ) {
    const here: JsonNode = inner;
    inner = undefined;
    if (here.kind === 'object') {
      const member: JsonMember | undefined = here.members.find(({ from, value }) => from <= at && at <= value.to);
      if (!member) return path;
      path = path === '' ? member.name : `${path}.${member.name}`;
      inner = member.value;
    } else if (here.kind === 'array') {
      const index = here.items.findIndex(({ from, to }) => from <= at && at <= to);
      if (index < 0) return path;
      path += `[${index}]`;
      inner = here.items[index];
    }
  }
  return path;
}
