import type { Delivery } from '../core/delivery.js';
import type { Provider } from '../core/provider.js';
import { headerName, headerSources, type SchemeOptions, templateSource } from '../core/scheme.js';
import { contentSources, describeScheme } from '../core/schemeFacts.js';
import { parseTemplate, type ValueSpec } from '../core/template.js';
import { bodyText } from '../report/shared/bodySize.js';
import { resolveMessageSignatures } from '../verify/messageSignature.js';
import { parseSignedRequest, type SignedValues } from '../verify/parseSignedRequest.js';
import type { SignatureStep, SignedPiece } from './protocol.js';

/** Characters of a piece that are shown. */
const maxPiece = 2000;

const givenWords: Readonly<Record<string, string>> = {
  body: 'the body',
  event: 'the event',
  method: 'the method',
  url: 'the URL',
  host: 'the host of the URL',
  path: 'the path of the URL',
  query: 'the query of the URL',
  secret: 'the secret',
};

/** Returns the steps of each signature of a delivery, in the order in which they depend on each other, without secrets. */
export function signatureSteps(provider: Provider, delivery: Delivery): SignatureStep[] {
  const signed = readSigned(provider, delivery);
  return Object.entries(provider.signatures).map(([name, options]) => ({
    name,
    scheme: describeScheme(options),
    pieces: signed === null || options.scheme === 'custom' || options.scheme === 'jwt' ? [] : piecesOf(name, signed),
    key: 'key' in options && options.key ? options.key.join(', ') : '',
    places: placesOf(provider, name, delivery),
  }));
}

interface ReadSigned {
  readonly provider: Provider;
  readonly values: SignedValues;
}

/** Returns the signed values of a request; null where it has too few, such as a forgery. */
function readSigned(provider: Provider, { method, url, headers, body }: Delivery): ReadSigned | null {
  const resolved = resolveMessageSignatures(provider, { method, url, headers, body }, 'ignored');
  if ('reason' in resolved) return null;
  const values = parseSignedRequest(resolved.provider, resolved.request);
  return 'reason' in values ? null : { provider: resolved.provider, values };
}

function piecesOf(signature: string, { provider, values }: ReadSigned): SignedPiece[] {
  const options = provider.signatures[signature]!;
  const names = [...Object.keys(givenWords), ...Object.keys(provider.values), ...Object.keys(provider.signatures)];
  return contentsOf(options, names).map((part): SignedPiece => {
    if ('text' in part) return { name: null, from: null, text: part.text, bytes: Buffer.byteLength(part.text) };
    const { name } = part;
    const from = givenWords[name] ?? wordsOf(name, provider);
    const value = pieceValue(name, signature, values);
    if (value === null) return { name, from, text: null, bytes: null };
    const text = typeof value === 'string' ? value : bodyText(value, false);
    return {
      name,
      from,
      text: text === null ? null : text.slice(0, maxPiece),
      bytes: typeof value === 'string' ? Buffer.byteLength(value) : value.length,
    };
  });
}

function contentsOf(options: SchemeOptions, names: readonly string[]) {
  const sources = contentSources(options);
  const known = [
    ...names,
    ...sources.flatMap((source) => [...source.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name!)),
  ];
  return sources.flatMap((source) => parseTemplate(source, known, 'content'));
}

function pieceValue(name: string, signature: string, values: SignedValues): string | Uint8Array | null {
  if (name === 'secret') return null;
  if (name === 'body') return values.bodyOf(signature);
  const found = values.found.get(name);
  if (found?.size === 1) return [...found][0]!;
  if (values.signatures.has(name) || !values.isKnown(name)) return null;
  return values.value(name, signature);
}

function wordsOf(name: string, provider: Provider): string {
  const spec: ValueSpec | undefined = provider.values[name];
  if (spec === undefined) return name in provider.signatures ? `the signature ${name}` : name;
  if (spec.kind === 'field') return `the field ${spec.path}`;
  if (spec.kind === 'header') return `the header ${spec.name}`;
  if (spec.kind === 'fields') return 'fields of the body';
  const header = provider.headers.find((each) => headerSources(each).join('').includes(`{${name}}`));
  const what = spec.kind === 'time' ? 'the time' : 'the id';
  return header ? `${what} of ${headerName(header[0])}` : what;
}

function placesOf(provider: Provider, name: string, delivery: Delivery): SignatureStep['places'] {
  const hole = `{${name}}`;
  const headers = provider.headers.flatMap((header) => {
    const template = headerSources(header).join('');
    if (!template.includes(hole)) return [];
    const shown = headerName(header[0]);
    const isSecret = delivery.secretHeaders.includes(shown.toLowerCase());
    const found = delivery.headers.find(([each]) => each.toLowerCase() === shown.toLowerCase());
    return [{ place: shown, template, value: isSecret ? null : (found?.[1] ?? null) }];
  });
  const fields = (provider.fields ?? []).flatMap(([path, value]) => {
    const template = templateSource(value);
    return template.includes(hole) ? [{ place: `body ${path}`, template, value: null }] : [];
  });
  const query = (provider.query ?? []).flatMap(([parameter, value]) =>
    value.includes(hole) ? [{ place: `query ${parameter}`, template: value, value: null }] : [],
  );
  return [...headers, ...fields, ...query];
}
