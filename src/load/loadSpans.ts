import type { LoadSecond, LoadSpan } from '../core/load.js';

/** Spans that are kept; when there are more, each two become one. */
const maxSpans = 600;

/** The course of a load in a bounded number of spans, however long it lasts. */
export class LoadSpans {
  private spans: LoadSpan[] = [];
  private secondsOfSpan = 1;

  get all(): readonly LoadSpan[] {
    return this.spans;
  }

  /** Adds a second; `bands` counts its latencies by `latencyBands`. */
  add({ atSecond, seconds, due, sent, ended, ok, dropped, latencyMs }: LoadSecond, bands: readonly number[]): void {
    const part = {
      fromSecond: atSecond - seconds,
      toSecond: atSecond,
      due,
      sent,
      ended,
      ok,
      dropped,
      p50: latencyMs?.p50 ?? null,
      p99: latencyMs?.p99 ?? null,
      max: latencyMs?.max ?? null,
      bands,
    };
    const last = this.spans.at(-1);
    if (last && last.toSecond - last.fromSecond < this.secondsOfSpan && this.secondsOfSpan > 1)
      this.spans[this.spans.length - 1] = joined(last, part);
    else this.spans.push(part);
    if (this.spans.length <= maxSpans) return;
    this.secondsOfSpan *= 2;
    const pairs: LoadSpan[] = [];
    for (let at = 0; at < this.spans.length; at += 2) {
      const next = this.spans[at + 1];
      pairs.push(next ? joined(this.spans[at]!, next) : this.spans[at]!);
    }
    this.spans = pairs;
  }
}

/** Joins two spans. The worse percentiles stand for both. */
function joined(a: LoadSpan, b: LoadSpan): LoadSpan {
  const worse = (one: number | null, other: number | null) =>
    one === null || other === null ? (one ?? other) : Math.max(one, other);
  return {
    fromSecond: a.fromSecond,
    toSecond: b.toSecond,
    due: a.due + b.due,
    sent: a.sent + b.sent,
    ended: a.ended + b.ended,
    ok: a.ok + b.ok,
    dropped: a.dropped + b.dropped,
    p50: worse(a.p50, b.p50),
    p99: worse(a.p99, b.p99),
    max: worse(a.max, b.max),
    bands: a.bands.map((count, at) => count + b.bands[at]!),
  };
}
