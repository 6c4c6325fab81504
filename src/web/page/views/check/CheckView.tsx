import { useEffect, useState } from 'preact/hooks';
import type { ProviderDetails } from '../../../protocol.js';
import { announce } from '../../app/announce.js';
import { type JobRecord, startJob, stopJob, useJob } from '../../app/jobs.js';
import { useShortcuts } from '../../app/keyboard.js';
import { route, updateParams } from '../../app/router.js';
import { useAnswer } from '../../app/useAnswer.js';
import { readSecretChoice, SecretField, TargetField } from '../../parts/DestinationFields.js';
import { SelectField, TextField } from '../../parts/Field.js';
import { FormFields, formCleared, formOf } from '../../parts/FormFields.js';
import { plural } from '../../parts/format.js';
import { Icon } from '../../parts/Icon.js';
import { Command, EmptyState, ErrorNotice } from '../../parts/Notice.js';
import { ProviderField } from '../../parts/ProviderField.js';
import { CaseList } from './CaseList.js';
import { Findings } from './Findings.js';

/** Attacks a receiver as a forger would, and shows what it let through. */
export function CheckView() {
  const { params } = route.value;
  const { provider = '', event = '', target = '', secret = '', expect = '', job: jobId } = params;
  const details = useAnswer<ProviderDetails>(provider ? `/api/providers/${encodeURIComponent(provider)}` : null, true);
  const [failure, setFailure] = useState<unknown>(null);
  const job = useJob(jobId);
  const isRunning = job?.state?.state === 'running';
  const start = async () => {
    if (!provider || isRunning) return;
    setFailure(null);
    const choice = readSecretChoice(secret);
    try {
      const body = {
        provider,
        ...(event ? { event } : {}),
        ...(target ? { target } : {}),
        ...(choice ? { secret: choice } : {}),
        ...(expect ? { expect } : {}),
        ...formOf(params),
      };
      updateParams({ job: await startJob('/api/check', body) });
    } catch (error) {
      setFailure(error);
    }
  };
  useShortcuts([{ keys: 's', label: 'Start the check', run: () => void start() }]);
  const summary = job?.steps.find((step) => step.type === 'check-summary');
  const announcement = summary ? `The check has ended: ${plural(summary.findings.length, 'finding')}.` : '';
  useEffect(() => {
    if (announcement) announce(announcement);
  }, [announcement]);
  return (
    <div class="view check">
      <div class="form-side">
        <h1>Check</h1>
        <p class="muted">Genuine and forged deliveries show whether a receiver takes the right ones, and only those.</p>
        <form
          onSubmit={(submit) => {
            submit.preventDefault();
            void start();
          }}
        >
          <div class="fields">
            <ProviderField
              value={provider}
              onChange={(value) => updateParams({ provider: value, event: null, secret: null, ...formCleared })}
            />
            <SelectField
              label="Event"
              value={event}
              onChange={(value) => updateParams({ event: value })}
              options={[
                { value: '', text: details.value ? `the usual one: ${details.value.defaultEvent}` : 'the usual one' },
                ...(details.value?.events ?? []).map(({ name }) => ({ value: name, text: name })),
              ]}
            />
            <TargetField value={target} onChange={(value) => updateParams({ target: value })} />
            <SecretField
              provider={details.value}
              value={secret}
              onChange={(value) => updateParams({ secret: value })}
            />
            <TextField
              label="How it rejects"
              value={expect}
              onChange={(value) => updateParams({ expect: value })}
              placeholder="4xx"
              hint="For a receiver that answers 200 to all: body:TEXT"
            />
            <FormFields provider={details.value} params={params} />
          </div>
          <button type="submit" class="button primary" disabled={!provider || isRunning}>
            <Icon name="check" /> {isRunning ? 'Running…' : 'Start the check'}
          </button>
        </form>
        {failure ? <ErrorNotice error={failure} /> : null}
      </div>
      <div class="result-side" data-result>
        {job && jobId ? (
          <CheckResult job={job} id={jobId} />
        ) : (
          <EmptyState icon="check" title="No check was run yet">
            <p>
              Choose a provider and the target. The cases come in one by one; each finding says why it matters and how
              to mend it. The target <code>demo</code> is a receiver that does it right.
            </p>
            <Command text={`webhook-sim check ${provider || 'PROVIDER'} --to :3000/webhooks`} />
          </EmptyState>
        )}
      </div>
    </div>
  );
}

function CheckResult({ job, id }: { job: JobRecord; id: string }) {
  const { state, steps, error } = job;
  if (error) return <ErrorNotice error={error} />;
  const started = steps.find((step) => step.type === 'check-start');
  const cases = steps.filter((step) => step.type === 'case');
  const summary = steps.find((step) => step.type === 'check-summary');
  const all = Math.max(started?.cases ?? 0, cases.length);
  return (
    <>
      {state?.problem ? (
        <div class="notice bad" role="alert">
          <Icon name="alert" />
          <div>
            <p>{state.problem.message}</p>
            {state.problem.hint ? <p class="muted">{state.problem.hint}</p> : null}
          </div>
        </div>
      ) : null}
      {summary ? <Findings summary={summary} /> : null}
      {!summary && !state?.problem ? (
        <div class="running">
          <span class="spinner" aria-hidden="true" />
          <div class="grow">
            <p>{state?.title ?? 'Starting…'}</p>
            <progress max={Math.max(all, 1)} value={cases.length} aria-label="Cases that have ended" />
          </div>
          <span class="muted number">
            {cases.length} of {all}
          </span>
          {state?.state === 'running' ? (
            <button type="button" class="button small" onClick={() => void stopJob(id)}>
              <Icon name="stop" /> Stop
            </button>
          ) : null}
        </div>
      ) : null}
      {cases.length > 0 ? <CaseList cases={cases} /> : null}
      {job.command ? <Command text={job.command} /> : null}
    </>
  );
}
