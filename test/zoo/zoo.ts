import { correct } from './correct.js';
import type { ProviderName } from './facts.js';
import { faulty } from './faulty.js';
import { holes } from './holes.js';

/** A receiver whose worth is known. */
export interface Receiver {
  readonly provider: ProviderName;
  /** The event to check with; the provider's default event by default. */
  readonly event?: string;
  readonly file: string;
  /** The name of the receiver in the file. */
  readonly form: string;
  /** The program that runs the file, and its flags; without it, the file's receivers run in the process of the test. */
  readonly run?: readonly [program: string, ...flags: string[]];
  /** The variable from which a program reads the secret, and where it receives, if it is one that others documented. */
  readonly variable?: string;
  readonly path?: string;
  /** More flags for `check`. */
  readonly flags?: readonly string[];
  readonly correct: boolean;
  /** The name under which `check` knows what is wrong with it; null for a correct one. */
  readonly finding: string | null;
  /** Findings that follow from the fault, or from its frame. */
  readonly also?: readonly string[];
  /** True where it is worth a remark, but no finding. */
  readonly isRemark?: true;
  /** It does not let all through: what has to be waited for comes, or never does. */
  readonly waits?: 'for a while' | 'in vain';
  /** The consequence. */
  readonly why: string;
}

/** The name of a receiver in the output of the tests. */
export const nameOf = ({ file, form, provider, event }: Receiver) =>
  `${file.replace(/^[./]+/, '')} ${form} for ${event ? `${provider} ${event}` : provider}`;

export const zoo: readonly Receiver[] = [...correct, ...faulty, ...holes];
