import { useState } from 'preact/hooks';
import type { FlowList, FlowRow } from '../../../protocol.js';
import { startJob, stopJob, useJob } from '../../app/jobs.js';
import { useShortcuts } from '../../app/keyboard.js';
import { route, updateParams } from '../../app/router.js';
import { pathWith, useAnswer } from '../../app/useAnswer.js';
import { readSecretChoice, SecretField, TargetField } from '../../parts/DestinationFields.js';
import { SelectField } from '../../parts/Field.js';
import { FormFields, formCleared, formOf } from '../../parts/FormFields.js';
import { plural } from '../../parts/format.js';
import { Icon } from '../../parts/Icon.js';
import { JobResult } from '../../parts/JobResult.js';
import { Command, ErrorNotice } from '../../parts/Notice.js';
import { ProviderField } from '../../parts/ProviderField.js';
import { SpeedField } from '../../parts/SpeedField.js';
import { useProvider } from '../../parts/useProvider.js';
import { ArrangementEditor } from './ArrangementEditor.js';
import {
  type Arrangement,
  arrivalTimes,
  lostSteps,
  naturalOrder,
  readArrangement,
  shuffleSteps,
  writeArrangement,
} from './arrangement.js';
import { FlowChoice } from './FlowChoice.js';

/** A scenario whose order, duplicates and losses are changed by hand, and that is then played. */
export function FlowsView() {
  const {
    provider = '',
    flow: name = '',
    arrangement: text,
    target = '',
    secret = '',
    speed = 'instant',
    job: jobId,
  } = route.value.params;
  const { params } = route.value;
  const flows = useAnswer<FlowList>(pathWith('/api/flows', { provider }));
  const list = flows.value?.flows ?? [];
  const flow = list.find((each) => each.name === name) ?? (provider ? list[0] : undefined);
  const details = useProvider(flow?.provider ?? null);
  const [failure, setFailure] = useState<unknown>(null);
  const job = useJob(jobId);
  const isRunning = job?.state?.state === 'running';

  const arrangement = flow ? readArrangement(flow, text) : [];
  const setArrangement = (next: Arrangement) =>
    flow && updateParams({ arrangement: writeArrangement(flow, next), job: null });
  const play = async () => {
    if (!flow || isRunning || arrangement.length === 0) return;
    setFailure(null);
    const times = arrivalTimes(flow, arrangement);
    const choice = readSecretChoice(secret);
    const isNatural = writeArrangement(flow, arrangement) === null;
    try {
      const body = {
        ...(flow.isOwn ? {} : { provider: flow.provider }),
        flow: flow.name,
        speed,
        ...formOf(params),
        ...(isNatural ? {} : { arrangement: arrangement.map((step, at) => ({ step, atMs: times[at]! })) }),
        ...(target ? { target } : {}),
        ...(choice ? { secret: choice } : {}),
      };
      updateParams({ job: await startJob('/api/flow', body) });
    } catch (error) {
      setFailure(error);
    }
  };
  useShortcuts([{ keys: 's', label: 'Play the flow', run: () => void play() }]);
  const choose = (ofProvider: string | null, flowName: string) =>
    updateParams({ provider: ofProvider, flow: flowName, arrangement: null, job: null, ...formCleared });

  return (
    <div class="view flows">
      <div class="form-side">
        <h1>Flows</h1>
        <p class="muted">
          Networks reorder, repeat and lose events. Do it by hand, play it, and see what the receiver makes of it.
        </p>
        <div class="fields">
          <ProviderField
            value={provider}
            onChange={(value) =>
              updateParams({ provider: value, flow: null, arrangement: null, job: null, secret: null, ...formCleared })
            }
            none="all flows"
          />
          {provider && list.length > 0 ? (
            <SelectField
              label="Flow"
              value={flow?.name ?? ''}
              onChange={(value) => updateParams({ flow: value, arrangement: null, job: null })}
              options={list.map((each) => ({ value: each.name, text: `${each.name}: ${each.title}` }))}
            />
          ) : null}
          {flow ? (
            <>
              <TargetField value={target} onChange={(value) => updateParams({ target: value })} />
              <SecretField
                provider={details.value}
                value={secret}
                onChange={(value) => updateParams({ secret: value })}
              />
              <FormFields provider={details.value} params={params} />
              <SpeedField
                value={speed}
                onChange={(value) => updateParams({ speed: value })}
                lengthMs={flow.steps.at(-1)?.offsetMs ?? 0}
              />
            </>
          ) : null}
        </div>
        {flow ? (
          <button
            type="button"
            class="button primary"
            disabled={isRunning || arrangement.length === 0}
            onClick={() => void play()}
          >
            <Icon name="play" /> {isRunning ? 'Playing…' : 'Play'}
          </button>
        ) : null}
        {isRunning && jobId ? (
          <button type="button" class="button" onClick={() => void stopJob(jobId)}>
            <Icon name="stop" /> Stop
          </button>
        ) : null}
        {failure ? <ErrorNotice error={failure} /> : null}
        {flows.error ? <ErrorNotice error={flows.error} /> : null}
      </div>
      <div class="result-side" data-result>
        {flow ? (
          <>
            <div class="panel-head">
              <h2>{flow.title}</h2>
              <span class="muted grow">{summarize(flow, arrangement)}</span>
              <button type="button" class="button small" onClick={() => setArrangement([...arrangement].reverse())}>
                Reverse
              </button>
              <button type="button" class="button small" onClick={() => setArrangement(shuffleSteps(arrangement))}>
                Shuffle
              </button>
              <button
                type="button"
                class="button small"
                disabled={text === undefined}
                onClick={() => setArrangement(naturalOrder(flow))}
              >
                Reset
              </button>
            </div>
            <ArrangementEditor
              flow={flow}
              arrangement={arrangement}
              onChange={setArrangement}
              steps={job?.steps ?? []}
            />
            {job && jobId ? <JobResult job={job} id={jobId} /> : null}
            {job?.command ? <Command text={job.command} /> : null}
          </>
        ) : (
          <FlowChoice
            flows={list}
            groups={flows.value?.others ?? []}
            isLoading={flows.isLoading}
            provider={provider}
            onChoose={choose}
          />
        )}
      </div>
    </div>
  );
}

function summarize(flow: FlowRow, arrangement: Arrangement): string {
  const lost = lostSteps(flow, arrangement).length;
  const twice = arrangement.length - new Set(arrangement).size;
  const parts = [plural(arrangement.length, 'event')];
  if (lost > 0) parts.push(`${lost} lost`);
  if (twice > 0) parts.push(plural(twice, 'duplicate'));
  return parts.join(', ');
}
