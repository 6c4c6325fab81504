import type { Attempt } from '../../core/attempt.js';
import type { MaskedValue } from '../../core/mask.js';
import type { Outcome } from '../../core/outcome.js';

/** A header of the log: its value is text only where that is what was sent. */
export type KeptHeader = readonly [name: string, value: string | MaskedValue];

/** A delivery of the log, as reports show it. */
export interface KeptDelivery {
  readonly key: string;
  readonly resendOf: string | null;
  readonly id: string;
  readonly provider: string;
  readonly event: string;
  readonly variant: string | null;
  readonly forge: string | null;
  readonly url: string;
  readonly target: string | null;
  readonly outcome: Outcome;
  readonly ok: boolean;
  readonly method: string;
  readonly headers: readonly KeptHeader[];
  readonly bytes: number;
  /** Null where it was not kept. */
  readonly body: Uint8Array | null;
  /** At least one. */
  readonly attempts: readonly Attempt[];
}

/** Characters of a key that are shown; its beginning is enough to name it. */
export const shownKey = 8;
