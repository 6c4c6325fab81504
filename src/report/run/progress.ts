import { buildReporter, type Reporter, type Writer } from '../shared/reporter.js';
import { grouped } from '../shared/words.js';

export interface ProgressOptions {
  /** Deliveries that the run will have. */
  readonly total: number;
  readonly columns: number;
  readonly unicode: boolean;
  /** Milliseconds, from any start. */
  readonly now: () => number;
}

/** A bar on one line of a terminal, drawn again as deliveries end, at most ten times a second. */
export interface Progress extends Reporter {
  /** Takes the bar off its line, so that other text can be written there. */
  hide(): void;
}

export function progress(write: Writer, { total, columns, unicode, now }: ProgressOptions): Progress {
  const start = now();
  let done = 0;
  let failed = 0;
  let drawn = Number.NEGATIVE_INFINITY;
  let shown = false;
  const hide = () => {
    if (shown) write('\r\u001b[K');
    shown = false;
  };
  const draw = () => {
    drawn = now();
    const rate = Math.round((done * 1000) / Math.max(1, drawn - start));
    const counts = ` ${grouped(done)} of ${grouped(total)}, ${grouped(failed)} failed, ${grouped(rate)}/s`;
    const width = Math.max(0, Math.min(30, columns - counts.length - 1));
    const full = Math.round((width * done) / total);
    const bar = (unicode ? '█' : '#').repeat(full) + (unicode ? '░' : '.').repeat(width - full);
    write(`\r${bar}${counts}`.slice(0, columns));
    shown = true;
  };
  const reporter = buildReporter({
    delivery({ ok }) {
      done++;
      if (!ok) failed++;
      if (now() - drawn >= 100) draw();
    },
    summary: hide,
  });
  return { ...reporter, hide, isSilentOn: () => true };
}
