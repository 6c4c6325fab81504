import type { Attempt } from '../../../core/attempt.js';
import { formatDuration } from '../../../core/duration.js';
import { milliseconds } from '../../shared/words.js';
import { type Markup, markup } from './markup.js';
import { type Axis, percent, phaseLegend, phaseSegments, phaseText } from './phaseBar.js';

const maxRows = 500;

/** An attempt on the chart. */
interface Bar {
  readonly name: string;
  readonly anchor: string;
  readonly startMs: number;
  readonly attempt: Pick<Attempt, 'timing' | 'status' | 'error'>;
  readonly ok: boolean;
}

/** The attempts and their phases, on one time axis. */
export class TimingChart {
  private readonly bars: Bar[] = [];
  private left = 0;

  /** `anchor` is the place of its details on the page. */
  add(name: string, anchor: string, { startedAt, timing, status, error }: Attempt, ok: boolean): void {
    if (this.bars.length === maxRows) this.left++;
    else this.bars.push({ name, anchor, startMs: Date.parse(startedAt), attempt: { timing, status, error }, ok });
  }

  render(): Markup | null {
    const bars = this.bars.sort((a, b) => a.startMs - b.startMs);
    if (bars.length === 0) return null;
    const startMs = bars[0]!.startMs;
    const lengthMs = bars.reduce(
      (most, bar) => Math.max(most, bar.startMs + bar.attempt.timing.totalMs - startMs),
      0.1,
    );
    const axis = { startMs, lengthMs };
    const ticks = chooseTicks(lengthMs);
    const grid = ticks.map(
      (ms) => markup`<line x1="${percent(ms / lengthMs)}" x2="${percent(ms / lengthMs)}" y2="100%"/>`,
    );
    const labels = ticks
      .filter((ms) => ms / lengthMs < 0.95)
      .map((ms) => markup`<text x="${percent(ms / lengthMs)}" dx="4" y="13">${ms === 0 ? '0' : duration(ms)}</text>`);
    const left = this.left > 0 ? markup`<p class="note">Left out: ${this.left} later attempts.</p>` : null;
    return markup`<details class="panel timing" open>
<summary><h2>Timing</h2></summary>
${phaseLegend(bars.map(({ attempt }) => attempt.timing))}
<div class="scroll" tabindex="0" role="region" aria-label="Timing of each attempt">
<table>
<thead><tr><th scope="col">Delivery</th><th scope="col"><span class="unseen">Phases</span><svg class="axis" aria-hidden="true">${grid}${labels}</svg></th><th scope="col" class="number">Total</th></tr></thead>
<tbody>
${bars.map((bar) => row(bar, axis, grid))}</tbody>
</table>
</div>
${left}</details>
`;
  }
}

function row({ name, anchor, attempt, startMs, ok }: Bar, axis: Axis, grid: readonly Markup[]): Markup {
  const { timing, status, error } = attempt;
  const end = startMs + timing.totalMs - axis.startMs;
  const failed = ok
    ? null
    : markup`<rect class="is-failure" x="${percent(end / axis.lengthMs)}" width="3" height="100%"/>`;
  const label = `${status ?? error?.code ?? ''} after ${duration(timing.totalMs)}: ${phaseText({ timing })}`;
  return markup`<tr><th scope="row"><a href="#${anchor}" title="${name}">${name}</a></th><td><svg class="bar" role="img" aria-label="${label}"><title>${label}</title><g class="grid">${grid}</g>${phaseSegments(timing, startMs, axis)}${failed}</svg></td><td class="number">${duration(timing.totalMs)}</td></tr>
`;
}

/** From three to six round times from 0 on. */
function chooseTicks(lengthMs: number): number[] {
  const rough = lengthMs / 4;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((digit) => digit * magnitude).find((size) => size >= rough)!;
  return Array.from({ length: Math.floor(lengthMs / step) + 1 }, (_, i) => i * step);
}

/** `7.3 ms`, `512 ms`, `2.5 s`, `1 min 30 s`. */
export function duration(ms: number): string {
  return ms < 1000 ? milliseconds(ms) : formatDuration(ms);
}
