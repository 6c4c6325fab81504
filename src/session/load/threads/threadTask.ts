import type { ChosenTarget } from '../../../config/target.js';
import type { Header } from '../../../core/delivery.js';
import type { LoadShare, PartEnded, PartSecond } from '../../../load/loadPart.js';
import type { RandomOrigin } from '../../../load/loadRandoms.js';
import type { WrittenLoadValues } from '../../../options/writtenLoadValues.js';
import type { WrittenError } from './writtenError.js';

/** What was answered to calls with plain values, by what was asked. */
export type Answers = ReadonlyMap<string, string>;

/** A target as plain data. */
export interface WrittenTarget extends Pick<ChosenTarget, 'name' | 'address' | 'options'> {
  readonly urls: Answers;
  /** Null where providers know it by its own address. */
  readonly publicUrls: Answers | null;
}

/** All that a thread has to know to send its part of a load, as plain data. */
export interface ThreadTask {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The path of the project's config; null where there is none. */
  readonly config: string | null;
  readonly provider: string | null;
  readonly events: readonly string[];
  readonly secretHeaders: readonly Header[];
  readonly target: WrittenTarget;
  readonly options: WrittenLoadValues;
  /** What was read of standard input; null where nothing was. */
  readonly stdin: Uint8Array | null;
  /** What a person was asked for and gave; null where nobody was. */
  readonly hidden: string | null;
  readonly origin: RandomOrigin;
  /** The addresses of events, now that the receiver is open. */
  readonly urls: Answers;
  readonly share: LoadShare;
  /** In shared memory, for `FlightCounter`. */
  readonly flights: Int32Array;
}

/** What a thread is told. */
export type ThreadOrder =
  | { readonly type: 'start'; readonly startMs: number }
  | { readonly type: 'stop'; readonly reason: string };

/** What a thread tells. */
export type ThreadEvent =
  | { readonly type: 'ready' }
  | PartSecond
  | PartEnded
  | { readonly type: 'failed'; readonly error: WrittenError };
