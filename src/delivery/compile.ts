import type { Delivery } from '../core/delivery.js';
import type { Provider } from '../core/provider.js';
import { signsByFunction } from '../core/schemeFacts.js';
import { templateNames } from '../core/template.js';
import { transitiveNames } from '../signing/signContent.js';
import type { FunctionPlace } from './callFunction.js';
import { functionFields } from './functionFields.js';
import { assertSignedByData, callFunctions, type FunctionTexts, functionsAmong, noTexts } from './functions.js';
import { keepPayload } from './openedBody.js';
import type { BuildContext, DeliverySource } from './source.js';
import { compileStages, type FieldCaller, type MadeDelivery, type Stages } from './stages.js';
import { type DeliveryContents, deliveryTexts, type TextSource } from './texts.js';
import { bodyWrapping } from './wrappedBody.js';

/**
 * Builds the next delivery of its event: at once, or as a promise where a function signs; that rejects with a UsageError where the function fails.
 */
export type DeliveryMaker = (moment: BuildContext) => Delivery | Promise<Delivery>;

/** Reads a provider's templates once and returns a maker of its deliveries. Throws a UsageError for a bad template or secret. */
export function compileDelivery(source: DeliverySource): DeliveryMaker {
  const stages = compileStages(source);
  const signers = buildSigners(source, stages.texts, []);
  if (!signers) return (moment) => stages.finish(stages.begin(moment), noTexts).delivery;
  return async (moment) => (await makeByFunctions(stages, signers, moment)).delivery;
}

/** Compiles like `compileDelivery`, and also returns texts from the delivery's values: those of templates with the names in `named`. */
export function compileWithTexts(
  source: DeliverySource,
  named: readonly string[] = [],
): (moment: BuildContext) => Promise<MadeDelivery> {
  const stages = compileStages(source);
  const signers = buildSigners(source, stages.texts, named);
  return async (moment) =>
    signers ? makeByFunctions(stages, signers, moment) : stages.finish(stages.begin(moment), noTexts);
}

/** A delivery for which functions are awaited: first those that make its body, then those that sign what is sent. */
async function makeByFunctions(
  { begin, fillFunctions, wrap, finish }: Stages,
  { ofField, ofBody, ofRest }: Signers,
  moment: BuildContext,
): Promise<MadeDelivery> {
  const empty = begin(moment);
  const inFields = new Map<string, readonly string[]>();
  const begun = ofField
    ? await fillFunctions(empty, async (...field) => {
        const texts = await ofField(...field);
        for (const [name, text] of texts) inFields.set(name, text);
        return texts;
      })
    : empty;
  const inner = ofBody ? await ofBody(begun, begun.stated.body) : noTexts;
  const wrapped = wrap(begun, inner);
  if (ofBody && wrapped && wrapped.body === wrapped.signed) keepPayload(wrapped.body, begun.stated.body);
  const outer = ofRest ? await ofRest(begun, wrapped?.signed ?? begun.signed.body) : noTexts;
  return finish(begun, new Map([...inFields, ...inner, ...outer]), wrapped);
}

/** As `compileDelivery`, without a promise, for providers whose schemes are data. Throws a UsageError for one that signs with a function. */
export function compileDeliverySync(source: DeliverySource): (moment: BuildContext) => Delivery {
  assertSignedByData(source.provider, 'createDelivery');
  return compileDelivery(source) as (moment: BuildContext) => Delivery;
}

/** Makes the texts of one delivery that functions make of a body. */
type Signer = (contents: DeliveryContents, body: Uint8Array) => Promise<FunctionTexts>;

/** The callers of a provider's functions; null for a kind that it has none of. */
interface Signers {
  /** Those that fill a field. */
  readonly ofField: FieldCaller | null;
  /** Those that make the body of the payload. */
  readonly ofBody: Signer | null;
  /** Those that sign the body as sent. */
  readonly ofRest: Signer | null;
}

/** Returns the callers of the functions whose texts the body, the headers and the names in `named` need; null where there are none. */
function buildSigners(source: DeliverySource, texts: TextSource, named: readonly string[]): Signers | null {
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
  const wrapping = bodyWrapping(provider);
  const inner = functionsAmong(wrapping?.inner ?? [], signatures);
  const fields = functionFields(provider);
  const inFields = new Set(fields.flatMap(({ template }) => [...transitiveNames(templateNames(template), signatures)]));
  const rest = functionsAmong(transitiveNames([...namesOf(headers), ...named], signatures), signatures).filter(
    ({ name }) => !inner.some((other) => other.name === name) && !inFields.has(name),
  );
  const hidden = [...source.secrets.map(({ value }) => value), ...(isInvented(change) ? [] : secrets)];
  const signer = (found: typeof inner, place: FunctionPlace): Signer | null => {
    if (found.length === 0) return null;
    const wanted = found.map((each) => ({
      ...each,
      place,
      secrets: perSecret.has(each.name) ? secrets : secrets.slice(0, 1),
    }));
    return (contents, body) => {
      const { signed, given } = contents;
      return callFunctions(
        { provider, wanted, hidden },
        {
          method: provider.method,
          url: given.get('url')!,
          event,
          body,
          values: collectValues(provider, texts, { ...contents, stated: signed }),
        },
      );
    };
  };
  const ofField: FieldCaller = async ({ template }, contents, body) =>
    (await signer(functionsAmong(transitiveNames(templateNames(template), signatures), signatures), 'header')?.(
      contents,
      body,
    )) ?? noTexts;
  const signers = {
    ofField: fields.length > 0 ? ofField : null,
    ofBody: signer(inner, 'body'),
    ofRest: signer(rest, 'header'),
  };
  return signers.ofField || signers.ofBody || signers.ofRest ? signers : null;
}

/** Returns whether the secret of a forgery is a word that everybody knows, such as "undefined". */
function isInvented(change: TextSource['change']): boolean {
  return change?.stage === 'secret' && typeof change.with === 'object';
}

/** All values of one delivery, those that are read from it among them. */
function collectValues(
  { values }: Provider,
  texts: TextSource,
  contents: DeliveryContents,
): Readonly<Record<string, string>> {
  const text = deliveryTexts(texts, contents);
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
