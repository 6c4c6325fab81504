import type { Timing } from '../../../core/attempt.js';
import { phases } from '../../run/details.js';
import { milliseconds } from '../../shared/words.js';
import { type Markup, markup } from './markup.js';

/** The part of a time axis that a bar is drawn on, in milliseconds. */
export interface Axis {
  readonly startMs: number;
  readonly lengthMs: number;
}

/** Returns the parts of an attempt: the unnamed time before its first phase, and its phases. */
function parts(timing: Timing): (readonly [name: string, ms: number])[] {
  const known = phases.map(([key, word]) => [word, timing[key] ?? 0] as const);
  const rest = timing.totalMs - known.reduce((sum, [, ms]) => sum + ms, 0);
  return [['before', Math.max(0, rest)], ...known];
}

/** The parts of an attempt as segments of a bar. */
export function phaseSegments(timing: Timing, startMs: number, axis: Axis): Markup[] {
  let at = startMs - axis.startMs;
  return parts(timing).flatMap(([name, ms]) => {
    const x = percent(at / axis.lengthMs);
    at += ms;
    const width = percent(ms / axis.lengthMs);
    return ms > 0 ? [markup`<rect class="is-${name.toLowerCase()}" x="${x}" width="${width}" height="100%"/>`] : [];
  });
}

/** The phases that happened, in words. */
export function phaseText({ timing }: { readonly timing: Timing }): string {
  const durations = phases.flatMap(([key, word]) =>
    timing[key] === null ? [] : [`${word} ${milliseconds(timing[key])}`],
  );
  return durations.join(' · ');
}

/** Returns what the colours in the bars of these attempts mean. */
export function phaseLegend(timings: readonly Timing[]): Markup {
  const present = new Set(timings.flatMap((timing) => parts(timing).flatMap(([name, ms]) => (ms > 0 ? [name] : []))));
  const items = ['before', ...phases.map(([, word]) => word)]
    .filter((name) => present.has(name))
    .map((name) => markup`<li><span class="swatch is-${name.toLowerCase()}"></span>${name}</li>`);
  return markup`<ul class="legend" aria-label="Phases">${items}</ul>`;
}

/** A part of one as a percentage for SVG. */
export function percent(part: number): string {
  return `${Number((part * 100).toFixed(3))}%`;
}
