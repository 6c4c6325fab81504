import type { Delivery, Header } from '../core/delivery.js';
import { freshIdentity } from '../core/identity.js';
import type { Provider } from '../core/provider.js';
import { headerName } from '../core/scheme.js';
import { keyedNames } from '../core/schemeFacts.js';
import { findSecretParameters } from '../core/secretParameters.js';
import { renderTemplate, templateNames } from '../core/template.js';
import { eventTexts, partName, wirePlaces } from '../core/wireName.js';
import { coveredBy } from '../signing/covered.js';
import { headersByStrength } from '../signing/signatureStrength.js';
import {
  type HeaderTemplate,
  type NamedTemplate,
  readFieldTemplates,
  readHeaderTemplates,
  readQueryTemplates,
  readSignatureTemplates,
} from '../signing/templates.js';
import { fieldFiller, mentions, proofNames } from './fillFields.js';
import { forgedHeaders, withForeignKey, withForeignKeyHeader } from './forgedHeaders.js';
import { bodyChangeOf, coverUserHeaders, withMessageForgery } from './forgedMessage.js';
import { forgeSignature, tamperBody } from './forgeSignature.js';
import { functionFields } from './functionFields.js';
import type { FunctionTexts } from './functions.js';
import { checkHeader, withOwnHeaders } from './header.js';
import { attachNotes, notesOf } from './notes.js';
import { OutlinedBody } from './outlinedBody.js';
import { putField } from './putField.js';
import { appendPayloadQuery, isInQuery, withPayload } from './queryPayload.js';
import { dependsOnBody, valueReaders } from './readValues.js';
import { findProofPlaces } from './recognizeProviders.js';
import { droppedParameters, requestVariables, urlTexts, withQuery } from './requestVariables.js';
import { holdingSecret, secretHeaderNames, withRenamed } from './secretHeaders.js';
import { type BuildContext, type DeliverySource, firstAttempt, readKeys, splitCredentials } from './source.js';
import {
  type DeliveryContent,
  type DeliveryContents,
  DeliveryTexts,
  deliveryTexts,
  type TemplateRenderer,
  type TextSource,
} from './texts.js';
import { type MadeValues, resolveValues } from './values.js';
import { type WrappedBody, wrapBody } from './wrapBody.js';
import { bodyWrapping } from './wrappedBody.js';

/** A delivery with all that is in it but its headers. */
export interface DraftDelivery extends DeliveryContents {
  readonly moment: BuildContext;
  readonly values: MadeValues;
  readonly url: string;
}

/** A finished delivery, with other texts from its values. */
export interface MadeDelivery {
  readonly delivery: Delivery;
  readonly text: TemplateRenderer;
}

/** Calls the functions that a field needs, of a body in which it is empty. */
export type FieldCaller = (
  field: NamedTemplate,
  contents: DeliveryContents,
  body: Uint8Array,
) => Promise<FunctionTexts>;

/** The stages in which a delivery is made; between them come the signatures and bodies that functions make. */
export interface Stages {
  readonly texts: TextSource;
  begin(moment: BuildContext): DraftDelivery;
  /** A delivery whose fields hold what functions make of the body around them. */
  fillFunctions(begun: DraftDelivery, call: FieldCaller): Promise<DraftDelivery>;
  /** Builds the body around the payload; null where the payload is the body. */
  wrap(begun: DraftDelivery, functions: FunctionTexts): WrappedBody | null;
  finish(begun: DraftDelivery, functions: FunctionTexts, wrapped?: WrappedBody | null): MadeDelivery;
}

/** Reads a provider's templates once. Throws a UsageError for a bad template or secret. */
export function compileStages(source: DeliverySource): Stages {
  const { otherBody = new Uint8Array() } = source;
  const change = source.forgery?.change ?? null;
  const { url: target, credentials } = splitCredentials(source.url);
  const inQuery = isInQuery(source.provider);
  const own = [...credentials, ...source.headers];
  const provider = withMessageForgery(coverUserHeaders(withForeignKeyHeader(source.provider, change), own), change);
  const wrapping = bodyWrapping(provider);
  const texts: TextSource = {
    provider,
    ...(wrapping && { inner: wrapping.inner }),
    signatures: readSignatureTemplates(provider),
    headers: readHeaderTemplates(provider).filter(hasPartsFilter(provider, source.event)),
    readers: valueReaders({ ...provider, name: `${provider.name} ${source.event}` }),
    own,
    change,
    ...(change && { forged: new Set(keyedNames(provider)) }),
    ...readKeys(provider, source.secrets, change),
  };
  const { headers: templates, secrets } = texts;
  const fill = fieldFiller(texts, readFieldTemplates(provider), otherBody);
  const query = readQueryTemplates(provider);
  const dropped = droppedParameters(query, proofNames(provider), change);
  const given = requestVariables(source, target);
  const proofs = templates
    .filter(mentions(proofNames(provider)))
    .flatMap(({ name }) => (name.includes('{number}') ? secrets.map((_, at) => headerName(name, at + 1)) : name));
  const ownTexts = source.given ?? new Map<string, string>();
  const tellsOwn = mentions([...ownTexts.keys()]);
  const secretHeaders = secretHeaderNames(texts, [
    ...(source.secretNames ?? []),
    ...templates.filter(tellsOwn).map(({ name }) => name.toLowerCase()),
  ]);
  const secretParameters = [
    ...findSecretParameters(target),
    ...query
      .filter(({ template }) => tellsOwn({ name: '', head: [], each: template, join: null }))
      .map(({ name }) => name),
  ];
  for (const template of templates) checkFixedText(template, eventTexts(provider, source.event), secrets);

  const byStrength = change?.stage === 'one of several headers' ? headersByStrength(provider) : null;
  const renewed = provider.policy.resend.value;
  const bodyChange = bodyChangeOf(change);
  const { fields, except } = coveredBy(provider);
  const tampered = { fields, proofs: [...findProofPlaces(provider).fields, ...except], dialect: provider.dialect };
  const isChecked = checkedLater(texts);
  const readsBody = dependsOnBody(provider);

  const begin = (moment: BuildContext): DraftDelivery => {
    const { now, random, again, sentValues } = moment;
    const { url, payload } = inQuery ? appendPayloadQuery(target, moment.body) : { url: target, payload: moment.body };
    const unfilled = withForeignKey(provider, payload, change);
    const earlier = sentValues ? { stated: sentValues, signed: sentValues } : again && notesOf(again)?.values;
    const earlierValues = earlier && { values: earlier, renewed };
    const values = resolveValues(provider.values, now, random, change, earlierValues, moment.attempt, ownTexts);
    const context = { given, random };
    const isOutlined = change === null && readsBody && moment.payload;
    const outlined = (isOutlined && OutlinedBody.of(unfilled, moment.payload!, provider)) || undefined;
    const stated = { values: values.stated, ...fill({ body: unfilled, outlined }, values, values.stated, context) };
    const signedBody =
      values.signed === values.stated ? stated : fill({ body: unfilled }, values, values.signed, context);
    const signed: DeliveryContent =
      change === null
        ? stated
        : {
            values: values.signed,
            body: change.stage === 'signedBytes' ? forgeSignature(change, signedBody.body, otherBody) : signedBody.body,
          };
    const sent = inQuery ? withPayloads(given, url, stated.body) : { url, given };
    const text = deliveryTexts(texts, { stated, signed, random, given: sent.given });
    const added = query.length > 0 ? withQuery(sent.given, sent.url, query, text, dropped) : sent;
    return { moment, values, url: added.url, stated, signed, given: added.given, random };
  };

  const later = functionFields(provider);
  const fillFunctions: Stages['fillFunctions'] = async (begun, call) => {
    if (change?.stage === 'header') return begun;
    const filled = async (start: Uint8Array, values: ReadonlyMap<string, string>): Promise<DeliveryContent> => {
      let body = start;
      for (const field of later) {
        const covered = change?.stage === 'signedBytes' ? forgeSignature(change, body, otherBody) : body;
        const content = { values, body };
        const contents = {
          stated: content,
          signed: { values: begun.values.signed, body: covered },
          given,
          random: begun.random,
        };
        const text = deliveryTexts(texts, contents, await call(field, contents, covered))(field.template, 0);
        body = putField(provider, body, field.name, { text, kind: field.kind });
      }
      return { values, body };
    };
    const stated = await filled(begun.stated.body, begun.values.stated);
    if (change === null) return { ...begun, stated, signed: stated };
    if (change.stage === 'signedBytes')
      return { ...begun, stated, signed: { ...begun.signed, body: forgeSignature(change, stated.body, otherBody) } };
    return { ...begun, stated, signed: await filled(begun.signed.body, begun.values.signed) };
  };
  const shown = ({ stated }: DraftDelivery) =>
    bodyChange ? tamperBody(bodyChange, stated.body, tampered) : stated.body;
  const isProvedElsewhere = proofs.length > 0 || findProofPlaces(provider).query.length > 0;
  const wrap: Stages['wrap'] = (begun, functions) =>
    wrapping &&
    wrapBody(wrapping, texts, {
      begun,
      functions,
      payload: shown(begun),
      tamper: bodyChange ? (sealed) => tamperBody(bodyChange, sealed) : null,
      forgeSigned: change?.stage === 'signedBytes' ? (sealed) => forgeSignature(change, sealed, otherBody) : null,
      isProvedElsewhere,
    });

  const finish: Stages['finish'] = (begun, functions, wrapped = wrap(begun, functions)) => {
    const { now, random, again } = begun.moment;
    const payload = shown(begun);
    const body = wrapped?.body ?? payload;
    const rendered = new DeliveryTexts(texts, wrapped ? { ...begun, sent: wrapped.signed } : begun, functions);
    const honest = templates.flatMap((template, index): Header[] => {
      const { name, head, each, join, on } = template;
      if (on !== undefined) return occasional(template, begun.moment, secrets.length, rendered);
      const value =
        join === null
          ? rendered.text(each, 0)
          : rendered.text(head, 0) + secrets.map((_, at) => rendered.text(each, at)).join(join);
      if (isChecked[index]) checkHeader(name, value);
      return [[name, value]];
    });
    const headers = forgedHeaders(change, honest, proofs, byStrength);

    const marked = functions.size > 0 ? [...secretHeaders, ...holdingSecret(honest, functions, texts)] : secretHeaders;
    const delivery: Delivery = {
      id: again?.id ?? freshIdentity({ kind: 'uuid4', length: 36, ms: now }, random),
      provider: provider.name,
      event: source.event,
      variant: source.variant,
      forge: source.forgery?.name ?? null,
      method: provider.method,
      url: inQuery && body !== begun.stated.body ? withOtherPayload(begun, body) : begun.url,
      headers: own.length > 0 ? withOwnHeaders(headers, own) : headers,
      body: inQuery ? new Uint8Array() : body,
      framing: source.framing ?? 'length',
      secretHeaders: change?.stage === 'header' ? withRenamed(marked, honest, headers) : marked,
      secretParameters,
    };
    return {
      delivery: attachNotes(delivery, { values: begun.values }),
      text: (template, at) => rendered.text(template, at),
    };
  };
  return { texts, begin, fillFunctions, wrap, finish };
}

/** The address that a delivery goes to, and the texts that name the other, with a payload in the query of both. */
function withPayloads(given: ReadonlyMap<string, string>, url: string, payload: Uint8Array) {
  const known = withPayload(appendPayloadQuery(given.get('url')!, payload).url, payload);
  return { url: withPayload(url, payload), given: new Map([...given, ...urlTexts(known)]) };
}

/** Returns the address of a delivery with another payload in place of its own. */
function withOtherPayload({ url, stated }: DraftDelivery, payload: Uint8Array): string {
  const base = url.slice(0, url.indexOf('?'));
  const added = url.slice(withPayload(base, stated.body).length);
  return withPayload(base, payload) + added;
}

/** Repeats a header as often as it occurs. */
function occasional(
  { name, each, on }: HeaderTemplate,
  { attempt = firstAttempt }: BuildContext,
  secrets: number,
  rendered: DeliveryTexts,
): Header[] {
  const header = (at: number): Header => [headerName(name, at + 1), rendered.text(each, at)];
  const headers =
    on === 'each secret'
      ? Array.from({ length: secrets }, (_, at) => header(at))
      : on === 'second secret'
        ? secrets > 1
          ? [header(1)]
          : []
        : attempt.number > 1
          ? [header(0)]
          : [];
  for (const [name, value] of headers) checkHeader(name, value);
  return headers;
}

/** Returns a filter of headers for an event: it leaves out those for a part that its name does not have. */
function hasPartsFilter(provider: Provider, event: string): (template: HeaderTemplate) => boolean {
  const names = eventTexts(provider, event).map(([name]) => name);
  const absent = wirePlaces(provider)
    .headers.map((_, at) => partName(at))
    .filter((name) => !names.includes(name));
  return ({ head, each }) => !templateNames([...head, ...each]).some((name) => absent.includes(name));
}

/** For each header whether its value can be checked only when it is made: one that is read from a body, or given by a function, may hold anything. */
function checkedLater({ headers, readers, signatures }: TextSource): boolean[] {
  const mayHoldAnything = (name: string) => readers.has(name) || signatures.get(name)?.options.scheme === 'custom';
  return headers.map(({ head, each }) => templateNames([...head, ...each]).some(mayHoldAnything));
}

/** Throws a UsageError where the part of a header that is known before its delivery can't be sent. */
function checkFixedText(
  { name, head, each }: HeaderTemplate,
  texts: readonly (readonly [string, string])[],
  secrets: readonly string[],
): void {
  for (const secret of secrets) {
    const known = new Map([...texts, ['secret', secret]]);
    checkHeader(
      headerName(name),
      renderTemplate([...head, ...each], (part) => known.get(part) ?? ''),
    );
  }
}
