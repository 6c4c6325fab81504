import type { Delivery, Header } from '../core/delivery.js';
import type { Forgery } from '../core/forgery.js';
import { freshIdentity } from '../core/identity.js';
import type { Provider } from '../core/provider.js';
import type { Random } from '../core/random.js';
import type { Secret } from '../core/secret.js';
import { renderTemplate } from '../core/template.js';
import { coveredBy } from '../signing/covered.js';
import {
  type HeaderTemplate,
  readFieldTemplates,
  readHeaderTemplates,
  readQueryTemplates,
  readSignatureTemplates,
  revealingNames,
} from '../signing/templates.js';
import { proofNames, tells } from './carriers.js';
import { splitCredentials } from './credentials.js';
import { falseBody, falseHeaders, falselySigned } from './falsify.js';
import { fieldFiller } from './fillFields.js';
import { givenTexts, goneFrom, withQuery } from './givenTexts.js';
import { carriesSecret, checkHeader, withOwnHeaders } from './header.js';
import { readKeys } from './keys.js';
import { valueReaders } from './readValues.js';
import { type Content, type TextMaker, type TextSource, textsOf } from './texts.js';
import { type MadeValues, makeValues } from './values.js';

/** What deliveries of one event are compiled from, once for as many as are sent. */
export interface DeliverySource {
  readonly provider: Provider;
  /** The event's name as it goes on the wire. */
  readonly event: string;
  readonly variant: string | null;
  readonly url: string;
  /** The address by which the provider knows the receiver, where that is not `url`: what templates name, word for word. */
  readonly publicUrl?: string | undefined;
  /** The current secret first; at least one. */
  readonly secrets: readonly Secret[];
  /** The user's own headers. */
  readonly headers: readonly Header[];
  /** Lower-case names of own headers whose value is secret, whatever their name says. */
  readonly secretNames?: readonly string[];
  readonly framing?: Delivery['framing'];
  /** What is done wrong on purpose; by default nothing. */
  readonly forgery?: Forgery | null;
  /** The body of another event, for the forgery that takes its signature. */
  readonly otherBody?: Uint8Array;
}

/** What differs from one delivery to the next. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly random: Random;
  readonly body: Uint8Array;
  /** The delivery that is tried again: its id stays, and of its values those that the provider does not renew. */
  readonly again?: Delivery;
  /** The values of `again`, as far as they are known, where it was made in another run. */
  readonly kept?: ReadonlyMap<string, string>;
}

/** Makes the next delivery of its event. */
export type DeliveryMaker = (moment: Moment) => Delivery;

/** Reads a provider's templates once and returns what makes its deliveries. Throws a UsageError for a bad template or secret. */
export function compileDelivery(source: DeliverySource): DeliveryMaker {
  const make = compileTold(source);
  return (moment) => make(moment).delivery;
}

/** As `compileDelivery`, for those who need to know what else the delivery's values make. */
export function compileTold(source: DeliverySource): (moment: Moment) => { delivery: Delivery; text: TextMaker } {
  const { provider, otherBody = new Uint8Array() } = source;
  const change = source.forgery?.change ?? null;
  const { url, credentials } = splitCredentials(source.url);
  const own = [...credentials, ...source.headers];
  const texts: TextSource = {
    provider,
    signatures: readSignatureTemplates(provider),
    headers: readHeaderTemplates(provider),
    readers: valueReaders({ ...provider, name: `${provider.name} ${source.event}` }),
    own,
    change,
    ...readKeys(provider, source.secrets, change),
  };
  const { headers: templates, secrets } = texts;
  const fill = fieldFiller(texts, readFieldTemplates(provider), otherBody);
  const query = readQueryTemplates(provider);
  const gone = goneFrom(query, proofNames(provider), change);
  const given = givenTexts(source, url);
  const proofs = templates.filter(tells(proofNames(provider))).map(({ name }) => name);
  const secretHeaders = secretHeaderNames(texts, source.secretNames ?? []);
  for (const template of templates) checkFixedText(template, source.event, secrets);

  const renewed = provider.policy.resend.value;
  const coveredFields = change?.stage === 'body' ? coveredBy(provider).fields : [];
  /** Only of deliveries that a retry does not leave as they are. */
  const made = new WeakMap<Delivery, MadeValues>();

  return ({ now, random, body: unfilled, again, kept }) => {
    const earlier = kept ? { told: kept, signed: kept } : again && made.get(again);
    const values = makeValues(provider.values, now, random, change, earlier && { made: earlier, renewed });
    const telling = { given, random };
    const body = fill(unfilled, values, values.told, telling);
    const signedBody = values.signed === values.told ? body : fill(unfilled, values, values.signed, telling);
    const told: Content = { values: values.told, body };
    const signed: Content = {
      values: values.signed,
      body: change?.stage === 'signedBytes' ? falselySigned(change, signedBody, otherBody) : signedBody,
    };
    const added =
      query.length > 0 ? withQuery(given, url, query, textsOf(texts, { told, signed, ...telling }), gone) : null;
    const text = textsOf(texts, { told, signed, given: added?.given ?? given, random });
    const honest = templates.map(({ name, head, each, join }): Header => {
      if (join === null) return [name, text(each, 0)];
      return [name, text(head, 0) + secrets.map((_, at) => text(each, at)).join(join)];
    });
    // What is read from a body may hold anything.
    if (texts.readers.size > 0) for (const [name, value] of honest) checkHeader(name, value);
    const headers = change?.stage === 'header' ? falseHeaders(change, honest, proofs) : honest;

    const delivery: Delivery = Object.freeze({
      id: again?.id ?? freshIdentity({ kind: 'uuid4', length: 36, ms: now }, random),
      provider: provider.name,
      event: source.event,
      variant: source.variant,
      forge: source.forgery?.name ?? null,
      method: provider.method,
      url: added?.url ?? url,
      headers: own.length > 0 ? withOwnHeaders(headers, own) : headers,
      body: change?.stage === 'body' ? falseBody(change, body, coveredFields) : body,
      framing: source.framing ?? 'length',
      secretHeaders,
    });
    if (renewed.length > 0) made.set(delivery, values);
    return { delivery, text };
  };
}

function secretHeaderNames({ provider, headers, own }: TextSource, secretNames: readonly string[]): string[] {
  const fromTemplates = headers.filter(tells(revealingNames(provider))).map(({ name }) => name);
  const fromUser = own.map(([name]) => name).filter(carriesSecret);
  return [...[...fromTemplates, ...fromUser].map((name) => name.toLowerCase()), ...secretNames];
}

/** Throws a UsageError where what is known of a header before its delivery can't go on the wire. */
function checkFixedText({ name, head, each }: HeaderTemplate, event: string, secrets: readonly string[]): void {
  for (const secret of secrets) {
    const known = new Map([
      ['event', event],
      ['secret', secret],
    ]);
    checkHeader(
      name,
      renderTemplate([...head, ...each], (part) => known.get(part) ?? ''),
    );
  }
}
