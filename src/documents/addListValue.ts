import { isSeq, parseDocument, YAMLSeq } from 'yaml';
import { UsageError } from '../core/errors.js';

/** A document in YAML with one more value in the list under a key; its comments stay. Throws a UsageError where there is something else. */
export function addListValue(text: string, key: string, value: object): string {
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    throw new UsageError('BAD_YAML', `The file is no YAML: ${document.errors[0]!.message.split('\n')[0]}`);
  }
  const written = document.get(key, true);
  if (isSeq(written)) {
    written.flow = false;
    written.add(document.createNode(value));
  } else if (written === undefined) {
    const list = new YAMLSeq();
    list.add(document.createNode(value));
    document.set(key, list);
  } else {
    throw new UsageError('BAD_YAML', `${key} is no list in the file.`);
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
