import type { Header } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import type { ForgeryChange } from '../core/forgery.js';
import type { Provider } from '../core/provider.js';
import type { Random } from '../core/random.js';
import type { DataScheme } from '../core/scheme.js';
import type { Template } from '../core/template.js';
import { readPayload } from '../json/readPayload.js';
import type { SigningKey } from '../signing/key.js';
import { bytesOf, type SignedContent, signContent, signedContent } from '../signing/signContent.js';
import type { HeaderTemplate, SignatureTemplate } from '../signing/templates.js';
import { buildForged, forgedSignature } from './forgeSignature.js';
import { type FunctionTexts, noTexts } from './functions.js';
import type { OutlinedBody } from './outlinedBody.js';
import type { ValueReader } from './readValues.js';
import type { Keys } from './source.js';

type ChangeAt<S extends ForgeryChange['stage']> = Extract<ForgeryChange, { stage: S }>;

/** Returns the scheme by which a forgery signs, where it changes or names one; null for the provider's own. */
function schemeChangeOf(change: ForgeryChange): ChangeAt<'scheme'> | null {
  if (change.stage === 'scheme') return change;
  return change.stage === 'named algorithm' && change.algorithm !== 'none'
    ? { stage: 'scheme', hash: change.algorithm }
    : null;
}

/** The name of an algorithm at the beginning of a signature: `sha256=`, `hmac-sha256 `. */
const prefix = /^(hmac[-_]?)?(sha-?\d+|md5)(?=[=:, ])/i;

/** The headers with an algorithm named wherever one may be looked for: before the signature, and in headers of their own. */
export function withNamedAlgorithm(
  { algorithm }: ChangeAt<'named algorithm'>,
  headers: readonly Header[],
  carrying: readonly string[],
): Header[] {
  const named = headers.map(([name, value]): Header => {
    if (carrying.includes(name)) return [name, value.replace(prefix, algorithm)];
    return [name, /algo(rithm)?$/i.test(name) ? algorithm : value];
  });
  const has = (name: string) => named.some(([other]) => other.toLowerCase() === name.toLowerCase());
  const added = [...carrying.map((name) => `${name}-Algorithm`), 'X-Signature-Algorithm', 'X-Signature-Method'];
  return [...named, ...added.filter((name) => !has(name)).map((name): Header => [name, algorithm])];
}

/** The source of all texts of a provider's deliveries. */
export interface TextSource extends Keys {
  readonly provider: Provider;
  readonly signatures: ReadonlyMap<string, SignatureTemplate>;
  readonly headers: readonly HeaderTemplate[];
  readonly readers: ReadonlyMap<string, ValueReader>;
  /** The user's own headers. */
  readonly own: readonly Header[];
  readonly change: ForgeryChange | null;
  /** The names of the signatures that sign the payload as the body, where that is not the body as sent. */
  readonly inner?: ReadonlySet<string>;
  /** The names of the signatures that a forgery changes. */
  readonly forged?: ReadonlySet<string>;
}

/** The values and the body of one delivery. */
export interface DeliveryContent {
  readonly values: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  /** The same body in outline, where it need not be parsed as a whole. */
  readonly outlined?: OutlinedBody | undefined;
}

/** The contents of one delivery: those that it holds, and those that its signatures cover; they differ only in a forgery. */
export interface DeliveryContents {
  readonly stated: DeliveryContent;
  readonly signed: DeliveryContent;
  /** The event, the method, and the URL with its parts. */
  readonly given: ReadonlyMap<string, string>;
  readonly random: Random;
  /** The body as sent, once it is made of the payload; absent where it is the payload. */
  readonly sent?: Uint8Array;
}

/** The text of a template; `at` is the secret that it is made with. */
export type TemplateRenderer = (template: Template, at: number) => string;

/** Makes the texts of one delivery's templates; `functions` are the texts that functions gave for it. */
export function deliveryTexts(
  source: TextSource,
  contents: DeliveryContents,
  functions?: FunctionTexts,
): TemplateRenderer {
  const texts = new DeliveryTexts(source, contents, functions);
  return (template, at) => texts.text(template, at);
}

/** The texts of one delivery's templates. */
export class DeliveryTexts {
  constructor(
    private readonly source: TextSource,
    private readonly contents: DeliveryContents,
    private readonly functions: FunctionTexts = noTexts,
  ) {}

  /** The text of a template; `at` is the secret that it is made with. */
  text(template: Template, at: number): string {
    const { stated } = this.contents;
    let text = '';
    for (const part of template) text += 'name' in part ? this.value(part.name, at, stated) : part.text;
    return text;
  }

  private value(name: string, at: number, content: DeliveryContent): string {
    if (name === '@content-length') return String((this.contents.sent ?? content.body).length);
    if (name.startsWith('@query-param ') && !this.contents.given.has(name)) {
      const what = `${this.source.provider.title} signs the parameter ${name.slice('@query-param '.length)} of the query`;
      throw new UsageError(
        'NO_PARAMETER',
        `${what}, and the URL does not have it once. Add it to the target, or to query.`,
      );
    }
    return (
      this.contents.given.get(name) ??
      content.values.get(name) ??
      this.signature(name, at) ??
      this.read(name, content) ??
      this.source.secrets[at]!
    );
  }

  private signature(name: string, at: number): string | null {
    const { signatures, change, keys } = this.source;
    const template = signatures.get(name);
    if (!template) return null;
    const text =
      template.options.scheme === 'custom'
        ? this.functions.get(name)![at]!
        : this.sign(name, template.options, keys.get(name)![at]!, this.contentOf(name, template, at));
    if (change === null || !this.isForged(name)) return text;
    if (change.stage === 'named algorithm' && change.algorithm === 'none') return '';
    return change.stage === 'signature' ? forgedSignature(change, text, this.contents.random) : text;
  }

  /** Returns the claims of a token about another payload, as a forgery shows it under the signature of the true one. */
  claims(name: string, payload: Uint8Array): Uint8Array {
    const { stated } = this.contents;
    const template = this.source.signatures.get(name)!;
    return bytesOf(signedContent(template, (part) => (part === 'body' ? payload : this.value(part, 0, stated))));
  }

  private contentOf(name: string, template: SignatureTemplate, at: number): SignedContent {
    const { signed, sent } = this.contents;
    const { change, inner } = this.source;
    const body = sent && !inner?.has(name) ? sent : signed.body;
    // A hash that anybody can make holds no secret.
    const isUnkeyed = change?.stage === 'scheme' && change.unkeyed === true;
    return signedContent(template, (part) => {
      if (part === 'body') return body;
      return part === 'secret' && isUnkeyed ? '' : this.value(part, at, signed);
    });
  }

  /** Whether a forgery is of this signature; what anybody can make is not forged. */
  private isForged(name: string): boolean {
    return this.source.forged?.has(name) ?? true;
  }

  private sign(name: string, options: DataScheme, key: SigningKey, content: SignedContent): string {
    const { change } = this.source;
    const scheme = change && this.isForged(name) ? schemeChangeOf(change) : null;
    return scheme ? buildForged(scheme, options, key, content) : signContent(options, key, content);
  }

  private read(name: string, content: DeliveryContent): string | undefined {
    const { readers, provider } = this.source;
    return readers.get(name)?.({
      body: () => readPayload(content.body, provider.dialect),
      header: (header) => this.header(header),
      outlined: content.outlined,
    });
  }

  private header(name: string): string {
    const { own, headers } = this.source;
    const isIt = ([candidate]: readonly [string, ...unknown[]]) => candidate.toLowerCase() === name.toLowerCase();
    const ofUser = own.find(isIt);
    if (ofUser) return ofUser[1];
    const template = headers.find((candidate) => isIt([candidate.name]));
    return template ? this.text(template.each, 0) : '';
  }
}
