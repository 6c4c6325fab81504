import { useState } from 'preact/hooks';
import type { ProviderDetails } from '../../../protocol.js';
import { startJob, useJob } from '../../app/jobs.js';
import { updateParams } from '../../app/router.js';
import { readSecretChoice, SecretField, TargetField } from '../../parts/DestinationFields.js';
import { formOf, ValueFields } from '../../parts/FormFields.js';
import { Icon } from '../../parts/Icon.js';
import { JobResult } from '../../parts/JobResult.js';
import { Command, ErrorNotice } from '../../parts/Notice.js';

/** The requests that a provider sends before its first event, with the expected answer to each. */
export function HandshakePanel({
  details,
  target,
  secret,
  values,
  jobId,
}: {
  details: ProviderDetails;
  target: string;
  secret: string;
  values: string;
  jobId: string | undefined;
}) {
  const [failure, setFailure] = useState<unknown>(null);
  const job = useJob(jobId);
  const isRunning = job?.state?.state === 'running';
  const start = async () => {
    setFailure(null);
    const choice = readSecretChoice(secret);
    const { values: texts } = formOf({ handshake: '1', values });
    const body = {
      provider: details.name,
      ...(target ? { target } : {}),
      ...(choice ? { secret: choice } : {}),
      ...(texts ? { values: texts } : {}),
    };
    try {
      updateParams({ job: await startJob('/api/handshake', body) });
    } catch (error) {
      updateParams({ job: null });
      setFailure(error);
    }
  };
  return (
    <section class="handshakes" aria-label="Handshake">
      <h3>Before the first event</h3>
      <ul>
        {details.handshakes.map(({ name, title }) => (
          <li key={name}>
            <code>{name}</code> {title}
          </li>
        ))}
      </ul>
      <div class="fields">
        <TargetField value={target} onChange={(value) => updateParams({ target: value })} />
        <SecretField provider={details} value={secret} onChange={(value) => updateParams({ secret: value })} />
        <ValueFields provider={details} values={values} onChange={(texts) => updateParams({ values: texts })} />
      </div>
      <button type="button" class="button primary" disabled={isRunning} onClick={() => void start()}>
        <Icon name="key" /> {isRunning ? 'Running…' : 'Run the handshake'}
      </button>
      {failure ? <ErrorNotice error={failure} /> : null}
      {job && jobId ? <JobResult job={job} id={jobId} /> : null}
      {job?.command ? <Command text={job.command} /> : null}
    </section>
  );
}
