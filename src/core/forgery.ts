import type { HashName } from './scheme.js';

/** A text in place of the secret, which becomes a key as the secret does; or, where `isKey`, its bytes are the key. */
export interface FalseSecret {
  readonly text: string;
  readonly isKey?: true;
}

/** A forgery's deviation at one stage on the way from secret to wire; all other stages are the provider's. */
export type ForgeryChange =
  /** Signed with something else than the secret. */
  | { readonly stage: 'secret'; readonly with: 'another' | 'sample' | FalseSecret }
  /** Signed with another key pair, and the body names an address at which its public half may be. */
  | { readonly stage: 'foreign key'; readonly url: string }
  /** Signed by another algorithm, or written in another encoding. */
  | {
      readonly stage: 'scheme';
      readonly hash?: HashName;
      readonly unkeyed?: true;
      readonly otherEncoding?: true;
      /** A token or message keyed with the public half of the key pair, which everybody has. */
      readonly publicKey?: true;
    }
  /** The request itself says which algorithm counts: in the prefix of the signature, and in headers. */
  | { readonly stage: 'named algorithm'; readonly algorithm: 'sha1' | 'none' }
  /** The time is off by this many seconds; unsigned means that the signature still covers the true one. */
  | { readonly stage: 'time'; readonly offsetSeconds: number; readonly signed: boolean }
  /** The time is left out, and the signature still covers the true one. */
  | { readonly stage: 'sent time'; readonly as: 'nothing' }
  /** The time is written and signed in another unit than the provider's. */
  | { readonly stage: 'sent time'; readonly as: TimeUnit }
  /** The signature is right, but for other bytes than the body. */
  | { readonly stage: 'signedBytes'; readonly of: 'other event' | 'empty body' | 'first KiB' }
  /** The body is changed after it was signed. */
  | { readonly stage: 'body'; readonly by: 'changed byte' | 'appended byte' | 'reserialised' }
  /** The text of the signature is changed. */
  | {
      readonly stage: 'signature';
      readonly by:
        | 'changed character'
        | 'changed last character'
        | 'changed case'
        /** Two characters have changed places. */
        | 'permuted'
        | 'random'
        | 'longer'
        /** The character at this share of its length is changed. */
        | { readonly changedAt: number }
        /** This text in its place, or this character as often as it has characters. */
        | { readonly text: string }
        | { readonly repeated: string }
        /** So many from its start (less than none: all but so many), or from its end; padding does not count. */
        | { readonly keepCharacters: number }
        | { readonly keepLast: number };
    }
  /**
   * The header or field that carries the signature is missing, or the object that holds the field; it is empty, has another name, or occurs twice.
   */
  | {
      readonly stage: 'header';
      readonly is: 'missing' | 'object missing' | 'empty' | 'renamed' | 'false one first' | 'false one last';
    }
  /** The coverage of a signature by RFC 9421 excludes the body or everything, so that it fits any content. */
  | { readonly stage: 'coverage'; readonly without: 'body' | 'everything' }
  /** The digest of the body, which is signed, is left out, and the body is changed. */
  | { readonly stage: 'digest'; readonly is: 'missing' }
  /** Of several headers that carry a signature, by the strength of their algorithms: which are kept, and which of those are made false. */
  | {
      readonly stage: 'one of several headers';
      readonly keep: SignatureStrength | 'both';
      readonly falsify: SignatureStrength | null;
    };

/** The choice among several signatures: that of the best algorithm, or the others. */
export type SignatureStrength = 'stronger' | 'weaker';

/** A unit in which a time can be written as a number. */
export type TimeUnit = 'seconds' | 'milliseconds' | 'microseconds';

/** The knowledge that an attacker needs for an accepted forgery: nothing, a delivery seen once, or the secret itself (then it is harmless). */
export type Requirement = 'nothing' | 'a delivery' | 'the secret';

/** A delivery made wrong deliberately, by a stable name. */
export interface Forgery {
  readonly name: string;
  /** The deviation, in a few words. */
  readonly title: string;
  readonly requires: Requirement;
  readonly change: ForgeryChange;
}
