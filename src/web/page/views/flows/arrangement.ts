import type { FlowRow } from '../../../protocol.js';

/** The steps of a flow as they are delivered: numbers from 1, in order; a missing one is lost, a repeated one is delivered twice. */
export type Arrangement = readonly number[];

/** The steps in their own order. */
export function naturalOrder(flow: FlowRow): Arrangement {
  return flow.steps.map(({ step }) => step);
}

/** Reads an arrangement from the address of the page. */
export function readArrangement(flow: FlowRow, text: string | undefined): Arrangement {
  if (text === undefined) return naturalOrder(flow);
  const known = new Set(naturalOrder(flow));
  return text
    .split('.')
    .map(Number)
    .filter((step) => known.has(step));
}

/** Writes an arrangement for the address of the page; null where it is the natural one. An empty one is `0`. */
export function writeArrangement(flow: FlowRow, arrangement: Arrangement): string | null {
  const text = arrangement.join('.') || '0';
  return text === naturalOrder(flow).join('.') ? null : text;
}

/** With the delivery at one place put to another. */
export function moveStep(arrangement: Arrangement, from: number, to: number): Arrangement {
  const rest = arrangement.filter((_, at) => at !== from);
  const place = Math.min(Math.max(to, 0), rest.length);
  return [...rest.slice(0, place), arrangement[from]!, ...rest.slice(place)];
}

/** Without the delivery at a place. */
export function dropStep(arrangement: Arrangement, at: number): Arrangement {
  return arrangement.filter((_, place) => place !== at);
}

/** With the delivery at a place twice. */
export function repeatStep(arrangement: Arrangement, at: number): Arrangement {
  return [...arrangement.slice(0, at + 1), arrangement[at]!, ...arrangement.slice(at + 1)];
}

/** The steps that are not delivered. */
export function lostSteps(flow: FlowRow, arrangement: Arrangement): Arrangement {
  return naturalOrder(flow).filter((step) => !arrangement.includes(step));
}

/** Returns the arrival time of each delivery, on the provider's clock: the times of those that are delivered, sorted. */
export function arrivalTimes(flow: FlowRow, arrangement: Arrangement): readonly number[] {
  const offsets = new Map(flow.steps.map(({ step, offsetMs }) => [step, offsetMs]));
  return arrangement.map((step) => offsets.get(step) ?? 0).sort((a, b) => a - b);
}

/** An order by chance. */
export function shuffleSteps(arrangement: Arrangement): Arrangement {
  const shuffled = [...arrangement];
  for (let at = shuffled.length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1));
    [shuffled[at], shuffled[other]] = [shuffled[other]!, shuffled[at]!];
  }
  return shuffled;
}
