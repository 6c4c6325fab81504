import { pointerSteps } from '../core/jsonPointer.js';
import { formatPath } from './path.js';

/** The place that a JSON Pointer names, as people see it: `data.items[0].price`, or `the body`. */
export function describePointer(pointer: string): string {
  const steps = pointerSteps(pointer).map((step) => (/^\d{1,15}$/.test(step) ? Number(step) : step));
  return steps.length === 0 ? 'the body' : formatPath(steps);
}
