import type { InboxState } from './inbox.js';

/** A target that the page may name. */
export interface TargetRow {
  /** `demo`, or a name of the config. */
  readonly name: string;
  /** As the config has it, without a password; null for `demo`. */
  readonly address: string | null;
  /** Whether it is on another machine. */
  readonly isRemote: boolean;
  /** Whether forgeries and checks may go there: a loopback address, or `allowRemote: true` in the config. */
  readonly mayBeAttacked: boolean;
}

/** The project of the page. */
export interface ProjectState {
  readonly version: string;
  /** Another one each time that the server starts. */
  readonly boot: string;
  /** The name of the project's folder, and its path. */
  readonly project: string;
  readonly folder: string;
  /** The config's path as people see it; null where there is none. */
  readonly config: string | null;
  readonly targets: readonly TargetRow[];
  /** The name of the default target, or an address; null where the config names none. */
  readonly defaultTarget: string | null;
  /** Custom providers that can't be used, with the reason. */
  readonly broken: readonly { readonly name: string; readonly problem: string }[];
  /** The reason why there is no delivery log; null where there is one. */
  readonly logProblem: string | null;
  /** The suites of the project to which a case can be added, by their paths from its folder. */
  readonly suites: readonly string[];
  readonly inbox: InboxState;
}
