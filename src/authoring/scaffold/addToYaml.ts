import { isMap, isSeq, parseDocument, YAMLSeq } from 'yaml';

/** A config in YAML that names one more provider; its comments stay. */
export function addToYaml(text: string, entry: string): string {
  const document = parseDocument(text);
  const written = document.get('providers', true);
  const isBlock = document.contents === null || (isMap(document.contents) && !document.contents.flow);
  // All else stays to the byte where nothing has to be changed.
  if (written === undefined && isBlock) {
    const gap = text.trim() === '' ? '' : text.endsWith('\n') ? '\n' : '\n\n';
    return `${text}${gap}# Providers of your own: folders, files or descriptions.\nproviders:\n  - ${entryText(entry)}\n`;
  }
  if (isSeq(written)) written.add(document.createNode(entry));
  else {
    const list = new YAMLSeq();
    if (written !== undefined) list.add(written);
    list.add(document.createNode(entry));
    document.set('providers', list);
  }
  return document.toString({ lineWidth: 0 });
}

function entryText(entry: string): string {
  return /^[\w./-]*\w$/.test(entry) ? entry : JSON.stringify(entry);
}
