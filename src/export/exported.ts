import type { Delivery } from '../core/delivery.js';
import type { Provider } from '../core/provider.js';

/** The formats in which deliveries are exported, the usual one first. */
export const exportFormats = ['vectors', 'raw', 'har', 'curl', 'postman', 'k6'] as const;

/** A format in which deliveries are exported. */
export type ExportFormat = (typeof exportFormats)[number];

/** One delivery of an export. */
export interface Exported {
  /** Its name: unique in the export, and valid in every file system. */
  readonly name: string;
  readonly delivery: Delivery;
  /** Its deliberate fault, in a few words; null for an honest delivery. */
  readonly problem: string | null;
  /** The statuses that the provider takes as success (`2xx`). */
  readonly success: string;
}

/** Deliveries that are written down in place of being sent. */
export interface ExportSet {
  readonly provider: Provider;
  /** Milliseconds since 1970: the time at which all of them are made. */
  readonly now: number;
  readonly secret: {
    /** Null for a real secret, which is not to be written. */
    readonly value: string | null;
    readonly source: string;
    readonly fingerprint: string;
  };
  /** The public keys with which signatures of a key pair are verified. */
  readonly publicKeys: readonly { readonly signature: string; readonly kind: string; readonly pem: string }[];
  /** Whether a time is signed, so that receivers reject the deliveries after a while. */
  readonly signsTime: boolean;
  readonly deliveries: readonly Exported[];
}
