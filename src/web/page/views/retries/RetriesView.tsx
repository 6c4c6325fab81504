import { useState } from 'preact/hooks';
import { startJob, stopJob, useJob } from '../../app/jobs.js';
import { useShortcuts } from '../../app/keyboard.js';
import { route, updateParams } from '../../app/router.js';
import { inbox } from '../../app/store.js';
import { readSecretChoice, SecretField, TargetField } from '../../parts/DestinationFields.js';
import { SelectField } from '../../parts/Field.js';
import { ModeField } from '../../parts/FormFields.js';
import { Icon } from '../../parts/Icon.js';
import { JobResult } from '../../parts/JobResult.js';
import { Command, EmptyState, ErrorNotice } from '../../parts/Notice.js';
import { ProviderField } from '../../parts/ProviderField.js';
import { SpeedField } from '../../parts/SpeedField.js';
import { useProvider } from '../../parts/useProvider.js';
import { ScheduleChart } from './ScheduleChart.js';
import { ScheduleTable } from './ScheduleTable.js';

/** The retries of a provider, as a chart, and played at a chosen speed. */
export function RetriesView() {
  const {
    provider = '',
    event = '',
    target = '',
    secret = '',
    mode = '',
    speed = 'instant',
    job: jobId,
  } = route.value.params;
  const details = useProvider(provider);
  const [failure, setFailure] = useState<unknown>(null);
  const job = useJob(jobId);
  const isRunning = job?.state?.state === 'running';
  const policy = details.value?.policy ?? null;
  const times = [0];
  for (const delay of policy?.delaysMs ?? []) times.push(times.at(-1)! + delay);

  const play = async () => {
    if (!details.value || isRunning) return;
    setFailure(null);
    const choice = readSecretChoice(secret);
    try {
      const body = {
        provider,
        event: event || details.value.defaultEvent,
        retry: { speed },
        ...(target ? { target } : {}),
        ...(choice ? { secret: choice } : {}),
        ...(mode ? { mode } : {}),
      };
      updateParams({ job: await startJob('/api/send', body) });
    } catch (error) {
      setFailure(error);
    }
  };
  useShortcuts([{ keys: 's', label: 'Play the schedule', run: () => void play() }]);

  return (
    <div class="view retries">
      <div class="form-side">
        <h1>Retries</h1>
        <p class="muted">
          What a provider does when a receiver is down: how often it tries again, when, and when it gives up.
        </p>
        <div class="fields">
          <ProviderField
            value={provider}
            onChange={(value) => updateParams({ provider: value, event: null, job: null, secret: null, mode: null })}
          />
          {details.value ? (
            <>
              <SelectField
                label="Event"
                value={event}
                onChange={(value) => updateParams({ event: value })}
                options={[
                  { value: '', text: `the usual one: ${details.value.defaultEvent}` },
                  ...details.value.events.map(({ name }) => ({ value: name, text: name })),
                ]}
              />
              <TargetField value={target} onChange={(value) => updateParams({ target: value })} />
              <SecretField
                provider={details.value}
                value={secret}
                onChange={(value) => updateParams({ secret: value })}
              />
              <ModeField provider={details.value} value={mode} onChange={(value) => updateParams({ mode: value })} />
              <SpeedField value={speed} onChange={(value) => updateParams({ speed: value })} lengthMs={times.at(-1)!} />
            </>
          ) : null}
        </div>
        {details.value ? (
          <button type="button" class="button primary" disabled={isRunning} onClick={() => void play()}>
            <Icon name="play" /> {isRunning ? 'Playing…' : 'Play'}
          </button>
        ) : null}
        {isRunning && jobId ? (
          <button type="button" class="button" onClick={() => void stopJob(jobId)}>
            <Icon name="stop" /> Stop
          </button>
        ) : null}
        {failure ? <ErrorNotice error={failure} /> : null}
        {details.error ? <ErrorNotice error={details.error} /> : null}
        {details.value ? <FailingReceiver onUse={(url) => updateParams({ target: url })} /> : null}
      </div>
      <div class="result-side" data-result>
        {details.value && policy ? (
          <>
            <h2>Schedule of {details.value.title}</h2>
            <ul class="provider-facts">
              {policy.words.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
            {policy.isDocumented || policy.delaysMs.length === 0 ? null : (
              <p class="notice">The provider does not tell these times; they are what webhook-sim waits instead.</p>
            )}
            {policy.delaysMs.length > 0 ? (
              <>
                <ScheduleChart times={times} steps={job?.steps ?? []} />
                <ScheduleTable times={times} steps={job?.steps ?? []} />
              </>
            ) : (
              <p class="notice">It does not try again: what a receiver misses is gone.</p>
            )}
            {job && jobId ? <JobResult job={job} id={jobId} /> : null}
            {job?.command ? <Command text={job.command} /> : null}
          </>
        ) : (
          <EmptyState icon="retries" title="Choose a provider">
            <p>
              Its schedule comes as a picture. Played against a receiver that fails, each attempt comes when its time is
              there, as fast as you like.
            </p>
            <Command text="webhook-sim send PROVIDER --to :3000/webhooks --retry --speed 600x" />
          </EmptyState>
        )}
      </div>
    </div>
  );
}

/** A hint on how to make deliveries fail: the inbox with scripted answers. */
function FailingReceiver({ onUse }: { onUse: (url: string) => void }) {
  const url = inbox.value?.url;
  return (
    <p class="muted hint">
      A receiver that accepts gets one attempt. To see more, take one that fails: start the inbox with the first answers{' '}
      <code>500x3,200</code>
      {url ? (
        <>
          , and{' '}
          <button type="button" class="link" onClick={() => onUse(url)}>
            send to the inbox
          </button>
          .
        </>
      ) : (
        '.'
      )}
    </p>
  );
}
