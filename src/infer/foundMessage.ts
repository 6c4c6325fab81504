import type { MessageAlgorithm } from '../core/scheme.js';
import type { SpanPlace } from './spans.js';

/** The parameters of a request's signature by RFC 9421. */
export interface FoundMessage {
  readonly algorithm: MessageAlgorithm;
  readonly components: readonly string[];
  /** As they are in the request, in order. */
  readonly parameters: readonly (readonly [name: string, text: string])[];
  /** Their place in `Signature-Input`, after the label. */
  readonly input: SpanPlace;
  /** The address that was signed, where that is another one than the request has: a proxy changed it. */
  readonly url?: string;
}
