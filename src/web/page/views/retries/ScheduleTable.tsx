import type { JobStep } from '../../../protocol.js';
import { formatMs } from '../../parts/format.js';
import { OutcomeBadge } from '../../parts/StatusBadge.js';

/** The attempts with their waits and results. */
export function ScheduleTable({ times, steps }: { times: readonly number[]; steps: readonly JobStep[] }) {
  const attempts = steps.filter((step) => step.type === 'attempt');
  const ended = steps.find((step) => step.type === 'delivery');
  const resultOf = (number: number) => {
    const step = attempts.find(({ attempt }) => attempt.number === number);
    if (step) return { outcome: step.outcome, status: step.attempt.status };
    const last = ended?.attempts.find((attempt) => attempt.number === number);
    return last && ended ? { outcome: ended.outcome, status: last.status } : null;
  };
  return (
    <table class="schedule-table">
      <thead>
        <tr>
          <th scope="col">Attempt</th>
          <th scope="col">Wait</th>
          <th scope="col">After the first</th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        {times.map((ms, at) => {
          const result = resultOf(at + 1);
          return (
            <tr key={at}>
              <td class="number">{at + 1}</td>
              <td class="number">{at === 0 ? '' : formatMs(ms - times[at - 1]!)}</td>
              <td class="number">{at === 0 ? 'at once' : formatMs(ms)}</td>
              <td>
                {result ? (
                  <OutcomeBadge row={{ ...result, ok: result.outcome === 'accepted' }} />
                ) : (
                  <span class="muted">–</span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
