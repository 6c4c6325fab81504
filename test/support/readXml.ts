import { python } from './python.js';

/** An element as a parser that is not ours sees it. */
export interface XmlNode {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Before its first child. */
  readonly text: string;
  readonly children: readonly XmlNode[];
}

const script = `
import json, sys, xml.etree.ElementTree as tree
def node(e):
    return {'tag': e.tag, 'attributes': e.attrib, 'text': e.text or '', 'children': [node(c) for c in e]}
print(json.dumps(node(tree.fromstring(sys.stdin.buffer.read()))))
`;

/** Reads XML with Python. Throws where it is not well-formed. */
export function readXml(text: string): XmlNode {
  return JSON.parse(python(script, [], text).toString());
}
