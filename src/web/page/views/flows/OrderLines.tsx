import type { FlowRow } from '../../../protocol.js';
import type { Arrangement } from './arrangement.js';

const width = 96;
const row = 52;

/** Lines from the order of the provider to the order of arrival: what crosses was reordered, what ends early is lost. */
export function OrderLines({ flow, arrangement }: { flow: FlowRow; arrangement: Arrangement }) {
  const height = Math.max(flow.steps.length, arrangement.length) * row;
  const middle = (at: number) => (at + 0.5) * row;
  const seen = new Set<number>();
  return (
    <svg
      class="order-lines"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {flow.steps
        .filter(({ step }) => !arrangement.includes(step))
        .map(({ step }) => {
          const y = middle(flow.steps.findIndex((each) => each.step === step));
          return (
            <g key={`lost ${step}`} class="line lost">
              <path d={`M6 ${y}H${width / 2 - 6}`} />
              <path d={`M${width / 2 - 10} ${y - 4}l8 8M${width / 2 - 2} ${y - 4}l-8 8`} />
              <circle cx="6" cy={y} r="4" />
            </g>
          );
        })}
      {arrangement.map((step, at) => {
        const natural = flow.steps.findIndex((each) => each.step === step);
        const [from, to] = [middle(natural), middle(at)];
        const isCopy = seen.has(step);
        seen.add(step);
        return (
          <g key={`${step} ${isCopy ? at : ''}`} class={`line ${isCopy ? 'copy' : from === to ? 'straight' : 'moved'}`}>
            <path d={`M6 ${from}C${width / 2} ${from} ${width / 2} ${to} ${width - 6} ${to}`} />
            <circle cx="6" cy={from} r="4" />
            <circle cx={width - 6} cy={to} r="4" />
          </g>
        );
      })}
    </svg>
  );
}
