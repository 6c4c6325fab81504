import type { LoadSecond } from '../../core/load.js';
import { formatMs, formatRate, formatSecond, sparkline } from './loadText.js';

/** Shows a running load on a terminal, in place. */
export class LiveView {
  private readonly seconds: LoadSecond[] = [];
  private lines = 0;

  constructor(
    private readonly wholeSeconds: number,
    private readonly style: { readonly columns: number; readonly unicode: boolean },
  ) {}

  /** The text that shows one more second in place of what was shown. */
  add(second: LoadSecond): string {
    const width = Math.max(10, Math.min(60, this.style.columns - 40));
    this.seconds.push(second);
    if (this.seconds.length > width) this.seconds.shift();
    const lines = this.rows(second).map((line) => line.slice(0, this.style.columns - 1));
    const back = this.lines === 0 ? '' : `\r\u001b[${this.lines}A\u001b[J`;
    this.lines = lines.length;
    return `${back}${lines.join('\n')}\n`;
  }

  private rows({ atSecond, seconds, rate, sent, inFlight, latencyMs, isWarmUp }: LoadSecond): string[] {
    const row = (name: string, value: (second: LoadSecond) => number, shown: string) =>
      `${name.padEnd(8)}${this.chart(value)}  ${shown}`;
    const failed = (each: LoadSecond) => each.ended - each.ok + each.dropped;
    const all = this.seconds.reduce((sum, each) => sum + failed(each), 0);
    const ofWhole =
      atSecond <= this.wholeSeconds ? ` of ${formatSecond(this.wholeSeconds)} s` : ', waiting for the last answers';
    return [
      `${formatSecond(atSecond)} s${ofWhole}${isWarmUp ? ', warm-up' : ''}  ·  ${inFlight} in flight`,
      row('sent', (each) => each.sent / each.seconds, `${formatRate(sent / seconds)} of ${formatRate(rate)}`),
      row('p50', (each) => each.latencyMs?.p50 ?? 0, latencyMs ? formatMs(latencyMs.p50) : 'no answers'),
      row('p99', (each) => each.latencyMs?.p99 ?? 0, latencyMs ? formatMs(latencyMs.p99) : 'no answers'),
      row('failed', failed, all === 0 ? 'none' : `${failed(this.seconds.at(-1)!)} now, ${all} in view`),
    ];
  }

  private chart(value: (second: LoadSecond) => number): string {
    return sparkline(this.seconds.map(value), this.style.unicode);
  }
}
