import { createHash, createHmac } from 'node:crypto';
import type { DataScheme, HashName } from '../core/scheme.js';
import { keySteps } from '../signing/signingKey.js';
import { type ContentPart, type ContentPlan, digestPlans, secretPlan } from './contentPlans.js';
import type { FoundMessage } from './foundMessage.js';
import type { TriedCounts } from './foundScheme.js';
import type { KeyWay } from './keyWays.js';
import { isDigest, overlap, type SignatureClaim } from './spans.js';

/** A signature of the request, and how it comes about; its content has no template yet. */
export interface Hit {
  readonly claim: SignatureClaim;
  readonly plan: ContentPlan;
  readonly options: DataScheme;
  readonly secretAt: number | null;
  /** The signature's parameters, where the request has some by RFC 9421. */
  readonly message?: FoundMessage;
  /** The claims of a token; absent for a bare signature. */
  readonly claims?: Readonly<Record<string, { readonly parts: readonly ContentPart[]; readonly isNumber: boolean }>>;
}

/** Bytes that a search may hash, and signatures that it may compute: about a second. */
const searchLimits = { bytes: 384 << 20, signatures: 150_000 } as const;

/** Counts the attempts, and ends a search that takes too many. */
export class SearchBudget {
  private bytes = 0;
  signatures = 0;
  contents = 0;
  keys = 0;
  complete = true;
  private most: number = searchLimits.signatures;

  /** `onWork` is called before each signature. */
  constructor(private readonly onWork?: () => void) {}

  /** Lets so many more signatures be computed, and no more. */
  slice(signatures: number): void {
    this.most = Math.min(searchLimits.signatures, this.signatures + signatures);
  }

  /** Returns whether content of this length may be hashed. */
  allows(length: number): boolean {
    this.onWork?.();
    if (this.bytes + length > searchLimits.bytes || this.signatures >= this.most) {
      this.complete = false;
      return false;
    }
    this.bytes += length;
    this.signatures++;
    return true;
  }

  get counts(): TriedCounts {
    const { contents, keys, signatures, complete } = this;
    return { contents, keys, signatures, complete };
  }
}

const lengthOfHash: Record<HashName, number> = {
  md5: 16,
  sha1: 20,
  sha256: 32,
  sha384: 48,
  sha512: 64,
  'sha3-256': 32,
  'sha3-384': 48,
  'sha3-512': 64,
};

/** The texts that may be signatures and are not explained yet, by their possible bytes. */
export class ClaimTargets {
  private readonly byBytes = new Map<
    string,
    { claim: SignatureClaim; encoding: SignatureClaim['readings'][number]['encoding'] }[]
  >();
  private open: SignatureClaim[];
  /** The hashes that make texts of the lengths that are left. */
  hashes: readonly HashName[];

  constructor(claims: readonly SignatureClaim[]) {
    this.open = [...claims];
    this.hashes = hashesOf(claims);
    for (const claim of claims) {
      for (const { bytes, encoding } of claim.readings) {
        if (!isDigest(bytes.length)) continue;
        const key = bytes.toString('latin1');
        this.byBytes.set(key, [...(this.byBytes.get(key) ?? []), { claim, encoding }]);
      }
    }
  }

  /** The claims that are these bytes; they are no longer looked for, nor is what shares a character with them. */
  take(digest: Buffer): { claim: SignatureClaim; encoding: SignatureClaim['readings'][number]['encoding'] }[] {
    const found = this.byBytes.get(digest.toString('latin1'));
    if (!found) return [];
    const fresh = found.filter(
      ({ claim }, at) => this.open.includes(claim) && found.findIndex((one) => one.claim === claim) === at,
    );
    for (const { claim } of fresh) this.close(claim);
    return fresh;
  }

  /** Takes a claim out, with all that shares a character with it. */
  close({ place }: SignatureClaim): void {
    this.open = this.open.filter((other) => !overlap(other.place, place));
    this.hashes = hashesOf(this.open);
  }

  get left(): readonly SignatureClaim[] {
    return this.open;
  }
}

function hashesOf(claims: readonly SignatureClaim[]): HashName[] {
  const lengths = new Set(claims.flatMap(({ readings }) => readings.map(({ bytes }) => bytes.length)));
  return (['sha256', 'sha1', 'sha512', 'sha384', 'md5'] as const).filter((hash) => lengths.has(lengthOfHash[hash]));
}

/** The numbers of the likeliest contents that each round tries with every key. */
const rounds = [0, 16, 64, Number.POSITIVE_INFINITY];

/** Tries keyed hashes of contents under keys, the likeliest contents first. */
export function tryHmac(
  plans: Iterable<ContentPlan>,
  ways: readonly KeyWay[],
  targets: ClaimTargets,
  budget: SearchBudget,
): Hit[] {
  const hits: Hit[] = [];
  const list = [...plans];
  budget.contents = Math.max(budget.contents, list.length);
  budget.keys = Math.max(budget.keys, ways.length);
  const tasks = rounds
    .slice(1)
    .flatMap((to, round) => ways.map((way) => ({ way, some: list.slice(rounds[round], to) })));
  for (const { way, some } of tasks) {
    const { secretAt, steps, key } = way;
    // One provider decodes all of its secrets in the same way.
    const [known] = hits;
    if (known && JSON.stringify(keySteps(known.options) ?? []) !== JSON.stringify(steps)) continue;
    for (const plan of some) {
      for (const hash of targets.hashes) {
        if (!budget.allows(lengthOf(plan.parts))) return hits;
        const state = createHmac(hash, key);
        for (const { bytes } of plan.parts) state.update(bytes);
        for (const { claim, encoding } of targets.take(state.digest())) {
          const options = {
            scheme: 'hmac',
            hash,
            content: '',
            encoding,
            ...(steps.length > 0 && { key: steps }),
          } as const;
          hits.push({ claim, plan, options, secretAt });
        }
      }
    }
  }
  return hits;
}

/** Tries plain hashes of contents: without a secret, and with each in it. */
export function tryDigests(
  plans: readonly ContentPlan[],
  secrets: readonly string[],
  targets: ClaimTargets,
  budget: SearchBudget,
): Hit[] {
  const hits: Hit[] = [];
  const tasks = [
    ...secrets.map((secret, secretAt) => ({ secretAt, plans: [...digestPlans(plans, secret), secretPlan(secret)] })),
    { secretAt: null, plans: plans.slice(0, 50) },
  ];
  for (const { secretAt, plans: list } of tasks) hits.push(...tryHashes(list, secretAt, targets, budget));
  return hits;
}

/** Tries plain hashes of contents that a secret is in, or none. */
export function tryHashes(
  plans: Iterable<ContentPlan>,
  secretAt: number | null,
  targets: ClaimTargets,
  budget: SearchBudget,
): Hit[] {
  const hits: Hit[] = [];
  for (const plan of plans) {
    for (const hash of targets.hashes) {
      if (!budget.allows(lengthOf(plan.parts))) return hits;
      const state = createHash(hash);
      for (const { bytes } of plan.parts) state.update(bytes);
      for (const { claim, encoding } of targets.take(state.digest()))
        hits.push({ claim, plan, options: { scheme: 'digest', hash, content: '', encoding }, secretAt });
    }
  }
  return hits;
}

function lengthOf(parts: readonly ContentPart[]): number {
  let length = 0;
  for (const { bytes } of parts) length += bytes.length;
  return length;
}
