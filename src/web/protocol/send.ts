/**
 * The secret that signs: the one that environment or config name, the sample secret, or that of an environment variable
 * (`ProviderDetails.secret.variables`).
 */
export type SecretChoice =
  | { readonly is: 'configured' }
  | { readonly is: 'sample' }
  | { readonly is: 'variable'; readonly name: string };

/** The members of every request that sends. */
export interface DestinationBody {
  /** A name of `ProjectState.targets`, or an address of this machine (`:3000/webhooks`); the default target if absent. */
  readonly target?: string;
  readonly secret?: SecretChoice;
  /** Durations as text, such as `5s`; the provider's limit where it is left out. */
  readonly timeout?: string;
  /** The form of the deliveries, a name of `ProviderDetails.modes`; that of the config, or the usual one, where it is left out. */
  readonly mode?: string;
}

/** A delivery to send. */
export interface SendRequestBody extends DestinationBody {
  readonly provider: string;
  readonly event: string;
  readonly variant?: string;
  /** The payload in place of the sample, as text of JSON; written in the provider's dialect. Ids in it that are those of the sample are renewed unless `exact`. */
  readonly payload?: string;
  /** The body as it goes on the wire, byte for byte. */
  readonly raw?: string;
  /** Renews nothing. */
  readonly exact?: boolean;
  /** A line each: `Name: value`; `Name:` removes it. */
  readonly headers?: readonly string[];
  /** The name of a forgery. */
  readonly forge?: string;
  /** From 1 to 1,000. */
  readonly count?: number;
  /** Retries what is not accepted, on the provider's schedule or one of `delays` (`5s,1m`), so many times faster (`600x`, `instant`). */
  readonly retry?: { readonly speed?: string; readonly delays?: string };
  /** The same bytes again, where they are to be those of a preview. */
  readonly seed?: number;
  /** Milliseconds since 1970, likewise. */
  readonly now?: number;
}

/** A header as it may be shown. */
export interface ShownHeader {
  readonly name: string;
  readonly value: string;
  /** Whether its value is masked, as a secret. */
  readonly isMasked: boolean;
  /** The source of the value; null for a received header. */
  readonly from: 'signature' | 'provider' | 'own' | null;
}

/** A body for display. One of `text` and `base64` is present, or `missing` says why neither is. */
export interface ShownBody {
  readonly bytes: number;
  readonly sha256: string | null;
  readonly mediaType: string | null;
  readonly text: string | null;
  readonly base64: string | null;
  /** The reason why it is missing. */
  readonly missing: string | null;
  /** Whether it is only a part of the body. */
  readonly isTruncated: boolean;
  /** Whether secrets in it are masked. */
  readonly isMasked: boolean;
}

/** A piece of the signed content. */
export interface SignedPiece {
  /** The name in the template (`body`, `timestamp`), null for literal text (`.`). */
  readonly name: string | null;
  /** The source of its value, in words: `the body`, `the time of Webhook-Timestamp`. */
  readonly from: string | null;
  /** Its text, shortened to 2,000 characters; null where it is not known, or secret. */
  readonly text: string | null;
  readonly bytes: number | null;
}

/** The steps to one signature. */
export interface SignatureStep {
  /** Its name in the description; several build upon each other in their order. */
  readonly name: string;
  /** `hex of HMAC-SHA256`. */
  readonly scheme: string;
  /** The signed content; empty for a scheme without a template. */
  readonly pieces: readonly SignedPiece[];
  /** The decoding of the secret's text to the key, in words; empty for none. */
  readonly key: string;
  /** The headers and fields that carry it, with how they are written: `t={timestamp},v1={signature}`. */
  readonly places: readonly { readonly place: string; readonly template: string; readonly value: string | null }[];
}

/** A secret without itself. */
export interface UsedSecret {
  /** In words: `the sample secret`, `the secret of STRIPE_SECRET`. */
  readonly words: string;
  readonly fingerprint: string;
  readonly isSample: boolean;
}

/** A delivery as it would go. */
export interface Preview {
  readonly provider: string;
  readonly event: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly ShownHeader[];
  readonly body: ShownBody;
  readonly signatures: readonly SignatureStep[];
  readonly secrets: readonly UsedSecret[];
  /** Warnings about the delivery, which is sent nevertheless. */
  readonly notes: readonly string[];
  /** With these the same bytes are sent (`SendRequestBody.seed`, `now`). */
  readonly seed: number;
  readonly now: number;
  /** The command line that sends such a delivery; null where no flags can express it, as for an edited payload. */
  readonly command: string | null;
  /** A curl command with these bytes; it holds the signature, no secret. */
  readonly curl: string;
}
