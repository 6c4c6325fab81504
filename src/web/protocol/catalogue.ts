import type { Certainty } from '../../core/fact.js';

/** A provider among all. */
export interface ProviderRow {
  readonly name: string;
  readonly title: string;
  readonly aliases: readonly string[];
  /** Name and title of each event, for a search over all of them. */
  readonly events: readonly (readonly [name: string, title: string])[];
  readonly isOwn: boolean;
}

/** The providers by group, the project's own first. */
export interface ProviderGroups {
  readonly groups: readonly { readonly title: string; readonly providers: readonly ProviderRow[] }[];
  readonly providers: number;
  readonly events: number;
}

/** An event of a provider. */
export interface EventRow {
  readonly name: string;
  readonly title: string;
  readonly trigger: string;
  readonly certainty: Certainty;
  readonly note: string | null;
  readonly variants: readonly { readonly name: string; readonly title: string }[];
}

/** A provider's success rule, time limit and retries, in words and as values. */
export interface PolicyFacts {
  readonly success: string;
  /** Null where the provider documents none. */
  readonly timeLimit: string | null;
  /** Retries after the first attempt; 0 where there are none, or none are documented. */
  readonly retries: number;
  /** Milliseconds between one attempt and the next on the provider's clock; the default of `send --retry` where the provider documents none. */
  readonly delaysMs: readonly number[];
  /** Whether the provider documents these times. */
  readonly isDocumented: boolean;
  /** A sentence each: success, time limit, retries, disabling. */
  readonly words: readonly string[];
}

/** A forgery of a provider's deliveries. */
export interface ForgeryRow {
  readonly name: string;
  readonly title: string;
}

/** A text in a provider's handshakes that its receiver's owner chose. */
export interface GivenTextRow {
  readonly name: string;
  /** The default text. */
  readonly sample: string;
  /** The meaning of `configured`, without the text: `the text of VERIFY_TOKEN`, `the sample`. */
  readonly configured: string;
  readonly isSample: boolean;
}

/** All about a provider but its samples. */
export interface ProviderDetails {
  readonly name: string;
  readonly title: string;
  readonly aliases: readonly string[];
  readonly docs: string | null;
  readonly group: string | null;
  readonly isOwn: boolean;
  readonly defaultEvent: string;
  readonly events: readonly EventRow[];
  readonly handshakes: readonly { readonly name: string; readonly title: string }[];
  readonly values: readonly GivenTextRow[];
  /** Other forms of its deliveries; empty where it has one only. */
  readonly modes: readonly { readonly name: string; readonly title: string }[];
  /** The mode that the config chooses; null for the usual form. */
  readonly configuredMode: string | null;
  readonly policy: PolicyFacts;
  /** The scheme, in words: `hex of HMAC-SHA256`. */
  readonly scheme: string;
  /** The proof that the signature is right, in words. */
  readonly proof: readonly string[];
  /** The format of the body: `js`, `python`, `form`, … */
  readonly dialect: string;
  readonly secret: {
    readonly label: string;
    /** The invented secret, which is public; null where nothing in the provider's requests proves who sent them. */
    readonly sample: string | null;
    /** The meaning of `configured`, without the secret: `the secret of STRIPE_SECRET`, `the sample secret`. */
    readonly configured: string;
    /** Whether that is the sample secret. */
    readonly isSample: boolean;
    /** Names of environment variables that are set and may hold it; a `SecretChoice` may name these alone. */
    readonly variables: readonly string[];
  };
  readonly forgeries: readonly ForgeryRow[];
  readonly flows: number;
}

/** A special field of a sample. */
export interface SampleField {
  /** A path as `--set` has it: `data.items[0].id`. */
  readonly path: string;
  /** `id` and `time` are renewed in each delivery; `signed` is set from the secret or the headers. */
  readonly is: 'id' | 'time' | 'signed';
}

/** The types and values of a place in the samples of an event; an item of a list is at `items[]`. */
export interface SampleHint {
  readonly path: string;
  /** `string`, `number`, `boolean`, `object`, `array`, `null`. */
  readonly types: readonly string[];
  /** Short texts from the samples; empty where each sample has a different one. */
  readonly values: readonly string[];
}

/** A place of a payload in the provider's specification; an item of a list is at `items[]`. */
export interface FieldHint {
  readonly path: string;
  /** `string`, `integer`, `number`, …; empty where any is taken. */
  readonly types: readonly string[];
  readonly format: string | null;
  /** All that are taken; empty where they are not listed. */
  readonly values: readonly string[];
  /** In words: `from 1 to 100`, `at most 20 characters`, `matches ^ord_`. */
  readonly limits: readonly string[];
  /** On one line. */
  readonly description: string | null;
  readonly isRequired: boolean;
}

/** The fields of a sample in the provider's specification. */
export interface SpecifiedHints {
  /** The file of the specification. */
  readonly specification: string;
  /** Empty where it does not describe the event. */
  readonly fields: readonly FieldHint[];
}

/** The payload of an event, to be edited. */
export interface Sample {
  readonly provider: string;
  readonly event: string;
  readonly variant: string | null;
  /** JSON laid out for reading, also where it goes on the wire as a form; or a text that is no JSON. */
  readonly text: string;
  readonly isJson: boolean;
  /** The content type: `application/json`, … */
  readonly mediaType: string | null;
  readonly fields: readonly SampleField[];
  /** Hints for the places of the payload, from all samples of its event. */
  readonly hints: readonly SampleHint[];
  /** Whether the provider names a specification, which `GET /api/hints` reads. */
  readonly isSpecified: boolean;
  readonly certainty: Certainty;
  readonly note: string | null;
}
