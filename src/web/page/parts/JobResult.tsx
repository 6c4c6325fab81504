import { useState } from 'preact/hooks';
import type { JobStep, ShownAttempt } from '../../protocol.js';
import { type JobRecord, stopJob } from '../app/jobs.js';
import { navigate } from '../app/router.js';
import { AttemptView, attemptTitle } from './AttemptView.js';
import { formatMs, plural } from './format.js';
import { Icon } from './Icon.js';
import { ErrorNotice } from './Notice.js';
import { Badge, OutcomeBadge } from './StatusBadge.js';

type DeliveryStep = Extract<JobStep, { type: 'delivery' }>;
type AttemptStep = Extract<JobStep, { type: 'attempt' }>;

/** The result so far of a job that sends. */
export function JobResult({ job, id }: { job: JobRecord; id: string }) {
  const { state, steps, error } = job;
  if (error) return <ErrorNotice error={error} />;
  const deliveries = steps.filter((step) => step.type === 'delivery');
  const ended = new Set(deliveries.map(({ delivery }) => delivery.id));
  const waiting = steps.filter((step) => step.type === 'attempt').filter(({ delivery }) => !ended.has(delivery.id));
  const summary = steps.find((step) => step.type === 'summary');
  return (
    <div class="job-result">
      {state?.state === 'running' || state === null ? (
        <div class="running" role="status">
          <span class="spinner" aria-hidden="true" />
          <span class="grow">{state === null ? 'Starting…' : `Sending: ${state.title}`}</span>
          <button type="button" class="button small" onClick={() => void stopJob(id)}>
            <Icon name="stop" /> Stop
          </button>
        </div>
      ) : null}
      {state?.problem ? (
        <div class="notice bad" role="alert">
          <Icon name="alert" />
          <div>
            <p>{state.problem.message}</p>
            {state.problem.hint ? <p class="muted">{state.problem.hint}</p> : null}
          </div>
        </div>
      ) : null}
      {state?.notes.map((note) => (
        <p class="notice warn" key={note}>
          <Icon name="alert" />
          {note}
        </p>
      ))}
      {waiting.length > 0 ? (
        <AttemptList attempts={waiting.map(({ attempt }) => attempt)} next={waiting.at(-1)!} />
      ) : null}
      {deliveries.map((step) => (
        <DeliveryCard key={step.number} step={step} isOnly={deliveries.length === 1} />
      ))}
      {steps
        .filter((step) => step.type === 'arrival' || step.type === 'warning')
        .map((step) => (
          <p class={step.type === 'arrival' ? 'notice' : 'notice warn'} key={step.number}>
            <Icon name={step.type === 'arrival' ? 'into' : 'alert'} />
            {step.type === 'arrival' ? step.text : step.message}
          </p>
        ))}
      {summary && summary.sent > 1 ? (
        <p class="muted">
          {plural(summary.sent, 'event')} sent, {summary.accepted} accepted
        </p>
      ) : null}
      {summary?.verdict.map((line) => (
        <p class="notice" key={line}>
          {line}
        </p>
      ))}
    </div>
  );
}

function AttemptList({ attempts, next }: { attempts: readonly ShownAttempt[]; next: AttemptStep }) {
  return (
    <div class="attempts">
      {attempts.map((attempt) => (
        <details key={attempt.number}>
          <summary>{attemptTitle(attempt)}</summary>
          <AttemptView attempt={attempt} />
        </details>
      ))}
      {next.nextInMs === null ? null : (
        <p class="muted">
          <Icon name="clock" /> Attempt {next.attempt.number + 1} of {next.most} comes {formatMs(next.nextInMs)} after
          it
          {next.nextAtMs === null ? '' : `, ${formatMs(next.nextAtMs)} after the first on the provider's clock`}.
        </p>
      )}
    </div>
  );
}

function DeliveryCard({ step, isOnly }: { step: DeliveryStep; isOnly: boolean }) {
  const { delivery, attempts, outcome, ok, hints, handshake } = step;
  const last = attempts.at(-1);
  const [shown, setShown] = useState<number | null>(null);
  const attempt = attempts.find(({ number }) => number === shown) ?? last;
  const title = `${delivery.event}${delivery.variant ? ` (${delivery.variant})` : ''}`;
  const body = (
    <>
      {handshake ? (
        <p class="muted">
          {handshake.title}: the provider waits for {handshake.awaited}.
        </p>
      ) : null}
      {handshake?.problem ? (
        <p class="notice bad">
          <Icon name="alert" />
          {handshake.problem}
        </p>
      ) : null}
      {hints.map((hint) => (
        <p class="notice warn" key={hint}>
          <Icon name="alert" />
          {hint}
        </p>
      ))}
      {attempts.length > 1 ? (
        <div class="segments wrap" role="group" aria-label="Attempts">
          {attempts.map(({ number, status, error }) => (
            <button
              type="button"
              key={number}
              aria-pressed={number === attempt?.number}
              onClick={() => setShown(number)}
            >
              {number}: {error ? error.kind.replace('_', ' ') : status}
            </button>
          ))}
        </div>
      ) : null}
      {attempt ? <AttemptView attempt={attempt} key={attempt.number} /> : null}
    </>
  );
  const head = (
    <>
      <OutcomeBadge row={{ ok, outcome, status: last?.status ?? null }} />
      {delivery.forge ? <Badge tone="warn" text={`forged: ${delivery.forge}`} /> : null}
      <strong class="grow ellipsis">{title}</strong>
      <span class="muted">{last ? formatMs(last.timing.totalMs) : ''}</span>
    </>
  );
  const link = delivery.key ? (
    <button type="button" class="button quiet small" onClick={() => navigate('timeline', { sel: delivery.key! })}>
      <Icon name="timeline" /> In the timeline
    </button>
  ) : null;
  if (isOnly) {
    return (
      <section class="card result" aria-label={`Result of ${title}`}>
        <div class="card-head">{head}</div>
        {body}
        {link}
      </section>
    );
  }
  return (
    <details class="card result">
      <summary class="card-head">{head}</summary>
      {link}
      {body}
    </details>
  );
}
