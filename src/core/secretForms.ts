import { isUtf8 } from 'node:buffer';
import { withoutPadding } from './withoutPadding.js';
/** The minimum length of a masked secret: shorter texts occur in any body by chance, and masking each would reveal them. */
export const shortestSecret = 6;

const shortestKey = 16;

/**
 * The texts by which a secret may come back, one byte a character: as it is, the key that it encodes, its lines, and all these in hex,
 * in base64 (also inside of a longer text), and escaped for JSON, URLs and HTML, and for JSON inside of a form or of base64. None of a secret
 * that is too short to be hidden.
 */
export function secretForms(secret: string): string[] {
  const forms = new Set<string>();
  for (const value of valuesOf(secret)) {
    const bytes = Buffer.from(value, 'latin1');
    for (const text of [...escapes(value), ...everyCharacter(value), ...byteLists(bytes)]) forms.add(text);
    for (const text of base64Forms(bytes)) for (const escaped of escapes(text)) forms.add(escaped);
    for (const text of insideJson(value)) forms.add(text);
  }
  return [...forms].filter(({ length }) => length >= shortestSecret);
}

/** Returns the secret and the keys in it, as Latin-1 text of its bytes. */
function valuesOf(secret: string): string[] {
  const whole = Buffer.from(secret).toString('latin1');
  if (whole.length < shortestSecret) return [];
  const texts = [whole, whole.replace(/^[A-Za-z]{2,12}_(?:[a-z]{2,8}_)?/, '')];
  const lines = whole.split(/\r?\n/).filter((line) => !line.startsWith('-----'));
  if (lines.length > 1) texts.push(...lines.map((line) => line.trim()));
  const long = texts.filter((text, at) => at === 0 || text.length >= shortestKey);
  return [...new Set([...long, ...long.flatMap(keysIn)])];
}

/** Returns the decoded texts of a hex or base64 text. */
function keysIn(text: string): string[] {
  if (text.length < shortestKey) return [];
  const isHex = /^(?:[0-9a-f]{2})+$/i.test(text);
  const isBase64 = /^[A-Za-z0-9+/_-]+={0,2}$/.test(text);
  return [
    ...(isHex ? [Buffer.from(text, 'hex').toString('latin1')] : []),
    ...(isBase64 ? [Buffer.from(text, 'base64').toString('latin1')] : []),
  ];
}

/** As consoles and loggers show bytes. */
export function byteLists(bytes: Buffer): string[] {
  const pairs = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  const hex = [pairs.join(''), pairs.join(' '), pairs.join(':')];
  const numbers = [bytes.join(','), bytes.join(', '), bytes.join(' ')];
  return [...hex, ...hex.map((text) => text.toUpperCase()), ...numbers, pythonBytes(bytes)];
}

/** Returns the text between the quotes with which Python shows bytes. */
function pythonBytes(bytes: Buffer): string {
  const named: Record<string, string> = { "'": "'", '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
  const text = bytes.toString('latin1');
  if (text.includes("'") && text.includes('"')) named["'"] = "\\'";
  return text.replace(
    /[^ -&(-[\]-~]/g,
    (char) => named[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/** Returns the Base64 of bytes alone, and the part of it that is the same at any offset in longer ones. */
function base64Forms(bytes: Buffer): string[] {
  const alone = bytes.toString('base64');
  const inside = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const texts = [alone, withoutPadding(alone), ...inside];
  return [...texts, ...texts.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))];
}

/** Returns the forms of a secret in JSON that is itself the field of a form, a part of a URL, or in base64. */
function insideJson(text: string): string[] {
  const isText = isUtf8(Buffer.from(text, 'latin1'));
  if (!isText || needsNoEscape(text)) return [];
  const json = new Set(jsonTexts(text).map((each) => Buffer.from(each).toString('latin1')));
  return [...json].flatMap((each) => [
    ...urlEscapes(each),
    ...base64Forms(Buffer.from(each, 'latin1')).flatMap((base64) => [base64, ...urlEscapes(base64)]),
  ]);
}

/** Returns the forms in which a text may be escaped. */
function escapes(text: string): string[] {
  return needsNoEscape(text) ? [text] : [text, ...jsonEscapes(text), ...urlEscapes(text), ...htmlEscapes(text)];
}

function needsNoEscape(text: string): boolean {
  return /^[\w.-]*$/.test(text);
}

function jsonEscapes(text: string): string[] {
  const all = jsonTexts(text);
  const ascii = escapeBeyondAscii(inner(all[0]!));
  return [...all, ...all.map(inner), ascii].map((each) => Buffer.from(each).toString('latin1'));
}

/** A text between the quotes of JSON as encoders write it, the plain one first. */
function jsonTexts(text: string): string[] {
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  const once = inner(decoded);
  // As Go and .NET write what might be taken for markup.
  const go = once.replace(/[&<>]/g, unicodeEscape);
  const net = once.replaceAll('\\"', '"').replace(/[&<>'"+`\u007f-\uffff]/g, upperEscape);
  return [once, once.replaceAll('/', '\\/'), escapeBeyondAscii(once), go, net];
}

function escapeBeyondAscii(text: string): string {
  return text.replace(/[\u007f-\uffff]/g, unicodeEscape);
}

function inner(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function upperEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function urlEscapes(text: string): string[] {
  // The characters that encodeURIComponent, the standards, Python and forms leave unescaped.
  const upper = [/[^\w.~!'()*-]/g, /[^\w.~-]/g, /[^\w.~/-]/g].map((other) => text.replace(other, percent));
  upper.push(upper[1]!.replaceAll('%20', '+'));
  return [...upper, ...upper.map((each) => each.replace(/%../g, (code) => code.toLowerCase()))];
}

function percent(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

const markup = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** As the languages and template engines write quotes and more. */
const quotes: readonly Readonly<Record<string, string>>[] = [
  { ...markup },
  { ...markup, '"': '&quot;', "'": '&#39;' },
  { ...markup, '"': '&quot;', "'": '&#x27;' },
  { ...markup, '"': '&quot;', "'": '&#039;' },
  { ...markup, '"': '&quot;', "'": '&apos;' },
  { ...markup, '"': '&#34;', "'": '&#39;' },
  { ...markup, '"': '&quot;', "'": '&#x27;', '`': '&#x60;', '=': '&#x3D;' },
  { ...markup, '"': '&quot;', "'": '&#39;', '`': '&#x60;', '=': '&#x3D;', '/': '&#x2F;' },
  { ...markup, '"': '&quot;', "'": '&#39;', '+': '&#43;', '`': '&#96;' },
  { ...markup, '"': '&#34;', "'": '&#39;', '+': '&#43;' },
];

function htmlEscapes(text: string): string[] {
  return quotes.map((table) => text.replace(/[&<>"'`=/+]/g, (char) => table[char] ?? char));
}

function everyCharacter(text: string): string[] {
  const codes = [...text].map((char) => char.charCodeAt(0).toString(16).padStart(2, '0'));
  const joined = (before: string) => codes.map((code) => before + code).join('');
  return [joined('%'), joined('%').toUpperCase(), joined('\\x'), joined('\\u00')];
}
