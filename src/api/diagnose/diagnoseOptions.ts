import type { MakingOptions, ProjectOptions } from '../project/callOptions.js';
import type { AnyProvider } from '../providers.js';
import type { HeadersInput } from '../settings.js';

/** A request as it came, and what it is held against: `headers` and `body`, or a `capture`. */
export interface DiagnoseOptions extends Pick<MakingOptions, 'secret' | 'now'>, ProjectOptions {
  /** Whose request it should be; by default that is recognized by its signature headers. */
  readonly provider?: AnyProvider;
  /** As they came: a `Headers`, pairs, or an object such as `request.headers` of Node. */
  readonly headers?: HeadersInput;
  /** The raw body, byte for byte; text stands for its UTF-8 bytes. */
  readonly body?: string | Uint8Array;
  /** `POST` by default; for providers that sign it. */
  readonly method?: string;
  /** The text of a captured request: HTTP, a HAR or a curl command. */
  readonly capture?: string | Uint8Array;
  /** Which entry of a HAR, from 1; by default the first that has the signature. */
  readonly entry?: number | string;
  /** The URL that was signed, where a scheme signs it. */
  readonly url?: string | URL;
  /** How old a signed time may be: milliseconds, or a duration; `5m` by default. */
  readonly tolerance?: string | number;
  /** The value that your receiver computed: which mistake gives it? */
  readonly computed?: string;
}
