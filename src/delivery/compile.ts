import type { Delivery } from '../core/delivery.js';
import type { Provider } from '../core/provider.js';
import { signsByFunction } from '../core/schemeFacts.js';
import { templateNames } from '../core/template.js';
import { transitiveNames } from '../signing/signContent.js';
import { assertSignedByData, callFunctions, type FunctionTexts, functionsAmong, noTexts } from './functions.js';
import type { BuildContext, DeliverySource } from './source.js';
import { compileStages, type MadeDelivery } from './stages.js';
import { type DeliveryTelling, deliveryTexts, type TextSource } from './texts.js';

/** Makes the next delivery of its event: at once, or where a function signs as a promise, which rejects with a UsageError where that fails. */
export type DeliveryMaker = (moment: BuildContext) => Delivery | Promise<Delivery>;

/** Reads a provider's templates once and returns what makes its deliveries. Throws a UsageError for a bad template or secret. */
export function compileDelivery(source: DeliverySource): DeliveryMaker {
  const { texts, begin, finish } = compileStages(source);
  const signer = signerOf(source, texts, []);
  if (!signer) return (moment) => finish(begin(moment), noTexts).delivery;
  return async (moment) => {
    const begun = begin(moment);
    return finish(begun, await signer(begun)).delivery;
  };
}

/** As `compileDelivery`, for those who need to know what else the delivery's values make: texts of templates with the names in `named`. */
export function compileWithTexts(
  source: DeliverySource,
  named: readonly string[] = [],
): (moment: BuildContext) => Promise<MadeDelivery> {
  const { texts, begin, finish } = compileStages(source);
  const signer = signerOf(source, texts, named);
  return async (moment) => {
    const begun = begin(moment);
    return finish(begun, signer ? await signer(begun) : noTexts);
  };
}

/** As `compileDelivery`, without a promise, for providers whose schemes are data. Throws a UsageError for one that signs with a function. */
export function compileDeliverySync(source: DeliverySource): (moment: BuildContext) => Delivery {
  assertSignedByData(source.provider, 'createDelivery');
  return compileDelivery(source) as (moment: BuildContext) => Delivery;
}

/** Makes the signatures of one delivery that functions make. */
type Signer = (telling: DeliveryTelling) => Promise<FunctionTexts>;

/** Returns what calls the functions whose signatures the headers and the names beside them need; null where there are none. */
function signerOf(source: DeliverySource, texts: TextSource, named: readonly string[]): Signer | null {
  const { provider, event } = source;
  if (!signsByFunction(provider)) return null;
  const { headers, signatures, change } = texts;
  const secrets =
    change?.stage === 'secret' && change.with === 'another'
      ? source.secrets.map(({ value }) => anotherSecret(value))
      : texts.secrets;
  const namesOf = (some: typeof headers) => some.flatMap(({ head, each }) => templateNames([...head, ...each]));
  const perSecret = transitiveNames(
    namesOf(headers.filter(({ join, on }) => join !== null || (on !== undefined && on !== 'retries'))),
    signatures,
  );
  const wanted = functionsAmong(transitiveNames([...namesOf(headers), ...named], signatures), signatures).map(
    (each) => ({
      ...each,
      secrets: perSecret.has(each.name) ? secrets : secrets.slice(0, 1),
    }),
  );
  if (wanted.length === 0) return null;
  const hidden = [...source.secrets.map(({ value }) => value), ...(isInvented(change) ? [] : secrets)];
  return (telling) => {
    const { signed, given } = telling;
    return callFunctions(
      { provider, wanted, hidden },
      {
        method: provider.method,
        url: given.get('url')!,
        event,
        body: signed.body,
        values: valuesOf(provider, texts, { ...telling, told: signed }),
      },
    );
  };
}

/** Returns whether the secret of a forgery is a word that everybody knows, such as "undefined". */
function isInvented(change: TextSource['change']): boolean {
  return change?.stage === 'secret' && typeof change.with === 'object';
}

/** All values of one delivery, those that are read from it among them. */
function valuesOf({ values }: Provider, texts: TextSource, telling: DeliveryTelling): Readonly<Record<string, string>> {
  const text = deliveryTexts(texts, telling);
  return Object.freeze(Object.fromEntries(Object.keys(values).map((name) => [name, text([{ name }], 0)])));
}

/** A secret of the same look that differs in its middle: one that a function can decode as it decodes the right one. */
function anotherSecret(secret: string): string {
  const half = Math.floor(secret.length / 2);
  const later = secret.slice(half).search(/[0-9A-Za-z]/);
  if (later < 0) return `another-${secret}`;
  const at = half + later;
  return secret.slice(0, at) + other(secret[at]!) + secret.slice(at + 1);
}

/** Another of the same kind; of hex digits another hex digit. */
function other(char: string): string {
  if (/[0-9]/.test(char)) return char === '9' ? '0' : String(Number(char) + 1);
  const [first, last] = /[a-f]/i.test(char) ? ['a', 'f'] : ['g', 'z'];
  const next = char.toLowerCase() === last ? first! : String.fromCharCode(char.toLowerCase().charCodeAt(0) + 1);
  return char === char.toLowerCase() ? next : next.toUpperCase();
}
