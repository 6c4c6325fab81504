import type { Encoding } from '../core/scheme.js';
import { encodeBytes } from '../signing/signContent.js';

/** A part of a header, a field or a parameter. */
export interface SpanPlace {
  readonly in: 'header' | 'field' | 'parameter';
  /** The index of the header in the request; 0 for fields and parameters. */
  readonly index: number;
  /** The header's name, the path of the field, or the name of the parameter. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** The whole text of which it is a part. */
  readonly whole: string;
  /** True for a number of JSON. */
  readonly isNumber: boolean;
}

/** A text that may be a signature, and its possible bytes. */
export interface SignatureClaim {
  readonly place: SpanPlace;
  readonly text: string;
  readonly readings: readonly { readonly bytes: Buffer; readonly encoding: Encoding }[];
}

const runs = /[A-Za-z0-9+/_-]{20,}={0,2}/g;
/** Texts that are longer hold no signature. */
const longestText = 8192;
/** The lengths of digests in each encoding: a run may begin with a word and - or _. */
const digestLengths = [128, 96, 88, 86, 64, 44, 43, 40, 32, 28, 27, 24, 22];
const hexLengths = [32, 40, 64, 96, 128];
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const encodings: readonly Encoding[] = ['hex', 'HEX', 'base64', 'base64url'];

/** The places in a text that may hold a signature. */
export function claimsIn(place: SpanPlace): SignatureClaim[] {
  const { whole } = place;
  if (whole.length > longestText) return [];
  return [...whole.matchAll(runs)].flatMap(({ 0: run, index }) => {
    if (uuid.test(run)) return [];
    const glued = digestLengths.filter((length) => /[-_]/.test(run[run.length - length - 1] ?? ''));
    return [run.length, ...glued].flatMap((length) => {
      const text = run.slice(run.length - length);
      const readings = decodeReadings(text).filter(({ bytes }) => length === run.length || isDigest(bytes.length));
      const end = index + run.length;
      return readings.length > 0 ? [{ place: { ...place, start: end - length, end }, text, readings }] : [];
    });
  });
}

/** The ways in which a text may be read so that writing it again gives the same text. */
function decodeReadings(text: string): SignatureClaim['readings'] {
  const isHex = hexLengths.includes(text.length) && /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text);
  return encodings.slice(0, isHex ? 2 : undefined).flatMap((encoding) => {
    const bytes = Buffer.from(text, encoding === 'HEX' ? 'hex' : encoding);
    return bytes.length >= 16 && encodeBytes(bytes, encoding) === text ? [{ bytes, encoding }] : [];
  });
}

/** Returns whether a hash of the model makes so many bytes. */
export function isDigest(length: number): boolean {
  return [16, 20, 32, 48, 64].includes(length);
}

/** Returns whether two places share a character. */
export function overlap(one: SpanPlace, other: SpanPlace): boolean {
  return (
    one.in === other.in &&
    one.index === other.index &&
    one.name === other.name &&
    one.start < other.end &&
    other.start < one.end
  );
}

/** A place in words, as reports name it. */
export function formatSpan({ in: kind, name }: Pick<SpanPlace, 'in' | 'name'>): string {
  if (kind === 'header') return `the header ${name}`;
  return kind === 'field' ? `the field ${name} of the body` : `the parameter ${name} of the URL`;
}
