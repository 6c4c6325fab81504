import type { ShownAttempt } from '../../protocol.js';
import { formatMs } from './format.js';

const phases = ['dns', 'connect', 'tls', 'send', 'wait', 'receive'] as const;

/** The phases of an attempt, each as a bar that begins where the one before it ended. */
export function Waterfall({ timing }: { timing: ShownAttempt['timing'] }) {
  const total = Math.max(timing.totalMs, 0.001);
  let begin = 0;
  const bars = phases.map((name) => {
    const ms = timing[`${name}Ms`];
    const from = begin;
    begin += ms ?? 0;
    return { name, ms, from };
  });
  return (
    <table class="waterfall">
      <caption class="visually-hidden">Phases of the attempt, {formatMs(timing.totalMs)} in all</caption>
      <tbody>
        {bars.map(({ name, ms, from }) => (
          <tr key={name} class={ms === null ? 'absent' : ''}>
            <th scope="row">{name}</th>
            <td class="lane" aria-hidden="true">
              {ms === null ? null : (
                <span
                  class={`phase ${name}`}
                  style={{ left: `${(from / total) * 100}%`, width: `max(2px, ${(ms / total) * 100}%)` }}
                />
              )}
            </td>
            <td class="number">{ms === null ? '–' : formatMs(ms)}</td>
          </tr>
        ))}
        <tr class="sum">
          <th scope="row">total</th>
          <td class="lane">{timing.reused ? 'on a connection that was open' : ''}</td>
          <td class="number">{formatMs(timing.totalMs)}</td>
        </tr>
      </tbody>
    </table>
  );
}
