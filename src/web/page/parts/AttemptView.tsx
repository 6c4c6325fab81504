import type { ShownAttempt } from '../../protocol.js';
import { BodyView, HeaderTable } from './BodyView.js';
import { formatMoment, formatMs } from './format.js';
import { Icon } from './Icon.js';
import { Waterfall } from './Waterfall.js';

/** An attempt: its phases, and what was answered. */
export function AttemptView({ attempt }: { attempt: ShownAttempt }) {
  const { response, error, timing, warnings } = attempt;
  return (
    <div class="attempt">
      <p class="muted facts">
        <span>{formatMoment(Date.parse(attempt.startedAt))}</span>
        {attempt.remoteAddress ? <span>to {attempt.remoteAddress}</span> : null}
        {attempt.scheduledAtMs > 0 ? (
          <span>{formatMs(attempt.scheduledAtMs)} after the first, on the provider's clock</span>
        ) : null}
      </p>
      {error ? (
        <div class="notice bad">
          <Icon name="alert" />
          <p>
            {error.message}{' '}
            <span class="muted">
              ({error.code}, while it was in the phase “{error.phase}”)
            </span>
          </p>
        </div>
      ) : null}
      {warnings.map(({ message }) => (
        <p class="notice warn" key={message}>
          <Icon name="alert" />
          {message}
        </p>
      ))}
      <Waterfall timing={timing} />
      {response ? (
        <>
          <h3>Body of the answer</h3>
          <BodyView body={response.body} label="Body of the answer" />
          <details>
            <summary>Headers of the answer ({response.headers.length})</summary>
            <HeaderTable headers={response.headers} label="Headers of the answer" />
          </details>
        </>
      ) : null}
    </div>
  );
}

/** An attempt in a line. */
export function attemptTitle({ number, status, error, timing }: ShownAttempt): string {
  const result = error ? error.kind.replace('_', ' ') : (status ?? 'no status');
  return `Attempt ${number}: ${result} in ${formatMs(timing.totalMs)}`;
}
