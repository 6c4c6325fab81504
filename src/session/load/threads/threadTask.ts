import type { ChosenTarget } from '../../../config/target.js';
import type { Header } from '../../../core/delivery.js';
import type { LoadShare, PartEnded, PartSecond } from '../../../load/loadPart.js';
import type { RandomOrigin } from '../../../load/loadRandoms.js';
import type { WrittenLoadValues } from '../../../options/writtenLoadValues.js';
import type { WrittenError } from '../../threads/writtenError.js';

/** Results of calls with plain values, by their arguments. */
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
  /** The bytes read from standard input; null where nothing was read. */
  readonly stdin: Uint8Array | null;
  /** The hidden input that a person gave; null where nobody was asked. */
  readonly hidden: string | null;
  readonly origin: RandomOrigin;
  /** The addresses of events, now that the receiver is open. */
  readonly urls: Answers;
  readonly share: LoadShare;
  /** In shared memory, for `FlightCounter`. */
  readonly flights: Int32Array;
}

/** A message to a thread. */
export type ThreadOrder =
  | { readonly type: 'start'; readonly startMs: number }
  | { readonly type: 'stop'; readonly reason: string };

/** A message from a thread. */
export type ThreadEvent =
  | { readonly type: 'ready' }
  | PartSecond
  | PartEnded
  | { readonly type: 'failed'; readonly error: WrittenError };
