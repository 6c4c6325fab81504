import { ByteMatcher, type ByteMatches } from './byteMatcher.js';
import { secretForms, shortestSecret } from './secretForms.js';

/** The replacement for a secret. */
const mark = '(secret)';

/** A part of the secrets, with their matcher. */
interface Prepared {
  readonly secrets: readonly string[];
  readonly matcher: ByteMatcher;
}

/** The known secrets, and the only way to mask them in output and logs, in time that grows with the bytes alone. */
export class SecretMask {
  private readonly secrets = new Set<string>();
  /** Those that `prepared` has not taken yet. */
  private added: string[] = [];
  /** Each of less secrets than the one before, so that one secret more does not prepare all of them again. */
  private readonly parts: Prepared[] = [];
  private longestForm = 0;

  constructor(secrets: Iterable<string> = []) {
    this.add(secrets);
  }

  /** Takes further secrets; those that are too short to be hidden (fewer than 6 characters) are passed over. */
  add(secrets: Iterable<string>): void {
    for (const secret of secrets) {
      if (Buffer.byteLength(secret) < shortestSecret || this.secrets.has(secret)) continue;
      this.secrets.add(secret);
      this.added.push(secret);
    }
  }

  has(secret: string): boolean {
    return this.secrets.has(secret);
  }

  get size(): number {
    return this.secrets.size;
  }

  /** Bytes of the longest form of a secret. */
  get longest(): number {
    this.prepared();
    return this.longestForm;
  }

  /** Whether bytes hold a secret in any form. */
  isIn(bytes: Uint8Array): boolean {
    return this.isPossible(bytes) && this.prepared().some(({ matcher }) => matcher.find(bytes).ranges.length > 0);
  }

  /** The bytes with a mark in place of each secret; where `isCut`, also of the beginning of one at their end. The same bytes where there is none. */
  inBytes(bytes: Uint8Array, isCut = false): Uint8Array {
    if (!this.isPossible(bytes)) return bytes;
    const ranges = this.rangesIn(bytes, isCut);
    if (ranges.length === 0) return bytes;
    const parts: Uint8Array[] = [];
    let at = 0;
    for (const [start, end] of ranges) {
      parts.push(bytes.subarray(at, start), Buffer.from(mark));
      at = end;
    }
    return Buffer.concat([...parts, bytes.subarray(at)]);
  }

  /** The text with a mark in place of each secret. */
  inText(text: string, isCut = false): string {
    const bytes = Buffer.from(text);
    const masked = this.inBytes(bytes, isCut);
    return masked === bytes ? text : Buffer.from(masked).toString('utf8');
  }

  /** Returns the ranges of secrets; with `isCut` the beginning of one at the end counts. */
  rangesIn(bytes: Uint8Array, isCut: boolean): readonly (readonly [start: number, end: number])[] {
    if (!this.isPossible(bytes)) return [];
    const { ranges, begun } = joined(this.prepared().map(({ matcher }) => matcher.find(bytes)));
    const start = bytes.length - begun;
    const isBegun = isCut && begun >= shortestSecret && (ranges.at(-1)?.[1] ?? 0) <= start;
    return isBegun ? [...ranges, [start, bytes.length]] : ranges;
  }

  private isPossible({ length }: Uint8Array): boolean {
    return this.secrets.size > 0 && length >= shortestSecret;
  }

  private prepared(): readonly Prepared[] {
    if (this.added.length === 0) return this.parts;
    let secrets = this.added;
    this.added = [];
    while (this.parts.length > 0 && this.parts.at(-1)!.secrets.length <= secrets.length) {
      secrets = [...this.parts.pop()!.secrets, ...secrets];
    }
    const forms = new Set(secrets.flatMap(secretForms));
    const patterns = [...forms].map((form) => Buffer.from(form, 'latin1'));
    this.longestForm = patterns.reduce((most, { length }) => Math.max(most, length), this.longestForm);
    this.parts.push({ secrets, matcher: new ByteMatcher(patterns, shortestSecret) });
    return this.parts;
  }
}

/** Merges the matches of several matchers. */
function joined(found: readonly ByteMatches[]): ByteMatches {
  const [only] = found;
  if (only && found.length === 1) return only;
  const ranges: [number, number][] = [];
  for (const [start, end] of found.flatMap((each) => each.ranges).sort(([a], [b]) => a - b)) {
    const last = ranges.at(-1);
    if (last && last[1] >= start) last[1] = Math.max(last[1], end);
    else ranges.push([start, end]);
  }
  return { ranges, begun: Math.max(...found.map(({ begun }) => begun)) };
}
