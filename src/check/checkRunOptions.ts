import type { CaseSource } from './cases/caseSource.js';
import type { PreparedCase } from './cases/prepareCase.js';
import type { RejectionRule } from './rejectionRule.js';
import type { SenderOptions } from './sender.js';

/** What a run of the checks goes by. */
export interface CheckRunOptions extends SenderOptions {
  readonly source: CaseSource;
  readonly cases: readonly PreparedCase[];
  /** True where only some of the cases were chosen, so that a grade would say too much. */
  readonly isPartial: boolean;
  /** The receiver's address, for the summary. */
  readonly url: string;
  /** What a rejection looks like; null for what tells one without being told: a status of 4xx. */
  readonly expect?: RejectionRule | null;
  /** Whether the transport is the check's alone, so that it tells the last warnings of it. */
  readonly concludes?: boolean;
}
