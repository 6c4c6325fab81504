import type { Certainty } from './fact.js';
import type { Flow } from './flow.js';
import type { Handshake } from './handshake.js';
import type { IdentityKind } from './identity.js';
import type { Plain } from './plain.js';
import type { EventPolicy, Policy } from './policy.js';
import type { BodyFieldSpec, HeaderSpec, QuerySpec, SchemeOptions, WireRule } from './scheme.js';
import type { ValueSpec } from './template.js';
import type { SampleTimeKind } from './time.js';

/**
 * An encoding of JSON; each is named for the language whose encoder writes so. `lines` is as `js`, with CRLF after each item of the outermost list,
 * or after a value that is no list.
 */
export type JsonDialect = 'js' | 'lines' | 'pretty' | 'ascii' | 'python' | 'go' | 'ruby' | 'rails' | 'php';

/** The content of a form's field: JSON in a dialect, or a text in Base64. */
export type FieldContent = JsonDialect | 'base64' | 'base64-lines';

/** The encoding of a value's members as the fields of a form. */
export interface FormDialect {
  /** `form` is `application/x-www-form-urlencoded`, `query` the same in the query of the URL, `multipart` is `multipart/form-data`. */
  readonly kind: 'form' | 'query' | 'multipart';
  /** The notation of a nested name: `data[id]` or `data.id`; absent where no field is nested. */
  readonly nesting?: 'brackets' | 'dots';
  /** The names of a list's items: all as the list (`id`, the default), `id[]`, or `id[0]`. */
  readonly lists?: 'repeated' | 'brackets' | 'indices';
  /** The encodings of fields that are more than a text, by their names as they are sent; of several steps the first is the innermost. */
  readonly contents?: Readonly<Record<string, FieldContent | readonly FieldContent[]>>;
  /** The boundary of `multipart`; by default that of the header Content-Type. */
  readonly boundary?: string;
}

/** The encoding of a value as bytes: JSON, the fields of a form, or a text as it is. */
export type Dialect = JsonDialect | FormDialect['kind'] | 'text' | FormDialect;

/** The key that provider and receiver share, as its users know it. */
export interface SecretSpec {
  /** The provider's own name for it ("Signing Secret"). */
  readonly label: string;
  /** Environment variables that may hold it, best first. */
  readonly env: readonly string[];
  /** The usual form of one, for a warning about one that differs. */
  readonly shape?: { readonly pattern: string; readonly description: string };
  /** An invented secret, used when no other is given. */
  readonly sample: string;
}

/** A sample of an event in another form than the usual one. */
export interface VariantSpec {
  readonly title: string;
  readonly certainty: Certainty;
  readonly note?: string;
}

/** One kind of notification. */
export interface EventSpec {
  readonly title: string;
  /** The occasion on which the provider sends it, in one sentence; empty where that is obvious. */
  readonly trigger: string;
  /** The certainty of the payload's shape. */
  readonly certainty: Certainty;
  readonly note?: string;
  readonly variants?: Readonly<Record<string, VariantSpec>>;
  readonly policy?: EventPolicy;
  /** The parts of its name on the wire, where the provider's rule does not derive them from the name that people type. */
  readonly wire?: string | readonly string[];
  /** The source of the payload's shape, where that is not the source of every event. */
  readonly source?: string;
}

/** Something the samples are about: its place, and the form of a fresh one. */
export interface Identity {
  readonly kind: IdentityKind;
  /** The text that represents it in the samples, wherever it occurs; or, for one that differs from sample to sample, `path`. */
  readonly literal?: string;
  /** Path of the member that holds it; its text after `prefix` is then the literal of that sample. */
  readonly path?: string;
  readonly prefix?: string;
  /** For kind `code`: `YYYY YY MM DD` of the time `at`, `#` a digit, `@` a capital, `*` either; all else is literal. */
  readonly pattern?: string;
  /** The time literal from which a code or a nanosecond id is made; when that time is renewed, so is the identity. */
  readonly at?: string;
  /** UTC offset (`+07:00`) in which a code writes that time. */
  readonly zone?: string;
  /** True where receivers de-duplicate on it: such an identity is fresh in each delivery. */
  readonly deduplicates?: boolean;
}

/** The ids and times that a group of samples shares. */
export interface IdentityGroup {
  readonly name: string;
  readonly title: string;
  /** The events whose samples have them; by default all. */
  readonly events?: readonly string[];
  readonly ids: readonly Identity[];
  /** The formats in which the samples write times; each time literal of one of them moves with them. */
  readonly times: readonly SampleTimeKind[];
  /** The current time of samples that hold no time of their event: their other times are before and after it. */
  readonly now?: string;
  /** Paths of the time at which an event happened, the first that a sample has; fresh in each delivery. */
  readonly eventTime: readonly string[];
}

/** The proof that a provider's signature is right. */
export interface Proof {
  /**
   * `package`: the vendor's own verifier accepts it and rejects a tampered one; `vector`: a published request with its signature; `documents`: an
   * independent recipe from two texts.
   */
  readonly kind: 'package' | 'vector' | 'documents';
  /** The package with its version, or the place of the request or the texts. */
  readonly source: string;
}

/** Another form in which a provider sends the same events, at its users' choice; all that is absent is as in the usual form. */
export interface ModeSpec {
  readonly title: string;
  readonly certainty?: Certainty;
  /** The source: a URL or a short name of the document. */
  readonly source?: string;
  readonly method?: string;
  /** In place of those of the same name, else behind the others; an empty text leaves one out. */
  readonly headers?: Readonly<Record<string, string>>;
  /** In addition to the provider's, or in place of those of the same name. */
  readonly values?: Readonly<Record<string, ValueSpec>>;
  readonly signatures?: Readonly<Record<string, SchemeOptions>>;
  readonly query?: readonly QuerySpec[];
  readonly body?: string;
  readonly dialect?: Dialect;
}

/**
 * A company that sends webhooks, described as data; JSON-serialisable throughout, but for signatures that a function makes, which only a
 * description in TypeScript or JavaScript can hold.
 */
export interface Provider {
  readonly name: string;
  readonly title: string;
  /** The provider's own page on its webhooks; null where there is none. */
  readonly docs: string | null;
  /** The specification of its events: an OpenAPI document, or a folder of JSON Schemas. */
  readonly spec?: string;
  /** The kind of company, by which lists are ordered: `payments`, `developer tools`. */
  readonly group?: string;
  /** Other names that people type. */
  readonly aliases?: readonly string[];
  /** The proof, from outside of this project, that its signature is right. */
  readonly proof?: readonly Proof[];
  /** The event used when none is named. */
  readonly defaultEvent: string;
  readonly secret: SecretSpec;
  readonly method: string;
  /** In the order and letter case in which they go on the wire. */
  readonly headers: readonly HeaderSpec[];
  /** The names that templates may use besides `body`, `event`, `method`, `url` and its parts, `secret` and the signatures. */
  readonly values: Readonly<Record<string, ValueSpec>>;
  /** Signatures by the name that templates use for them; the content of one may name those above it. */
  readonly signatures: Readonly<Record<string, SchemeOptions>>;
  /** Set in this order; a signature among them can't cover the body, so that a function can't make it. */
  readonly fields?: readonly BodyFieldSpec[];
  readonly query?: readonly QuerySpec[];
  /**
   * The template of the body, where that is not the payload itself: it names a token that claims the payload, or the result of a function. For these,
   * `{body}` in signed content is the payload; for all others it is the body as sent.
   */
  readonly body?: string;
  readonly dialect: Dialect;
  /** Other forms of its deliveries, by the names that `--mode` takes. */
  readonly modes?: Readonly<Record<string, ModeSpec>>;
  /** The input of the provider's documented verifier: the raw bytes, or the parsed body serialized again. */
  readonly verifiesOver: 'raw' | 'restringified';
  /** The treatment of a signed time's age by the provider's own verifier; absent where it rejects old ones as it should. */
  readonly freshness?: {
    readonly checked: boolean;
    /** The age that a signed time may have, by the provider's advice. */
    readonly toleranceSeconds?: number;
    /** The source: the verifier's code, or a document. */
    readonly source?: string;
  };
  /** The path in the body, or the header, that names the address of the key to verify with; absent where none does. */
  readonly keyUrl?: { readonly at: string } | { readonly header: string };
  /** Path of the event's name in the body; null where the body does not hold it, or where `wire` gives its place. */
  readonly eventAt: string | null;
  /** The place of an event's name in a request, where that is in parts or differs from the name that people type. */
  readonly wire?: WireRule;
  /** Defaults for every event: the certainty of its payload's shape, and the source of that. */
  readonly everyEvent?: { readonly certainty?: Certainty; readonly source?: string };
  readonly events: Readonly<Record<string, EventSpec>>;
  readonly identities: readonly IdentityGroup[];
  /** The requests before the first delivery, in order. */
  readonly handshakes?: readonly Handshake[];
  readonly policy: Policy;
  /** The flows of a custom provider; those of the others are loaded when they are run. */
  readonly flows?: readonly Flow[];
  /** The folder of the samples, or these by the name of their file without its ending; absent where they ship with the package. */
  readonly samples?: string | Readonly<Record<string, Plain>>;
}
