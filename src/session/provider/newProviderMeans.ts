import type { SchemePreset } from '../../authoring/scaffold/schemePreset.js';
import type { Skeleton } from '../../authoring/scaffold/skeleton.js';
import type { GivenSkeleton } from './readSkeleton.js';

/** Questions about a new provider; each rejects where the person cancels. */
export interface ProviderQuestions {
  readonly name: () => Promise<string>;
  /** Empty where there is none. */
  readonly secret: () => Promise<string>;
  readonly event: () => Promise<string>;
  readonly preset: () => Promise<SchemePreset>;
  readonly skeleton: (given: GivenSkeleton) => Promise<Skeleton>;
}

/** Input and output of the creation of a provider. */
export interface NewProviderMeans {
  /** Null where nobody can be asked. */
  readonly ask: ProviderQuestions | null;
  /** Takes each line about what was found, before anything is written. */
  readonly say: (line: string) => void;
  /** Runs a search for how a request is signed, which calls `onWork` often and lets no timer run. */
  readonly search: <T>(run: (onWork: () => void) => T) => T;
}
