import type { Provider } from '../../core/provider.js';
import type { HeaderSpec, SchemeOptions } from '../../core/scheme.js';
import { headerSources } from '../../core/scheme.js';
import { coverageOf } from '../../core/schemeFacts.js';
import { wirePlaces } from '../../core/wireName.js';
import { isInQuery } from '../../delivery/queryPayload.js';
import { findProofPlaces } from '../../delivery/recognizeProviders.js';
import { isAdvisory } from '../../forge/expectedAnswer.js';
import { forgeries } from '../../forge/forgeries.js';
import { inapplicableReason } from '../../forge/inapplicableReason.js';
import { missingFieldReason, neededFields } from '../../forge/neededFields.js';
import { formOf } from '../../json/form.js';
import { leakCase } from '../findLeak.js';
import { foreignKeyCase } from '../foreignKey.js';
import { freshnessCase } from '../freshnessWindow.js';
import type { CaseBody, CaseWire, CheckCase } from './case.js';
import { mustAccept } from './mustAccept.js';
import { finalPlainCase, mustNotBreak, respelledSignatureCase } from './mustNotBreak.js';
import { mustReject } from './mustReject.js';
import { sequenceCases } from './sequenceCases.js';
import { forgedEventCases, forgedEvents, unsignedForms } from './unsignedCases.js';
import { hasCharset } from './wire.js';

/** All checks for a provider, in the order in which it is sent; with `allEvents`, each of its events, too. */
export function casesFor(provider: Provider, defaultEvent: string, allEvents: boolean): CheckCase[] {
  const others = allEvents ? Object.keys(provider.events).filter((event) => event !== defaultEvent) : [];
  const forged = [
    ...mustReject,
    ...unsignedForms,
    ...forgedEvents,
    ...others.flatMap(forgedEventCases),
    ...sequenceCases,
  ];
  const rejected = [...forged, foreignKeyCase, leakCase, freshnessCase].map((each) => ({
    ...each,
    advisory: isAdvisoryCase(each, provider),
  }));
  return [
    ...mustAccept,
    ...others.map(eventCase),
    respelledSignatureCase,
    ...rejected,
    ...mustNotBreak,
    finalPlainCase,
  ];
}

function isAdvisoryCase({ forge, requires }: CheckCase, provider: Provider): boolean {
  const forgery = forgeries.find(({ name }) => name === forge);
  return requires === 'the secret' || (forgery !== undefined && isAdvisory(forgery, provider));
}

/** Bodies that only JSON can be. */
const ofJson: readonly string[] = [
  'named event',
  'dialect',
  'members',
  'nested',
  'padded',
  'cut',
  'invalid UTF-8',
  'duplicate keys',
  'divided character',
] satisfies CaseBody['is'][];

/** Returns the fixed Content-Type of a provider; null where there is none. */
function contentTypeOf({ headers }: Provider): string | null {
  const [, value] = headers.find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  return typeof value === 'string' ? value : null;
}

/** Returns the reason why another Content-Type would be the same, or would not be sent; null where it differs. */
function noOtherTypeReason(
  wire: Extract<CaseWire, { is: 'content type' | 'charset' }>,
  provider: Provider,
): string | null {
  const own = contentTypeOf(provider);
  if (own === null) return `${provider.title} sends no Content-Type`;
  const mediaType = (text: string) => text.split(';')[0]!.trim().toLowerCase();
  const isOwn = wire.is === 'charset' ? hasCharset(own) : mediaType(own) === mediaType(wire.value);
  if (isOwn) return `that is what ${provider.title} sends anyway`;
  const isSigned = Object.values(provider.signatures).some((options) =>
    coverageOf(options)?.components.includes('content-type'),
  );
  return wire.is === 'charset' && isSigned ? `${provider.title} signs its Content-Type` : null;
}

/** Returns the reason why a change on the wire would change nothing, or make nothing wrong; null where it does. */
function notOnWireReason(wire: CaseWire, provider: Provider): string | null {
  const { title, headers, signatures } = provider;
  const { is } = wire;
  const places = findProofPlaces(provider);
  if (wire.is === 'content type' || wire.is === 'charset') return noOtherTypeReason(wire, provider);
  if (is === 'form') return formOf(provider.dialect) ? `${title} sends forms anyway` : null;
  if (isInQuery(provider) && /^(query|gzip|signature in (query|body))$/.test(is))
    return `${title} sends its events in the query, without a body`;
  if (is === 'signature in header')
    return places.fields.length === 0 ? `${title} has its signature in no field of the body` : null;
  if (is === 'signature in query' && places.fields.length > 0) return null;
  if (is === 'signature in query' || is === 'signature in body')
    return places.headers.length === 0 ? `${title} has its signature in no header` : null;
  if (is !== 'suffixed signature' && is !== 'respelled signature') return null;
  if (places.headers.length === 0) return `${title} has its signature in no header`;
  if (is === 'suffixed signature') return headers.some(isListed) ? `${title} lets other signatures follow` : null;
  const isSpelled = ([name, { scheme }]: readonly [string, SchemeOptions]) =>
    scheme !== 'jwt' && findProofPlaces({ headers, signatures: { [name]: signatures[name]! } }).headers.length > 0;
  return Object.entries(signatures).some(isSpelled) ? null : `what ${title} sends has one spelling`;
}

/** Returns whether a header joins several signatures with spaces. */
function isListed([, value]: HeaderSpec): boolean {
  return typeof value !== 'string' && 'join' in value && value.join === ' ';
}

function eventCase(event: string): CheckCase {
  return {
    name: `event:${event}`,
    class: 'must-accept',
    sent: 'this event of the provider',
    why: 'An event that is rejected is sent again and again, and then the provider stops sending all.',
    fix: 'Handle this event, or answer 2xx and do nothing.',
    body: { is: 'another event', event },
  };
}

/** Returns the reason why no delivery can be made of a case's body. */
export function unbuildableReason(title: string, reason: string): string {
  return `for ${title} no delivery can be made of it: ${reason}`;
}

/** Returns the reason why a case does not apply to receivers of a provider; null where it does. */
export function leftOutReason({ forge, body, wire, judges }: CheckCase, provider: Provider): string | null {
  const { title, dialect, headers } = provider;
  if (body?.is === 'dialect' && body.dialect === dialect) return `that is how ${title} writes it anyway`;
  if (judges === 'freshness') {
    const reason = inapplicableReason(forgeries.find(({ name }) => name === 'stale-timestamp')!, provider);
    return reason && `for ${title} there is nothing to measure: ${reason}`;
  }
  const toleranceSeconds = provider.freshness?.toleranceSeconds ?? 0;
  if (forge === 'stale-timestamp' && toleranceSeconds >= 3600)
    return `by the documents of ${title} a signature is good for ${toleranceSeconds} s, and this one is an hour old`;
  if (body?.is === 'unknown event') {
    const inHeader = headers.some((header) => headerSources(header).join().includes('{event}'));
    if (wirePlaces(provider).paths.length === 0 && !inHeader) return `${title} does not name its events`;
  }
  if (body && ofJson.includes(body.is)) {
    if (formOf(dialect)) return `${title} sends forms, and this is a body of JSON`;
    if (dialect === 'text') return `${title} sends text, and this is a body of JSON`;
  }
  if (body?.is === 'exactly' && isInQuery(provider)) return `${title} sends its events in the query, without a body`;
  const needed = neededFields(provider);
  if ((body?.is === 'cut' || body?.is === 'exactly') && needed.length > 0)
    return unbuildableReason(title, missingFieldReason(provider));
  const reasonOfWire = wire === undefined ? null : notOnWireReason(wire, provider);
  if (reasonOfWire) return reasonOfWire;
  if (body?.is === 'nested' && needed.length > 0)
    return `${title} needs fields of the body, and none is found in one so deep`;
  const forgery = forge === undefined ? undefined : forgeries.find(({ name }) => name === forge);
  const reason = forgery && inapplicableReason(forgery, provider);
  return reason ? `for ${title} it is no forgery: ${reason}` : null;
}
