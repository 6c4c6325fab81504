import type { Delivery, Header } from '../core/delivery.js';
import type { Forgery } from '../core/forgery.js';
import { freshIdentity } from '../core/identity.js';
import type { Provider } from '../core/provider.js';
import type { Random } from '../core/random.js';
import type { Secret } from '../core/secret.js';
import { renderTemplate, type Template, templateNames } from '../core/template.js';
import { sign } from '../signing/sign.js';
import { type HeaderTemplate, readHeaderTemplates, readSignatureTemplates } from '../signing/templates.js';
import { splitCredentials } from './credentials.js';
import { falseBody, falseHeaders, falselySigned, falseScheme, falseSignature } from './falsify.js';
import { carriesSecret, checkHeader, withOwnHeaders } from './header.js';
import { readKeys } from './keys.js';
import { type MadeValues, makeValues } from './values.js';

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

type Lookup = (name: string) => string | Uint8Array;

/** Reads a provider's templates once and returns what makes its deliveries. Throws a UsageError for a bad template or secret. */
export function compileDelivery(source: DeliverySource): DeliveryMaker {
  const { provider, otherBody = new Uint8Array() } = source;
  const change = source.forgery?.change ?? null;
  const signatures = readSignatureTemplates(provider);
  const templates = readHeaderTemplates(provider);
  const { url, credentials } = splitCredentials(source.url);
  const own = [...credentials, ...source.headers];
  const { secrets, keys } = readKeys(provider, source.secrets, change);
  const secretHeaders = secretHeaderNames(templates, own, source.secretNames ?? []);
  const proofs = templates.filter(holds([...signatures.keys(), 'secret'])).map(({ name }) => name);
  for (const template of templates) checkFixedText(template, source.event, secrets);

  const renewed = provider.policy.resend.value;
  /** Only of deliveries that a retry does not leave as they are. */
  const made = new WeakMap<Delivery, MadeValues>();

  return ({ now, random, body, again, kept }) => {
    const earlier = kept ? { told: kept, signed: kept } : again && made.get(again);
    const values = makeValues(provider.values, now, random, change, earlier && { made: earlier, renewed });
    const { told, signed } = values;
    const signedBody = change?.stage === 'signedBytes' ? falselySigned(change, body, otherBody) : body;
    const fixed = new Map<string, string | Uint8Array>([
      ['body', signedBody],
      ['event', source.event],
      ['method', provider.method],
      ['url', url],
    ]);

    const signature = (name: string, at: number): string | null => {
      const template = signatures.get(name);
      if (!template) return null;
      const options = change?.stage === 'scheme' ? falseScheme(change, template.options) : template.options;
      const lookup: Lookup = (part) => fixed.get(part) ?? signed.get(part) ?? signature(part, at) ?? secrets[at]!;
      const content = template.content.map((part) => ('name' in part ? lookup(part.name) : part.text));
      const text = sign(options, keys.get(name)![at]!, content);
      return change?.stage === 'signature' ? falseSignature(change, text, random) : text;
    };
    const text = (template: Template, at: number) =>
      renderTemplate(template, (part) =>
        String(told.get(part) ?? signature(part, at) ?? fixed.get(part) ?? secrets[at]!),
      );
    const honest = templates.map(({ name, head, each, join }): Header => {
      if (join === null) return [name, text(each, 0)];
      return [name, text(head, 0) + secrets.map((_, at) => text(each, at)).join(join)];
    });
    const headers = change?.stage === 'header' ? falseHeaders(change, honest, proofs) : honest;

    const delivery: Delivery = Object.freeze({
      id: again?.id ?? freshIdentity({ kind: 'uuid4', length: 36, ms: now }, random),
      provider: provider.name,
      event: source.event,
      variant: source.variant,
      forge: source.forgery?.name ?? null,
      method: provider.method,
      url,
      headers: own.length > 0 ? withOwnHeaders(headers, own) : headers,
      body: change?.stage === 'body' ? falseBody(change, body) : body,
      framing: source.framing ?? 'length',
      secretHeaders,
    });
    if (renewed.length > 0) made.set(delivery, values);
    return delivery;
  };
}

function holds(names: readonly string[]): (template: HeaderTemplate) => boolean {
  return ({ head, each }) => templateNames([...head, ...each]).some((name) => names.includes(name));
}

function secretHeaderNames(
  templates: readonly HeaderTemplate[],
  own: readonly Header[],
  secretNames: readonly string[],
): string[] {
  const fromTemplates = templates.filter(holds(['secret'])).map(({ name }) => name);
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
