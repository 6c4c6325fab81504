import type { IdentityKind } from '../core/identity.js';
import type { EncodedScheme, Encoding, HashName, KeyStep, TextPart } from '../core/scheme.js';

/** A text that a script makes: constant parts, with references between them. */
export type K6Text = readonly (string | K6Reference)[];

/** The text of a constant, if need be escaped for its place: in JSON, in a form or a query, or before parameters. */
export interface K6Reference {
  readonly name: string;
  readonly as?: 'json' | 'php' | 'form' | 'parameter' | 'address';
}

/** A moment of a delivery, in milliseconds: a distance from now, or from 1970 where it never moves. */
export interface K6Moment {
  readonly from: 'now' | '1970';
  readonly ms: number;
  /** Whole ones of so many milliseconds, counted from 1970, and how far that is from the moment. */
  readonly whole?: { readonly unit: number; readonly shift: number };
}

/** The notation of a time's moving part: so many characters of ISO 8601, its basic form, a date of HTTP without its zone, or a count. */
export type K6TimeForm = 'iso' | 'sql' | 'basic' | 'http' | 'seconds' | 'milliseconds';

/** The source of a constant of a delivery. */
export type K6Made =
  | { readonly kind: 'text'; readonly text: K6Text }
  | { readonly kind: 'time'; readonly form: K6TimeForm; readonly moment: K6Moment; readonly length: number }
  | {
      readonly kind: 'id';
      readonly id: IdentityKind;
      readonly length: number;
      readonly pattern?: string | undefined;
      readonly moment: K6Moment;
      /** Whether the number has to be one that receivers read exactly. */
      readonly isExact: boolean;
    }
  | {
      readonly kind: 'hash';
      readonly hash: HashName;
      /** Null for a hash without a key. */
      readonly key: readonly KeyStep[] | null;
      readonly content: K6Text;
      readonly encoding: Encoding;
    }
  | {
      readonly kind: 'encoded';
      readonly content: K6Text;
      readonly part?: TextPart | undefined;
      readonly encoding: EncodedScheme['encoding'];
    };

/** A constant of a delivery; it may use the constants above it. */
export interface K6Constant {
  readonly name: string;
  readonly recipe: K6Made;
}

/** One delivery of a script, as it is made each time. */
export interface K6Delivery {
  readonly name: string;
  readonly constants: readonly K6Constant[];
  readonly method: string;
  readonly url: K6Text;
  readonly headers: readonly (readonly [name: string, value: K6Text])[];
  readonly body: K6Text;
  readonly timeLimitMs: number;
  /** The statuses that the provider takes as success (`2xx`). */
  readonly success: string;
}

/** A value that a script reads from an environment variable. */
export interface K6Variable {
  /** The constant of the script that holds it. */
  readonly name: string;
  readonly variable: string;
  /** Its default; null where it has to be given. */
  readonly value: string | null;
}

/** The names that a script has for what all of its deliveries share. */
export const k6Names = { secret: 'secret', target: 'target' } as const;

/** A script for k6 that makes and signs each delivery when it is sent. */
export interface K6Script {
  readonly title: string;
  /** The name of its file in a folder. */
  readonly file: string;
  readonly variables: readonly K6Variable[];
  readonly deliveries: readonly K6Delivery[];
}
