import type { Project } from '../../config/project.js';
import type { ChosenTarget } from '../../config/target.js';
import type { Header } from '../../core/delivery.js';

/** The deliveries of a load, and their target. */
export interface LoadRequest {
  readonly project: Project;
  /** Null where only `also` and `flow` name deliveries. */
  readonly provider: string | null;
  /** Events with their weights: `invoice.paid=3`. */
  readonly events: readonly string[];
  readonly target: ChosenTarget;
  /** Headers whose values came from the environment and are secret whatever their names. */
  readonly secretHeaders?: readonly Header[];
}
