import type { JobStep } from '../../../protocol.js';
import { formatMs } from '../../parts/format.js';

const width = 1000;
const height = 110;
const edge = 50;

/** The attempts on a line of time that is the coarser the later it is, as schedules are. */
export function ScheduleChart({ times, steps }: { times: readonly number[]; steps: readonly JobStep[] }) {
  const last = times.at(-1)!;
  const unit = Math.max(times[1] ?? 1, 1);
  const place = (ms: number) => edge + (Math.log1p(ms / unit) / Math.log1p(last / unit || 1)) * (width - 2 * edge);
  const attempts = steps.filter((step) => step.type === 'attempt');
  const done = new Map(attempts.map(({ attempt, outcome }) => [attempt.number, outcome]));
  const waiting = attempts.at(-1);
  let labelled = Number.NEGATIVE_INFINITY;
  return (
    <svg
      class="schedule"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${times.length} attempts over ${formatMs(last)}`}
    >
      <path class="axis" d={`M${edge} 60H${width - edge}`} />
      {times.map((ms, at) => {
        const x = place(ms);
        const outcome = done.get(at + 1);
        const isNext = waiting?.nextInMs != null && waiting.attempt.number === at;
        const isLabelled = x - labelled > 70;
        if (isLabelled) labelled = x;
        return (
          <g key={at} class={`try ${outcome ?? (isNext ? 'next' : '')}`}>
            <circle cx={x} cy="60" r="9" />
            {outcome === undefined ? null : outcome === 'accepted' ? (
              <path class="mark" d={`M${x - 4} 60l3 3 5-6`} />
            ) : (
              <path class="mark" d={`M${x - 3} 57l6 6M${x + 3} 57l-6 6`} />
            )}
            {isLabelled ? (
              <>
                <text x={x} y="38" text-anchor="middle">
                  {at + 1}
                </text>
                <text class="when" x={x} y="94" text-anchor="middle">
                  {ms === 0 ? 'at once' : formatMs(ms)}
                </text>
              </>
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}
