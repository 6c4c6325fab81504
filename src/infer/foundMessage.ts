import type { MessageAlgorithm } from '../core/scheme.js';
import type { SpanPlace } from './spans.js';

/** What a request says of its signature by RFC 9421. */
export interface FoundMessage {
  readonly algorithm: MessageAlgorithm;
  readonly components: readonly string[];
  /** As they are in the request, in order. */
  readonly parameters: readonly (readonly [name: string, text: string])[];
  /** Where `Signature-Input` says it, behind the label. */
  readonly input: SpanPlace;
}
