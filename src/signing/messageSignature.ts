import type { Provider } from '../core/provider.js';
import type {
  HeaderSpec,
  MessageAlgorithm,
  MessageCoverage,
  MessageSignatureScheme,
  SchemeDescription,
  SchemeOptions,
} from '../core/scheme.js';

type Request = Pick<Provider, 'headers' | 'signatures'>;
type Primitive = Extract<SchemeOptions, { covers?: MessageCoverage }>;

/** Each algorithm of RFC 9421 in terms of the other schemes. */
const primitives: Readonly<Record<MessageAlgorithm, (content: string) => Primitive>> = {
  'hmac-sha256': (content) => ({ scheme: 'hmac', hash: 'sha256', content, encoding: 'base64' }),
  ed25519: (content) => ({ scheme: 'ed25519', content, encoding: 'base64' }),
  'ecdsa-p256-sha256': (content) => ({ scheme: 'ecdsa', hash: 'sha256', form: 'numbers', content, encoding: 'base64' }),
  'rsa-pss-sha512': (content) => ({ scheme: 'rsa', hash: 'sha512', padding: 'pss', content, encoding: 'base64' }),
  'rsa-v1_5-sha256': (content) => ({ scheme: 'rsa', hash: 'sha256', padding: 'pkcs1', content, encoding: 'base64' }),
};

/** The derived components that a request has, and the templates of their values. */
const derived: Readonly<Record<string, string>> = {
  '@method': '{method}',
  '@target-uri': '{url}',
  '@authority': '{host}',
  '@scheme': '{@scheme}',
  '@request-target': '{path}{query}',
  '@path': '{path}',
  '@query': '{@query}',
};

/** Headers that HTTP itself sets, and the templates of their values. */
const ofTransport: Readonly<Record<string, string>> = { host: '{host}', 'content-length': '{@content-length}' };

const queryParameter = /^@query-param;name="([^"\\{}]+)"$/;

/** The name under which templates know the parameter of the query that a component covers; null for another component. */
export function queryParameterName(component: string): string | null {
  const [, name] = queryParameter.exec(component) ?? [];
  return name === undefined ? null : `@query-param ${name}`;
}

/** A parameter of the query as a signature base has it: as the serializer of forms writes it, but a space as %20. */
export function encodeParameter(text: string): string {
  return encodeURIComponent(text).replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** A component as `Signature-Input` writes it. */
export function writtenComponent(component: string): string {
  return queryParameterName(component) === null
    ? `"${component}"`
    : component.replace('@query-param', '"@query-param"');
}

/** The names of the derived components that can be signed. */
export const derivedComponents: readonly string[] = [...Object.keys(derived), '@query-param;name="…"'];

/** Additional names in the content of a signature, which only a signature base needs. */
export const baseNames = ['@scheme', '@query', '@content-length'] as const;

/** The name by which the algorithm of a scheme that covers a message is known. */
export function messageAlgorithmOf(options: SchemeOptions): MessageAlgorithm {
  if (options.scheme === 'rsa') return options.padding === 'pss' ? 'rsa-pss-sha512' : 'rsa-v1_5-sha256';
  if (options.scheme === 'ecdsa') return 'ecdsa-p256-sha256';
  return options.scheme === 'ed25519' ? 'ed25519' : 'hmac-sha256';
}

/** Returns the headers and signatures of a description, with those of RFC 9421 in terms of the other schemes. */
export function lowerSignatures(
  signatures: Readonly<Record<string, SchemeDescription>>,
  headers: readonly HeaderSpec[],
): Request {
  const covering = Object.entries(signatures).flatMap(([name, options]) =>
    options.scheme === 'rfc9421' ? [[name, options] as const] : [],
  );
  const covered = covering.reduce(
    (all, [name, options]) => replaced(all, `{${name}.input}`, inputSource(options)),
    headers,
  );
  const lowered = covering.map(([name, options]) => [name, primitiveOf(options, covered)] as const);
  return { headers: covered, signatures: { ...signatures, ...Object.fromEntries(lowered) } as Request['signatures'] };
}

/** Returns a provider with other coverage for one signature; the parameters in its headers follow. */
export function withCoverage<T extends Request>(provider: T, name: string, covers: MessageCoverage): T {
  const options = provider.signatures[name] as Primitive;
  const headers = replaced(provider.headers, inputSource(options.covers!), inputSource(covers));
  const content = baseSource(covers, headers);
  return { ...provider, headers, signatures: { ...provider.signatures, [name]: { ...options, covers, content } } };
}

/** The template of the header of a name; null for none, and for one that is repeated for each secret. */
export function headerSource(headers: readonly HeaderSpec[], name: string): string | null {
  const found = headers.find(([candidate]) => candidate.toLowerCase() === name.toLowerCase())?.[1];
  return typeof found === 'string' ? found : null;
}

/** Returns the part of `Signature-Input` after a signature's label, as a template. */
export function inputSource({ components, parameters }: MessageCoverage): string {
  const written = Object.entries(parameters).map(([name, value]) =>
    name === 'created' || name === 'expires' ? `;${name}=${value}` : `;${name}="${value.replace(/["\\]/g, '\\$&')}"`,
  );
  return `(${components.map(writtenComponent).join(' ')})${written.join('')}`;
}

/** The template of the bytes that are signed, the signature base. */
export function baseSource(covers: MessageCoverage, headers: readonly HeaderSpec[]): string {
  const lines = covers.components.map((name) => `${writtenComponent(name)}: ${componentSource(name, headers)}`);
  return [...lines, `"@signature-params": ${inputSource(covers)}`].join('\n');
}

function componentSource(name: string, headers: readonly HeaderSpec[]): string {
  const parameter = queryParameterName(name);
  if (parameter !== null) return `{${parameter}}`;
  return derived[name] ?? headerSource(headers, name)?.trim() ?? ofTransport[name] ?? '';
}

/** Returns whether a component that is no derived one is a header that is sent with one value. */
export function isSentHeader(headers: readonly HeaderSpec[], name: string): boolean {
  return headerSource(headers, name) !== null || Object.hasOwn(ofTransport, name);
}

function primitiveOf(
  { algorithm, components, parameters, key }: MessageSignatureScheme,
  headers: readonly HeaderSpec[],
) {
  const covers = { components, parameters };
  return { ...primitives[algorithm](baseSource(covers, headers)), ...(key && { key }), covers };
}

function replaced(headers: readonly HeaderSpec[], mark: string, text: string): readonly HeaderSpec[] {
  return headers.map((header): HeaderSpec => {
    const [name, value] = header;
    return typeof value === 'string' && value.includes(mark) ? [name, value.replaceAll(mark, () => text)] : header;
  });
}
