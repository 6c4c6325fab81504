import { useRef, useState } from 'preact/hooks';
import type { FlowRow, JobStep } from '../../../protocol.js';
import { announce } from '../../app/announce.js';
import { formatMs } from '../../parts/format.js';
import { Icon } from '../../parts/Icon.js';
import { OutcomeBadge } from '../../parts/StatusBadge.js';
import { type Arrangement, arrivalTimes, dropStep, lostSteps, moveStep, repeatStep } from './arrangement.js';
import { OrderLines } from './OrderLines.js';

/** The height of a delivery in the list, and in the picture next to it. */
const rowHeight = 52;

/** The deliveries of a flow and their times: rows that can be dragged, or moved with the arrow keys, repeated and dropped. */
export function ArrangementEditor({
  flow,
  arrangement,
  onChange,
  steps,
}: {
  flow: FlowRow;
  arrangement: Arrangement;
  onChange: (arrangement: Arrangement) => void;
  steps: readonly JobStep[];
}) {
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<{ from: number; to: number } | null>(null);
  const shown = dragged ? moveStep(arrangement, dragged.from, dragged.to) : arrangement;
  const times = arrivalTimes(flow, shown);
  const lost = lostSteps(flow, arrangement);
  const titleOf = (step: number) => flow.steps.find((each) => each.step === step)!;
  const deliveries = steps.filter((step) => step.type === 'delivery');
  const isOrdered = flow.steps.some(({ needsOrder }) => needsOrder);

  const focusAt = (at: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('.grip')[at]?.focus());
  const move = (from: number, by: number) => {
    const to = from + by;
    if (to < 0 || to >= arrangement.length) return;
    onChange(moveStep(arrangement, from, to));
    announce(`${titleOf(arrangement[from]!).event} is now ${to + 1} of ${arrangement.length}.`);
    focusAt(to);
  };
  const drop = (at: number) => {
    onChange(dropStep(arrangement, at));
    announce(`${titleOf(arrangement[at]!).event} is lost.`);
    focusAt(Math.max(0, Math.min(at, arrangement.length - 2)));
  };
  const repeat = (at: number) => {
    onChange(repeatStep(arrangement, at));
    announce(`${titleOf(arrangement[at]!).event} is delivered twice.`);
    focusAt(at + 1);
  };
  const hear = (event: KeyboardEvent, at: number) => {
    const actions: Record<string, () => void> = {
      ArrowUp: () => move(at, -1),
      ArrowDown: () => move(at, 1),
      Delete: () => drop(at),
      Backspace: () => drop(at),
      '+': () => repeat(at),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  const startDrag = (event: PointerEvent, from: number) => {
    if (event.button !== 0) return;
    const handle = event.currentTarget as HTMLElement;
    handle.setPointerCapture(event.pointerId);
    const top = list.current!.getBoundingClientRect().top;
    const placeAt = (y: number) => Math.min(Math.max(Math.floor((y - top) / rowHeight), 0), arrangement.length - 1);
    const follow = (moved: PointerEvent) => setDragged({ from, to: placeAt(moved.clientY) });
    const finish = (ended: PointerEvent) => {
      handle.removeEventListener('pointermove', follow);
      setDragged(null);
      const to = placeAt(ended.clientY);
      if (ended.type === 'pointerup' && to !== from) onChange(moveStep(arrangement, from, to));
    };
    handle.addEventListener('pointermove', follow);
    handle.addEventListener('pointerup', finish, { once: true });
    handle.addEventListener('pointercancel', finish, { once: true });
  };

  return (
    <>
      {isOrdered ? (
        <p class="notice">
          A step of this flow takes something from an earlier answer, so that it goes in its own order only.
        </p>
      ) : null}
      <div class="arrangement">
        <ol class="natural" aria-label="Order of the provider">
          {flow.steps.map(({ step, event, offsetMs }) => (
            <li key={step} class={lost.includes(step) ? 'lost' : ''} style={{ height: `${rowHeight}px` }}>
              <span class="ellipsis">{event}</span>
              <span class="muted number">{offsetMs === 0 ? 'start' : `+${formatMs(offsetMs)}`}</span>
            </li>
          ))}
        </ol>
        <OrderLines flow={flow} arrangement={shown} />
        <ol class="arriving" ref={list} aria-label="Order of arrival">
          {shown.map((step, at) => {
            const { event, variant } = titleOf(step);
            const copy = shown.slice(0, at).filter((each) => each === step).length;
            const delivery = dragged ? undefined : deliveries[at];
            return (
              <li
                key={`${step} ${copy}`}
                class={`arrival ${dragged?.to === at ? 'dragged' : ''}`}
                style={{ height: `${rowHeight}px` }}
              >
                <button
                  type="button"
                  class="grip"
                  aria-label={`${event}, ${at + 1} of ${shown.length}. Arrow keys move it, Delete loses it, plus repeats it`}
                  onKeyDown={(pressed) => hear(pressed, at)}
                  onPointerDown={(pressed) => startDrag(pressed, at)}
                >
                  <Icon name="grip" />
                </button>
                <span class="step-number">{step}</span>
                <span class="what">
                  <span class="ellipsis">
                    {event}
                    {variant ? <span class="muted"> {variant}</span> : null}
                  </span>
                  <span class="second muted number">
                    {times[at] === 0 ? 'start' : `+${formatMs(times[at]!)}`}
                    {copy > 0 ? ' · again' : ''}
                    {delivery ? (
                      <OutcomeBadge
                        row={{
                          ok: delivery.ok,
                          outcome: delivery.outcome,
                          status: delivery.attempts.at(-1)?.status ?? null,
                        }}
                      />
                    ) : null}
                  </span>
                </span>
                <button
                  type="button"
                  class="button icon-only quiet"
                  aria-label={`Deliver ${event} twice`}
                  title="Deliver it twice"
                  onClick={() => repeat(at)}
                >
                  <Icon name="plus" />
                </button>
                <button
                  type="button"
                  class="button icon-only quiet"
                  aria-label={`Lose ${event}`}
                  title="Lose it"
                  onClick={() => drop(at)}
                >
                  <Icon name="trash" />
                </button>
              </li>
            );
          })}
        </ol>
      </div>
      {lost.length > 0 ? (
        <p class="lost-steps">
          <span class="muted">Lost:</span>
          {lost.map((step) => (
            <button type="button" key={step} class="button small" onClick={() => onChange([...arrangement, step])}>
              {titleOf(step).event} <span class="muted">bring back</span>
            </button>
          ))}
        </p>
      ) : null}
    </>
  );
}
