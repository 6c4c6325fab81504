import type { Encoding } from '../core/scheme.js';
import type { Algorithm } from './hypotheses/algorithms.js';
import { encodings } from './hypotheses/encodings.js';
import { textMistakes } from './hypotheses/mistakes.js';
import { signatureTexts } from './hypotheses/signatureTexts.js';
import type { Cause } from './hypothesis.js';
import type { Judge } from './search.js';

/** A text that may be a signature, and the assumptions under which it is one. */
export interface ClaimedText {
  readonly text: string;
  readonly because: readonly Cause[];
  /** `whole` where the provider's text around a signature was present; where it was not, that may be a mistake of its own. */
  readonly form: 'whole' | 'bare' | 'unknown';
}

/** Digest bytes that a text may encode. */
interface Reading {
  readonly bytes: Buffer;
  readonly because: readonly Cause[];
}

const longest = 4096;
/** Fewer bytes of a digest than this prove nothing. */
const fewest = 8;

/** Compares digests with texts. */
export function createDigestJudge(targets: Targets): Judge<Algorithm> {
  const { size } = targets;
  return { size, cost: 0, find: (algorithm, key, content) => targets.find(algorithm({ ...key, content })) };
}

/** The targets of the comparison with a digest: every text that may be the signature, in every encoding. */
export class Targets {
  private readonly byStart = new Map<string, Reading[]>();
  private readonly byFolded = new Map<string, Reading>();
  /** Ways in which the texts can be read. */
  size = 0;
  /** False for a secret, whose length must not be revealed. */
  private readonly canBeCut: boolean;

  constructor(
    claims: readonly ClaimedText[],
    /** The scheme's; null for a token, which is compared as it is. */
    private readonly encoding: Encoding | null,
    private readonly facts: Readonly<Record<string, string>>,
  ) {
    this.canBeCut = encoding !== null && facts.thing !== 'secret';
    for (const claim of claims) for (const text of stripDecoration(claim, facts)) this.add(text);
  }

  private add({ text, because }: ClaimedText): void {
    if (this.encoding === null) {
      this.put(Buffer.from(text), because);
      return;
    }
    for (const hypothesis of encodings) {
      const bytes = hypothesis.decode(text);
      if (!bytes || bytes.length < fewest) continue;
      const own = hypothesis.is.includes(this.encoding);
      this.put(bytes, own ? because : [...because, { mistake: hypothesis, dimension: 'encoding', facts: this.facts }]);
    }
    if (/^[A-Za-z0-9+/_=-]{20,}$/.test(text) && !this.byFolded.has(text.toLowerCase())) {
      const caseChanged: Cause = { mistake: textMistakes.caseChanged, dimension: 'encoding', facts: this.facts };
      this.size++;
      this.byFolded.set(text.toLowerCase(), { bytes: Buffer.from(text), because: [...because, caseChanged] });
    }
  }

  private put(bytes: Buffer, because: readonly Cause[]): void {
    this.size++;
    const key = bytes.toString('hex', 0, fewest);
    const list = this.byStart.get(key) ?? [];
    list.push({ bytes, because });
    list.sort((a, b) => a.because.length - b.because.length);
    this.byStart.set(key, list);
  }

  /** Returns the assumptions under which the digest equals one of the texts; undefined where it does not. */
  find(digest: Uint8Array): readonly Cause[] | undefined {
    const buffer = Buffer.from(digest.buffer, digest.byteOffset, digest.byteLength);
    for (const { bytes, because } of this.byStart.get(buffer.toString('hex', 0, fewest)) ?? []) {
      if (bytes.equals(buffer)) return because;
      if (this.canBeCut && bytes.length < buffer.length && bytes.equals(buffer.subarray(0, bytes.length))) {
        const facts = { ...this.facts, detail: String(bytes.length), whole: String(buffer.length) };
        return [...because, { mistake: textMistakes.cut, dimension: 'encoding', facts }];
      }
    }
    return this.byFolded.get(buffer.toString('base64').toLowerCase())?.because;
  }
}

/** Yields the text itself, and the text without quotes, white space, prefixes and percent-encoding. */
export function* stripDecoration(claim: ClaimedText, facts: Readonly<Record<string, string>>): Generator<ClaimedText> {
  const seen = new Set<string>();
  const queue: ClaimedText[] = [{ ...claim, text: claim.text.slice(0, longest) }];
  for (const current of queue) {
    if (seen.has(current.text) || current.because.length > claim.because.length + 2 || seen.size > 60) continue;
    seen.add(current.text);
    yield current;
    for (const mistake of signatureTexts) {
      if (mistake.name === 'signature-prefix' && current.form === 'whole') continue;
      for (const { value, detail } of mistake.variants(current.text)) {
        if (value === current.text) continue;
        const because: Cause = { mistake, dimension: 'encoding', facts: { ...facts, ...(detail && { detail }) } };
        queue.push({ ...current, text: value, because: [...current.because, because] });
      }
    }
  }
}
