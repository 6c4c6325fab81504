import type { Outcome } from '../../../core/outcome.js';

/** What `log` was told, as typed. */
export interface LogFlags {
  provider?: string;
  event?: string;
  outcome?: Outcome;
  failed?: true;
  since?: string;
  limit?: string;
  clear?: true;
  json?: boolean;
  quiet?: boolean;
  config?: string;
}
