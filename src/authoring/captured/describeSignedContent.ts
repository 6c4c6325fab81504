import { type HeaderSpec, headerSources, type KeyStep, templateSource } from '../../core/scheme.js';
import { contentSources } from '../../core/schemeFacts.js';
import { parseTemplate, type ValueSpec } from '../../core/template.js';
import type { FoundScheme } from '../../infer/foundScheme.js';
import { isTextPart } from '../../signing/textPart.js';

const given: Readonly<Record<string, string>> = {
  body: 'the body',
  event: 'the event',
  method: 'the method',
  url: 'the URL',
  host: 'the host',
  path: 'the path',
  query: 'the query',
  secret: 'the secret',
};

const marks: Readonly<Record<string, string>> = {
  '.': 'a dot',
  ':': 'a colon',
  ',': 'a comma',
  ';': 'a semicolon',
  '|': 'a bar',
  '-': 'a hyphen',
  _: 'an underscore',
  '/': 'a slash',
  '&': 'an ampersand',
  ' ': 'a space',
  '\n': 'a line feed',
  '\r\n': 'a line end',
};

/** Describes a content in words: `the time of X-Time, a dot and the body`. */
export function describeSignedContent(content: string, found: FoundScheme): string {
  const names = [...Object.keys(given), ...Object.keys(found.values), ...Object.keys(found.signatures)];
  const parts = parseTemplate(content, names, 'content').map((part) =>
    'text' in part ? (marks[part.text] ?? JSON.stringify(part.text)) : describeName(part.name, found),
  );
  return listed(parts.length > 0 ? parts : ['nothing']);
}

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Describes the steps from the text of a secret to a key; empty where there are none. */
export function describeKey(steps: readonly KeyStep[] = []): string {
  const words = steps.map((step) => {
    if (step.startsWith('strip:')) return `without "${step.slice('strip:'.length)}" before it`;
    if (step.startsWith('hash:')) return `as its ${step.slice('hash:'.length).toUpperCase()} hash`;
    if (isTextPart(step)) return `what stands ${step.replace(/^(before|after):/, '$1 ').replace('after ', 'behind ')}`;
    return step === 'nfkd' ? 'in normal form' : `read as ${describeEncoding(step)}`;
  });
  return words.length === 0 ? '' : ` (${listed(words)})`;
}

export function describeEncoding(encoding: string): string {
  if (encoding === 'HEX') return 'hex in capitals';
  return encoding.startsWith('base64') ? `Base64${encoding.slice('base64'.length)}` : encoding;
}

function describeName(name: string, found: FoundScheme): string {
  const spec = found.values[name];
  if (spec) return describeValue(name, spec, found);
  const options = found.signatures[name];
  if (options === undefined) return given[name] ?? name;
  if (options.scheme === 'rfc9421') return `the signature ${name}`;
  const inner = contentSources(options).map((source) => describeSignedContent(source, found));
  if (!('hash' in options) || !('encoding' in options)) return `the signature ${name}`;
  return `the ${describeEncoding(options.encoding)} of ${options.hash.toUpperCase()} over ${listed(inner)}`;
}

function describeValue(name: string, spec: ValueSpec, { headers, fields, query }: FoundScheme): string {
  if (spec.kind === 'field') return `the field ${spec.path}`;
  if (spec.kind === 'header') return `the header ${spec.name}`;
  if (spec.kind === 'fields') {
    if (spec.paths === 'all') return 'the fields of the body';
    return spec.paths === 'sorted' ? 'the fields of the body, sorted by name' : `the fields ${listed(spec.paths)}`;
  }
  const hole = `{${name}}`;
  const header = headers.find((each) => textOf(each).includes(hole))?.[0];
  const field = fields.find(([, value]) => templateSource(value).includes(hole))?.[0];
  const parameter = query.find(([, value]) => value.includes(hole))?.[0];
  const where = header ?? (field && `the field ${field}`) ?? (parameter && `the parameter ${parameter}`);
  return `the ${spec.kind === 'time' ? 'time' : 'id'}${where === undefined ? '' : ` of ${where}`}`;
}

function textOf(header: HeaderSpec): string {
  return headerSources(header).join('');
}
