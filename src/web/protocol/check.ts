import type { CaseClass } from '../../core/check.js';
import type { FirstHandshakes } from './handshake.js';
import type { DestinationBody } from './send.js';

export interface CheckRequestBody extends DestinationBody, FirstHandshakes {
  readonly provider: string;
  readonly event?: string;
  /** Names of cases or classes. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly allEvents?: boolean;
  /** The rule for a rejection: `4xx`, `401,403`, `body:TEXT`. */
  readonly expect?: string;
}

/** The cases of a check before it is run. */
export interface CaseList {
  readonly cases: readonly {
    readonly name: string;
    readonly class: CaseClass;
    readonly forge: string | null;
    readonly sent: string;
    /** The reason why it does not apply to receivers of this provider; null where it does. */
    readonly leftOut: string | null;
  }[];
}
