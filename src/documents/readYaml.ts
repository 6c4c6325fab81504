import { type Document, isMap, isPair, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { printable } from '../core/printable.js';
import { type Path, type PlacedDocument, unreadable } from './document.js';

/** Reads a file in YAML. Throws a UsageError with line and column. */
export function readYaml(text: string, shown: string): PlacedDocument {
  const counter = new LineCounter();
  // Pretty errors quote the line, which may hold a secret.
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, merge: true, uniqueKeys: false });
  const place = (offset: number) => {
    const { line, col } = counter.linePos(offset);
    return `${line}:${col}`;
  };
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong) throw unreadable(`${shown}:${place(wrong.pos[0])}`, `is not YAML: ${sentence(wrong.message)}`);
  let twin: Node | null;
  try {
    twin = repeatedKey(document);
    if (twin === null) {
      const data: unknown = document.toJS();
      return { data: data ?? {}, locate: async (path) => nodePlace(document.contents, path, place) };
    }
  } catch (cause) {
    throw unreadable(shown, `is not YAML: ${sentence((cause as Error).message)}`, cause);
  }
  throw unreadable(`${shown}:${place(twin.range?.[0] ?? 0)}`, 'is not YAML: Map keys must be unique.');
}

/** The first key that its map has already; the parser itself compares each key with all others. */
function repeatedKey(document: Document.Parsed): Node | null {
  let found: Node | null = null;
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          found = key;
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}

/** Returns the parser's message, which quotes the text. */
function sentence(message: string): string {
  const text = printable(message);
  return text.endsWith('.') ? text : `${text}.`;
}

/** Returns the place of the key at the end of a path, or of the nearest one above it in the file. */
function nodePlace(root: Node | null, path: Path, place: (offset: number) => string): string | null {
  let node: unknown = root;
  let offset: number | undefined;
  for (const step of path) {
    const item: unknown = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      : (node as { items?: unknown[] } | null)?.items?.[Number(step)];
    if (item === undefined) break;
    const found = (isPair(item) ? item.key : item) as Node;
    offset = found.range?.[0] ?? offset;
    node = isPair(item) ? item.value : item;
  }
  return offset === undefined ? null : place(offset);
}
