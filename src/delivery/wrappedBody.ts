import type { Provider } from '../core/provider.js';
import { type Template, templateNames } from '../core/template.js';
import { encodeJson } from '../json/encodeJson.js';
import { readJson } from '../json/parse.js';
import type { Json } from '../json/value.js';
import { extract } from '../signing/extract.js';
import type { JsonTree } from '../signing/jsonTemplate.js';
import { claimsJson } from '../signing/jwt.js';
import { decodeText, transitiveNames } from '../signing/signContent.js';
import { readBodyTemplate, readSignatureTemplates, type SignatureTemplate } from '../signing/templates.js';

/** The place of a provider's payload in the body. */
export interface BodyWrapping {
  readonly template: Template;
  /** The names of the signatures in it, and of those that go into these: what they sign as the body is the payload. */
  readonly inner: ReadonlySet<string>;
}

/** Returns the place of a provider's payload in the body; null where it is the body. Throws a UsageError for a bad template. */
export function bodyWrapping(provider: Provider): BodyWrapping | null {
  const template = readBodyTemplate(provider);
  if (!template) return null;
  const signatures = readSignatureTemplates(provider);
  return { template, inner: transitiveNames(templateNames(template), signatures) };
}

/** Returns whether the payload of a provider is in a token, or in the result of a function. */
export function isWrapped({ body }: Pick<Provider, 'body'>): boolean {
  return body !== undefined;
}

/** Returns the payload of a received body, whoever signed it; null where it has another form. */
export function unwrapBody(provider: Provider, body: Uint8Array): Uint8Array | null {
  const wrapping = bodyWrapping(provider);
  if (!wrapping) return body;
  const text = Buffer.from(body).toString('utf8').trim();
  const signatures = readSignatureTemplates(provider);
  for (const [name, value] of extract({ name: '', head: [], each: wrapping.template, join: null }, text) ?? []) {
    const signature = signatures.get(name);
    const payload = signature && payloadOfToken(signature, value);
    if (payload !== null && payload !== undefined) return Buffer.from(payload);
  }
  return null;
}

/** The name of the signature that holds the payload; null where none does that can be read. */
export function wrappingName(provider: Provider): string | null {
  const { template } = bodyWrapping(provider) ?? {};
  const signatures = readSignatureTemplates(provider);
  return (template && templateNames(template).find((name) => claimsPayload(signatures.get(name)))) ?? null;
}

/** Returns the name under which the body holds the payload in another encoding that proves nothing; null where it is held otherwise. */
export function encodingName(provider: Provider): string | null {
  const name = wrappingName(provider);
  return name !== null && provider.signatures[name]!.scheme === 'encoded' ? name : null;
}

/** Returns whether a signature is a token that claims the payload, whole or as one of its claims, or the payload in another encoding. */
function claimsPayload(signature: SignatureTemplate | undefined): boolean {
  if (signature?.options.scheme === 'encoded') return signature.options.part === undefined && isBody(signature.content);
  if (signature?.options.scheme !== 'jwt') return false;
  return signature.claims ? placeIn(signature.claims) !== null : isBody(signature.content);
}

function payloadOfToken(signature: SignatureTemplate, token: string): string | Uint8Array | null {
  if (!claimsPayload(signature)) return null;
  const { options } = signature;
  if (options.scheme === 'encoded') return decodeText(token, options.encoding);
  const claims = claimsJson(token);
  if (claims === null || !signature.claims) return claims;
  const { steps, kind } = placeIn(signature.claims)!;
  let value: Json | undefined = readJson(Buffer.from(claims));
  for (const step of steps) value = value instanceof Map ? value.get(step) : undefined;
  if (value === undefined) return null;
  if (kind === 'json') return encodeJson(value, 'js');
  return typeof value === 'string' ? value : null;
}

interface PayloadPlace {
  readonly steps: readonly string[];
  readonly kind: 'json' | 'text' | 'number';
}

/** Finds the place of the payload in the claims of a token; null where it has none. Does not look at items of lists. */
function placeIn(tree: JsonTree, steps: readonly string[] = []): PayloadPlace | null {
  if ('template' in tree) return isBody(tree.template) ? { steps, kind: tree.kind } : null;
  if (!('members' in tree)) return null;
  for (const [name, member] of tree.members) {
    const place = placeIn(member, [...steps, name]);
    if (place) return place;
  }
  return null;
}

function isBody(template: Template): boolean {
  const [part, ...more] = template;
  return more.length === 0 && part !== undefined && 'name' in part && part.name === 'body';
}
