import type { BodyFieldSpec, HeaderSpec, JwtScheme, QuerySpec } from '../core/scheme.js';
import type { ValueSpec } from '../core/template.js';
import { carriesSecret } from '../delivery/header.js';
import type { ContentPart } from './contentPlans.js';
import { filledFields, filledQuery, type NamedPlace } from './filledPlaces.js';
import type { FoundMessage } from './foundMessage.js';
import type { FoundOptions, LeftOutHeader } from './foundScheme.js';
import { escaped, layOut, type NamedSpan } from './layout.js';
import type { Material, Piece } from './material.js';
import { Names, nameFor, pieceValue } from './pieceValue.js';
import type { Hit } from './search.js';
import type { SecretHit } from './secretItself.js';
import { overlap, type SpanPlace } from './spans.js';
import { idKindOf, namesDelivery, timeSpecOf } from './valueKinds.js';

/** A description as far as it follows from a request, and what the request would be if it held nothing else. */
export interface Description {
  readonly headers: readonly HeaderSpec[];
  readonly values: Readonly<Record<string, ValueSpec>>;
  readonly signatures: Readonly<Record<string, FoundOptions>>;
  readonly fields: readonly BodyFieldSpec[];
  readonly query: readonly QuerySpec[];
  readonly leftOut: readonly LeftOutHeader[];
  readonly sentValues: ReadonlyMap<string, string>;
  /** The text of each header of the description in the capture. */
  readonly texts: readonly string[];
  /** The name of the signature of each hit. */
  readonly nameOf: ReadonlyMap<Hit, string>;
  readonly cut: readonly string[];
}

interface Given {
  readonly material: Material;
  readonly hits: readonly Hit[];
  readonly tokens: readonly SecretHit[];
  readonly event: string | null;
  readonly secrets: readonly string[];
}

/** The state of a description while it is written. */
class Draft {
  readonly names = new Names();
  readonly values: Record<string, ValueSpec> = {};
  readonly signatures: Record<string, FoundOptions> = {};
  readonly sentValues = new Map<string, string>();
  readonly nameOf = new Map<Hit, string>();
  readonly placed: NamedPlace[] = [];
  /** The places that say what signatures of messages cover. */
  readonly inputs: NamedPlace[] = [];
  private readonly pieces = new Map<Piece, string | null>();

  constructor(readonly given: Given) {}

  /** Returns the name of a piece's value; null where it can only be fixed text. */
  piece(piece: Piece): string | null {
    const known = this.pieces.get(piece);
    if (known !== undefined) return known;
    const { spec, places } = pieceValue(piece, this.given.material, this.given.hits);
    const wanted = piece.role === 'time' ? 'timestamp' : idName(piece, this.given.hits);
    const name = spec ? this.names.take(wanted) : null;
    this.pieces.set(piece, name);
    if (!spec || name === null) return name;
    this.values[name] = spec;
    this.sentValues.set(name, piece.text);
    for (const place of places) this.placed.push({ place, name });
    return name;
  }

  value(wanted: string, spec: ValueSpec, place: SpanPlace): string {
    const name = this.names.take(wanted);
    this.values[name] = spec;
    this.sentValues.set(name, place.whole.slice(place.start, place.end));
    this.placed.push({ place, name });
    return name;
  }
}

function idName({ places }: Piece, hits: readonly Hit[]): string {
  const signed = new Set(
    hits.flatMap(({ plan }) =>
      plan.parts.flatMap((part) => (part.is === 'piece' && part.piece.role === 'id' ? [part.piece] : [])),
    ),
  );
  const name = /[^.]*$/.exec(places[0]?.name ?? 'id')![0];
  return signed.size === 1 && !/token|nonce/i.test(name) ? 'id' : nameFor(name);
}

/** Writes what was found as a description. */
export function describe(given: Given): Description {
  const draft = new Draft(given);
  // A signature of the message may cover the header of another one, which has to be known then.
  const last = ({ message }: Hit) => Number(message !== undefined);
  for (const hit of [...given.hits].sort((a, b) => last(a) - last(b))) describeHit(draft, hit);
  describeSendingTime(draft);
  const secretNames = given.tokens.map((token) => describeToken(draft, token));
  const { headers, texts, leftOut, cut } = describeHeaders(draft, secretNames);
  return {
    headers,
    texts,
    leftOut,
    cut,
    fields: filledFields(draft, given, secretNames),
    query: filledQuery(draft, given, secretNames),
    values: draft.values,
    signatures: draft.signatures,
    sentValues: draft.sentValues,
    nameOf: draft.nameOf,
  };
}

/** Names the field with the sending time, which differs in each delivery. */
function describeSendingTime(draft: Draft): void {
  const { fields, isForm } = draft.given.material;
  const field = fields.find(
    ({ path, text }) => /^(webhook|sent|send|delivery|delivered)_?(timestamp|time|at)$/i.test(path) && timeSpecOf(text),
  );
  if (!field || isForm || draft.placed.some(({ place }) => place.in === 'field' && place.name === field.path)) return;
  const { path: name, text: whole, isNumber } = field;
  const place: SpanPlace = { in: 'field', index: 0, name, whole, start: 0, end: whole.length, isNumber };
  draft.value(nameFor(name), timeSpecOf(whole)!, place);
}

function describeHit(draft: Draft, hit: Hit): void {
  const { hits } = draft.given;
  const template = (parts: readonly ContentPart[]) => parts.map((part) => partTemplate(draft, part)).join('');
  const options: FoundOptions =
    hit.message !== undefined
      ? messageScheme(draft, hit.message, hit.options)
      : hit.options.scheme === 'jwt'
        ? { ...hit.options, claims: claimsOf(hit, template) }
        : { ...hit.options, content: template(hit.plan.parts) };
  const text = JSON.stringify(options);
  const same = Object.entries(draft.signatures).find(([, known]) => JSON.stringify(known) === text)?.[0];
  const hashes = hits.flatMap((other) => ('hash' in other.options ? [other.options.hash] : []));
  const areApart =
    hit.message === undefined && hits.length > 1 && new Set(hashes).size === hits.length && 'hash' in options;
  const isDigest = options.scheme === 'digest' && /digest/i.test(hit.claim.place.name) && hit.secretAt === null;
  const name = same ?? draft.names.take(areApart ? options.hash : isDigest ? 'digest' : 'signature');
  draft.signatures[name] = options;
  draft.nameOf.set(hit, name);
  if (hit.message) draft.inputs.push({ place: hit.message.input, name: `${name}.input` });
}

/** A signature by RFC 9421, whose times and nonce are others in each delivery. */
function messageScheme(
  draft: Draft,
  { algorithm, components, parameters }: FoundMessage,
  options: Hit['options'],
): FoundOptions {
  const created = Number(new Map(parameters).get('created'));
  const described = parameters.map(([name, text]): [string, string] => {
    const [time, after] = [timeSpecOf(text), Number(text) - created];
    const spec: ValueSpec | undefined =
      name === 'created'
        ? time
        : name === 'expires' && time && after > 0
          ? { ...time, at: `now+${after}s` }
          : name === 'nonce'
            ? idKindOf(text)
            : undefined;
    if (!spec) return [name, escaped(text)];
    const value = draft.names.take(name);
    draft.values[value] = spec;
    draft.sentValues.set(value, text);
    return [name, `{${value}}`];
  });
  const key = 'key' in options && options.key ? { key: options.key } : {};
  return { scheme: 'rfc9421', algorithm, components, parameters: Object.fromEntries(described), ...key };
}

function claimsOf({ claims = {} }: Hit, template: (parts: readonly ContentPart[]) => string): JwtScheme['claims'] {
  const entries = Object.entries(claims).map(([name, { parts, isNumber }]) => {
    const text = template(parts);
    return [name, isNumber ? { number: text } : text] as const;
  });
  return Object.fromEntries(entries);
}

function partTemplate(draft: Draft, part: ContentPart): string {
  if (part.is === 'given') return `{${part.name}}`;
  if (part.is === 'target') return '{path}{query}';
  if (part.is === 'text') return escaped(String(part.bytes));
  if (part.is === 'piece') {
    const name = draft.piece(part.piece);
    return name === null ? escaped(part.piece.text) : `{${name}}`;
  }
  if (part.is === 'fields') {
    const name = draft.names.take('fields');
    draft.values[name] = part.spec;
    return `{${name}}`;
  }
  const name = draft.names.take('bodyHash');
  draft.signatures[name] = { scheme: 'digest', hash: part.hash, content: '{body}', encoding: part.encoding };
  return `{${name}}`;
}

function describeToken(draft: Draft, { place, encodedAfter }: SecretHit): NamedPlace {
  if (encodedAfter === null) return { place, name: 'secret' };
  const name = draft.names.take('credentials');
  draft.signatures[name] = { scheme: 'encoded', content: `${escaped(encodedAfter)}{secret}`, encoding: 'base64' };
  return { place, name };
}

function describeHeaders(draft: Draft, tokens: readonly NamedPlace[]) {
  const { material, hits, event } = draft.given;
  const headers: HeaderSpec[] = [];
  const texts: string[] = [];
  const leftOut: LeftOutHeader[] = [];
  const cut: string[] = [];
  for (const [index, [name, whole]] of material.headers.entries()) {
    const here: SpanPlace = { in: 'header', index, name, whole, start: 0, end: whole.length, isNumber: false };
    const proven = hits.filter(({ claim }) => overlap(claim.place, here));
    const secrets = [...tokens, ...draft.inputs].filter(({ place }) => overlap(place, here));
    const isProof = proven.length + secrets.length > 0;
    if (!isProof) describeOther(draft, here, event);
    const sentValues = draft.placed.filter(({ place }) => overlap(place, here));
    const open = isProof
      ? openClaims(material, here, [
          ...proven.map(({ claim }) => claim.place),
          ...[...secrets, ...sentValues].map(({ place }) => place),
        ])
      : [];
    const holdsSecret = !isProof && draft.given.secrets.some((secret) => secret.length > 3 && whole.includes(secret));
    const isKnown = isProof || sentValues.length > 0 || whole === event;
    const reason = holdsSecret
      ? 'it holds a secret within other text'
      : isKnown
        ? undefined
        : notFixedReason(material, here);
    if (reason) {
      leftOut.push({ name, reason });
      continue;
    }
    if (open.length > 0) cut.push(name);
    const spans: NamedSpan[] = [
      ...proven.map((hit) => ({ ...bounds(hit.claim.place), name: draft.nameOf.get(hit)! })),
      ...[...secrets, ...sentValues].map(({ place, name: of }) => ({ ...bounds(place), name: of })),
      ...open.map((place) => ({ ...bounds(place), name: null })),
      ...(!isProof && sentValues.length === 0 && whole === event ? [{ ...bounds(here), name: 'event' }] : []),
    ];
    const { template, text } = layOut(whole, spans, repeatedName(draft, proven, open));
    headers.push([name, template]);
    texts.push(text);
  }
  return { headers, texts, leftOut, cut };
}

const bounds = ({ start, end }: SpanPlace) => ({ start, end });

/**
 * Returns the signature that a header repeats for each secret; null for none. One next to others that no secret makes counts as repeated, since the
 * others are optional then.
 */
function repeatedName(draft: Draft, proven: readonly Hit[], open: readonly SpanPlace[]): string | null {
  const [name, ...more] = new Set(proven.map((hit) => draft.nameOf.get(hit)!));
  if (name === undefined || more.length > 0) return null;
  return open.length > 0 || new Set(proven.map(({ secretAt }) => secretAt)).size > 1 ? name : null;
}

/** The parts of a header that look like signatures and are none that was found. */
function openClaims({ claims }: Material, here: SpanPlace, known: readonly SpanPlace[]): SpanPlace[] {
  const open: SpanPlace[] = [];
  for (const { place, readings } of claims) {
    const isDigest = readings.some(({ bytes }) => [16, 20, 32, 48, 64].includes(bytes.length));
    if (!isDigest || !overlap(place, here) || [...known, ...open].some((other) => overlap(other, place))) continue;
    open.push(place);
  }
  return open;
}

/** Names the parts of a header that are not signed: a time, a fresh id, a field of the body. */
function describeOther(draft: Draft, here: SpanPlace, event: string | null): void {
  const { whole, name } = here;
  if (whole === event || draft.placed.some(({ place }) => overlap(place, here))) return;
  const time = timeSpecOf(whole);
  if (time) {
    const same = [...draft.sentValues].find(([known, text]) => text === whole && draft.values[known]!.kind === 'time');
    if (same) draft.placed.push({ place: here, name: same[0] });
    else draft.value(nameFor(name), time, here);
    return;
  }
  const field =
    whole.length >= 8 && !/^\d+$/.test(whole)
      ? draft.given.material.fields.find(({ text }) => text === whole)
      : undefined;
  const kind = idKindOf(whole);
  const isId = namesDelivery(name) && kind !== undefined;
  if (field && (isId || /id$|arn$|topic/i.test(name))) {
    draft.value(nameFor(name), { kind: 'field', path: field.path, absent: whole }, here);
  } else if (isId) draft.value(nameFor(name), kind, here);
}

/** Returns why a header can't be fixed text in a description; undefined where it can. */
function notFixedReason({ claims }: Material, here: SpanPlace): string | undefined {
  if (carriesSecret(here.name)) return 'it carries a credential that is none of the secrets';
  const isClaim = claims.some(({ place }) => overlap(place, here));
  if (isClaim && /sign|hmac|digest|\bmac\b|jwt|verif|auth|sha-?\d/i.test(here.name))
    return 'it looks like a signature, and none of the secrets makes it';
  return undefined;
}
