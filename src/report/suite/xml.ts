/** XML that may be written as it is. Any other text is escaped on its way into a document. */
export class Xml {
  constructor(readonly text: string) {}
}

/** What XML 1.0 can't hold, not even as a reference: controls, lone surrogates, U+FFFE and U+FFFF. */
const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** An element on lines of its own; an attribute that is null is left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | null>>,
  content: readonly (Xml | string)[] = [],
): Xml {
  const head = Object.entries(attributes).flatMap(([key, value]) =>
    value === null ? [] : [` ${key}="${attributeText(String(value))}"`],
  );
  const start = `<${name}${head.join('')}`;
  if (content.length === 0) return new Xml(`${start}/>`);
  const inner = content.map((part) => (part instanceof Xml ? `\n${part.text}` : elementText(part)));
  const hasElements = content.some((part) => part instanceof Xml);
  return new Xml(`${start}>${inner.join('')}${hasElements ? '\n' : ''}</${name}>`);
}

/** A parser would make line ends and tabs of an attribute spaces. */
function attributeText(text: string): string {
  return elementText(text).replace(/[\t\n]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** A parser would make a carriage return a line end. */
function elementText(text: string): string {
  return text
    .replace(forbidden, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`)
    .replace(/[&<>"]/g, (char) => entities[char]!)
    .replaceAll('\r', '&#13;');
}
