import { isMap, isSeq, parseDocument, YAMLSeq } from 'yaml';

/** A text to add to the list under a key; `comment` goes above a list that is created. */
export interface ListItem {
  readonly key: string;
  readonly item: string;
  readonly comment: string;
}

/** A document in YAML with one more item in a list; its comments stay. */
export function addListItem(text: string, { key, item, comment }: ListItem): string {
  const document = parseDocument(text);
  const written = document.get(key, true);
  const isBlock = document.contents === null || (isMap(document.contents) && !document.contents.flow);
  // Where nothing has to be changed, all else stays byte for byte.
  if (written === undefined && isBlock) {
    const gap = text.trim() === '' ? '' : text.endsWith('\n') ? '\n' : '\n\n';
    return `${text}${gap}# ${comment}\n${key}:\n  - ${itemText(item)}\n`;
  }
  if (isSeq(written)) written.add(document.createNode(item));
  else {
    const list = new YAMLSeq();
    if (written !== undefined) list.add(written);
    list.add(document.createNode(item));
    document.set(key, list);
  }
  return document.toString({ lineWidth: 0 });
}

function itemText(item: string): string {
  return /^[\w./-]*\w$/.test(item) ? item : JSON.stringify(item);
}
