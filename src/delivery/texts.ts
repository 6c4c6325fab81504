import type { Header } from '../core/delivery.js';
import type { ForgeryChange } from '../core/forgery.js';
import type { Provider } from '../core/provider.js';
import type { Random } from '../core/random.js';
import type { DataScheme } from '../core/scheme.js';
import { renderTemplate, type Template } from '../core/template.js';
import type { SigningKey } from '../signing/keyMaterial.js';
import { type SignedContent, signContent } from '../signing/signContent.js';
import { signedContent } from '../signing/signedContent.js';
import type { HeaderTemplate, SignatureTemplate } from '../signing/templates.js';
import { falselyMade, falseSignature } from './falsify.js';
import { type FunctionTexts, noTexts } from './functions.js';
import type { Keys } from './keys.js';
import { madeBy } from './namedAlgorithm.js';
import { parsedBody, type ValueReader } from './readValues.js';

/** What all texts of a provider's deliveries are made of. */
export interface TextSource extends Keys {
  readonly provider: Provider;
  readonly signatures: ReadonlyMap<string, SignatureTemplate>;
  readonly headers: readonly HeaderTemplate[];
  readonly readers: ReadonlyMap<string, ValueReader>;
  /** The user's own headers. */
  readonly own: readonly Header[];
  readonly change: ForgeryChange | null;
}

/** The values and the body of one delivery. */
export interface DeliveryContent {
  readonly values: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** One delivery: what it tells, and what its signatures cover; the same but in a forgery. */
export interface DeliveryTelling {
  readonly told: DeliveryContent;
  readonly signed: DeliveryContent;
  /** The event, the method, and the URL with its parts. */
  readonly given: ReadonlyMap<string, string>;
  readonly random: Random;
}

/** The text of a template; `at` is the secret that it is made with. */
export type TextMaker = (template: Template, at: number) => string;

/** Makes the texts of one delivery's templates; `functions` are the texts that functions gave for it. */
export function deliveryTexts(
  source: TextSource,
  { told, signed, given, random }: DeliveryTelling,
  functions: FunctionTexts = noTexts,
): TextMaker {
  const { provider, signatures, headers, readers, own, change, secrets, keys } = source;

  const signature = (name: string, at: number): string | null => {
    const template = signatures.get(name);
    if (!template) return null;
    const text =
      template.options.scheme === 'custom'
        ? functions.get(name)![at]!
        : made(template.options, keys.get(name)![at]!, contentOf(template, at));
    if (change?.stage === 'named algorithm' && change.algorithm === 'none') return '';
    return change?.stage === 'signature' ? falseSignature(change, text, random) : text;
  };
  // A hash that anybody can make holds no secret.
  const isUnkeyed = change?.stage === 'scheme' && change.unkeyed === true;
  const contentOf = (template: SignatureTemplate, at: number) =>
    signedContent(template, (part) => {
      if (part === 'body') return signed.body;
      return part === 'secret' && isUnkeyed ? '' : value(part, at, signed);
    });
  const made = (options: DataScheme, key: SigningKey, content: SignedContent) => {
    const scheme = change && madeBy(change);
    return scheme ? falselyMade(scheme, options, key, content) : signContent(options, key, content);
  };
  const value = (name: string, at: number, content: DeliveryContent): string =>
    given.get(name) ?? content.values.get(name) ?? signature(name, at) ?? read(name, content) ?? secrets[at]!;
  const read = (name: string, { body }: DeliveryContent): string | undefined =>
    readers.get(name)?.({ body: () => parsedBody(body, provider), header });
  const header = (name: string): string => {
    const isIt = ([candidate]: readonly [string, ...unknown[]]) => candidate.toLowerCase() === name.toLowerCase();
    const ofUser = own.find(isIt);
    if (ofUser) return ofUser[1];
    const template = headers.find((candidate) => isIt([candidate.name]));
    return template ? text(template.each, 0) : '';
  };
  const text: TextMaker = (template, at) => renderTemplate(template, (name) => value(name, at, told));
  return text;
}
