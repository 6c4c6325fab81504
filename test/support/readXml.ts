import { spawnSync } from 'node:child_process';

/** An element as a parser that is not ours sees it. */
export interface XmlNode {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Before its first child. */
  readonly text: string;
  readonly children: readonly XmlNode[];
}

const python = `
import json, sys, xml.etree.ElementTree as tree
def node(e):
    return {'tag': e.tag, 'attributes': e.attrib, 'text': e.text or '', 'children': [node(c) for c in e]}
print(json.dumps(node(tree.fromstring(sys.stdin.buffer.read()))))
`;

/** Reads XML with Python. Throws where it is not well-formed. */
export function readXml(text: string): XmlNode {
  const { stdout, stderr, error } = spawnSync('python3', ['-c', python], { input: text, encoding: 'utf8' });
  if (error) throw new Error(`This test needs python3: it can't be run (${error.message}).`);
  if (stderr) throw new Error(stderr);
  return JSON.parse(stdout);
}
