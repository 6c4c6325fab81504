import type { Delivery, Header } from '../core/delivery.js';
import { freshIdentity } from '../core/identity.js';
import type { PerSecretTemplate, Provider, ValueSpec } from '../core/provider.js';
import type { Random } from '../core/random.js';
import type { SchemeOptions } from '../core/scheme.js';
import type { Secret } from '../core/secret.js';
import { parseTemplate, renderTemplate, type Template, templateNames } from '../core/template.js';
import { formatTime } from '../core/time.js';
import { deriveKey } from '../signing/key.js';
import { type SignedContent, sign } from '../signing/sign.js';
import { carriesSecret, withOwnHeaders } from './header.js';

/** What deliveries of one event are compiled from, once for as many as are sent. */
export interface DeliverySource {
  readonly provider: Provider;
  /** The event's name as it goes on the wire. */
  readonly event: string;
  readonly variant: string | null;
  readonly url: string;
  /** The current secret first; at least one. */
  readonly secrets: readonly Secret[];
  /** The user's own headers. */
  readonly headers: readonly Header[];
  readonly framing?: Delivery['framing'];
}

/** What differs from one delivery to the next. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly random: Random;
  readonly body: Uint8Array;
}

/** Makes the next delivery of its event. */
export type DeliveryMaker = (moment: Moment) => Delivery;

type Lookup = (name: string) => string | Uint8Array;

interface Signature {
  readonly options: SchemeOptions;
  readonly content: Template;
}

interface HeaderTemplate {
  readonly name: string;
  readonly value: Template;
  /** Set where the value is repeated for each secret. */
  readonly repeated: { readonly head: string; readonly join: string } | null;
}

/** Reads a provider's templates once and returns what makes its deliveries. Throws a UsageError for a bad template or secret. */
export function compileDelivery(source: DeliverySource): DeliveryMaker {
  const { provider, secrets } = source;
  const signatures = readSignatures(provider);
  const templates = readHeaders(provider);
  const values = Object.entries(provider.values);
  const { url, credentials } = splitCredentials(source.url);
  const own = [...credentials, ...source.headers];
  const keys = new Map(
    [...signatures].map(([name, { options }]) => [
      name,
      secrets.map(({ value }) => (options.scheme === 'hmac' ? deriveKey(value, options.key) : new Uint8Array())),
    ]),
  );
  const secretHeaders = secretHeaderNames(templates, own);

  return ({ now, random, body }) => {
    const made = new Map<string, string>();
    for (const [name, spec] of values) made.set(name, makeValue(spec, now, random));

    const lookupWith = (secretAt: number): Lookup => {
      const lookup: Lookup = (name) => {
        const signature = signatures.get(name);
        if (signature) return sign(signature.options, keys.get(name)![secretAt]!, content(signature.content, lookup));
        switch (name) {
          case 'body':
            return body;
          case 'event':
            return source.event;
          case 'method':
            return provider.method;
          case 'url':
            return url;
          case 'secret':
            return secrets[secretAt]!.value;
          default:
            return made.get(name)!;
        }
      };
      return lookup;
    };

    const headers = templates.map(({ name, value, repeated }): Header => {
      const text = (at: number) => renderTemplate(value, (part) => asText(lookupWith(at)(part)));
      return [name, repeated ? repeated.head + secrets.map((_, at) => text(at)).join(repeated.join) : text(0)];
    });
    return Object.freeze({
      id: freshIdentity({ kind: 'uuid4', length: 36, ms: now }, random),
      provider: provider.name,
      event: source.event,
      variant: source.variant,
      forge: null,
      method: provider.method,
      url,
      headers: own.length > 0 ? withOwnHeaders(headers, own) : headers,
      body,
      framing: source.framing ?? 'length',
      secretHeaders,
    });
  };
}

/** The names that a provider's templates may hold. */
export function templateVocabulary(provider: Provider): string[] {
  return [
    'body',
    'event',
    'method',
    'url',
    'secret',
    ...Object.keys(provider.values),
    ...Object.keys(provider.signatures),
  ];
}

function readSignatures(provider: Provider): Map<string, Signature> {
  const known = templateVocabulary(provider);
  return new Map(
    Object.entries(provider.signatures).map(([name, options]) => {
      const others = known.filter((candidate) => candidate !== name);
      return [
        name,
        { options, content: parseTemplate(options.content, others, `${provider.name}: content of ${name}`) },
      ];
    }),
  );
}

function readHeaders(provider: Provider): HeaderTemplate[] {
  const known = templateVocabulary(provider).filter((name) => name !== 'body');
  return provider.headers.map(([name, spec]) => {
    const repeated: PerSecretTemplate | null = typeof spec === 'string' ? null : spec;
    return {
      name,
      value: parseTemplate(typeof spec === 'string' ? spec : spec.each, known, `${provider.name}: header ${name}`),
      repeated: repeated && { head: repeated.head ?? '', join: repeated.join },
    };
  });
}

function content(template: Template, lookup: Lookup): SignedContent {
  return template.map((part) => ('name' in part ? lookup(part.name) : part.text));
}

function asText(value: string | Uint8Array): string {
  return typeof value === 'string' ? value : Buffer.from(value).toString('utf8');
}

function makeValue(spec: ValueSpec, now: number, random: Random): string {
  if (spec.kind === 'time') return formatTime(now, spec.format);
  return (spec.prefix ?? '') + freshIdentity({ kind: spec.kind, length: spec.length ?? 0, ms: now }, random);
}

function secretHeaderNames(templates: readonly HeaderTemplate[], own: readonly Header[]): string[] {
  const fromTemplates = templates
    .filter(({ value }) => templateNames(value).includes('secret'))
    .map(({ name }) => name);
  const fromUser = own.map(([name]) => name).filter(carriesSecret);
  return [...fromTemplates, ...fromUser].map((name) => name.toLowerCase());
}

/** `http://user:password@host` becomes the URL without them and the header that they stand for, as in a browser. */
function splitCredentials(text: string): { url: string; credentials: Header[] } {
  const url = new URL(text);
  if (!url.username && !url.password) return { url: url.href, credentials: [] };
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = '';
  url.password = '';
  return { url: url.href, credentials: [['Authorization', `Basic ${Buffer.from(pair).toString('base64')}`]] };
}
