import { useState } from 'preact/hooks';
import type { CurlCommand, DeliveryDetails } from '../../../protocol.js';
import { announce } from '../../app/announce.js';
import { request } from '../../app/api.js';
import { startJob, useJob } from '../../app/jobs.js';
import { useShortcuts } from '../../app/keyboard.js';
import { route, updateParams } from '../../app/router.js';
import { useAnswer } from '../../app/useAnswer.js';
import { AttemptView, attemptTitle } from '../../parts/AttemptView.js';
import { BodyView, HeaderTable } from '../../parts/BodyView.js';
import { CopyButton, copyText } from '../../parts/CopyButton.js';
import { formatMoment } from '../../parts/format.js';
import { Icon } from '../../parts/Icon.js';
import { JobResult } from '../../parts/JobResult.js';
import { Command, ErrorNotice } from '../../parts/Notice.js';
import { Badge, OutcomeBadge } from '../../parts/StatusBadge.js';
import { Tabs } from '../../parts/Tabs.js';
import { Comparison } from './Comparison.js';
import { EditDialog } from './EditDialog.js';
import { SuiteCaseDialog } from './SuiteCaseDialog.js';
import { VerifyPanel } from './VerifyPanel.js';

/** A delivery whole, and what can be done with it. */
export function DeliveryPanel({ id, baseId }: { id: string; baseId: string }) {
  const answered = useAnswer<DeliveryDetails>(`/api/deliveries/${encodeURIComponent(id)}`);
  const delivery = answered.value;
  const [dialog, setDialog] = useState<'edit' | 'case' | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [jobId, setJobId] = useState<string | undefined>();
  const job = useJob(jobId);
  const { tab = 'request' } = route.value.params;
  const isComparing = baseId !== '' && baseId !== id;

  const compareFrom = (base: string | null) => updateParams({ base, tab: base === null ? null : 'compare' });

  const attempt = async (body: object) => {
    setFailure(null);
    try {
      setJobId(await startJob('/api/resend', body));
      announce('Sending it again.');
    } catch (error) {
      setFailure(error);
    }
  };
  const readCurl = async () =>
    (await request<CurlCommand>('GET', `/api/deliveries/${encodeURIComponent(id)}/curl`)).command;
  const canResend = delivery !== null && delivery.resendProblem === null;
  const resend = () => void (canResend && attempt({ keys: [id] }));
  useShortcuts([
    { keys: 'r', label: 'Send the delivery again', run: resend },
    { keys: 'e', label: 'Edit it, and send it again', run: () => canResend && setDialog('edit') },
    {
      keys: 'c',
      label: 'Copy it as curl',
      run: () => void readCurl().then((text) => copyText(text, 'curl command'), setFailure),
    },
    { keys: 'd', label: 'Compare it with another', run: () => compareFrom(id) },
    { keys: 's', label: 'Save it as a case of a suite', run: () => setDialog('case') },
  ]);

  const tabs = [
    { name: 'request', label: 'Request' },
    { name: 'answer', label: 'Answer' },
    { name: 'signature', label: 'Signature' },
    ...(isComparing ? [{ name: 'compare', label: 'Compare' }] : []),
  ];
  const chosen =
    isComparing && tab !== 'request' && tab !== 'answer' && tab !== 'signature'
      ? 'compare'
      : tab === 'compare'
        ? 'request'
        : tab;
  return (
    <aside class="detail-side" tabIndex={-1} aria-label="Delivery">
      {answered.error ? <ErrorNotice error={answered.error} /> : null}
      {delivery ? (
        <>
          <header class="view-head">
            <button
              type="button"
              class="button icon-only quiet"
              aria-label="Close the delivery"
              onClick={() => updateParams({ sel: null, base: null })}
            >
              <Icon name="left" />
            </button>
            <div class="grow">
              <h2 class="ellipsis">{delivery.event}</h2>
              <p class="muted ellipsis">
                {delivery.provider ?? 'unknown'} · {delivery.direction} · {formatMoment(delivery.at)}
              </p>
            </div>
            <OutcomeBadge row={delivery} />
          </header>
          <div class="actions">
            <button type="button" class="button primary" disabled={!canResend} onClick={resend}>
              <Icon name="retries" /> Send again <kbd aria-hidden="true">r</kbd>
            </button>
            <button type="button" class="button" disabled={!canResend} onClick={() => setDialog('edit')}>
              Edit and send
            </button>
            <button
              type="button"
              class="button"
              aria-pressed={baseId === id}
              onClick={() => compareFrom(baseId === id ? null : id)}
            >
              Compare
            </button>
            <button type="button" class="button" onClick={() => setDialog('case')}>
              Save as case
            </button>
            <CopyButton text={readCurl} what="curl command" label="curl" />
          </div>
          {delivery.resendProblem ? <p class="notice">{delivery.resendProblem}</p> : null}
          {failure ? <ErrorNotice error={failure} /> : null}
          {job && jobId ? <JobResult job={job} id={jobId} /> : null}
          <Tabs
            label="Parts of the delivery"
            tabs={tabs}
            chosen={chosen}
            onChoose={(name) => updateParams({ tab: name === 'request' ? null : name })}
          >
            {chosen === 'request' ? <RequestPart delivery={delivery} /> : null}
            {chosen === 'answer' ? <AnswerPart delivery={delivery} /> : null}
            {chosen === 'signature' ? <VerifyPanel id={id} provider={delivery.provider} /> : null}
            {chosen === 'compare' ? <Comparison baseId={baseId} delivery={delivery} /> : null}
          </Tabs>
          {dialog === 'edit' ? (
            <EditDialog
              delivery={delivery}
              onClose={() => setDialog(null)}
              onSend={(body) => {
                setDialog(null);
                void attempt(body);
              }}
            />
          ) : null}
          {dialog === 'case' ? <SuiteCaseDialog id={id} onClose={() => setDialog(null)} /> : null}
        </>
      ) : answered.isLoading ? (
        <p class="muted">Reading the delivery…</p>
      ) : null}
    </aside>
  );
}

function RequestPart({ delivery }: { delivery: DeliveryDetails }) {
  return (
    <>
      <p class="request-line">
        <strong>{delivery.method}</strong> <span>{delivery.url}</span>
      </p>
      <p class="facts muted">
        <span>id {delivery.id}</span>
        {delivery.target ? <span>target {delivery.target}</span> : null}
        {delivery.forge ? <Badge tone="warn" text={`forged: ${delivery.forge}`} /> : null}
        {delivery.resendOf ? (
          <button type="button" class="link" onClick={() => updateParams({ sel: delivery.resendOf! })}>
            sent again from {delivery.resendOf.slice(0, 8)}
          </button>
        ) : null}
      </p>
      <h3>Headers</h3>
      <HeaderTable headers={delivery.headers} label="Headers of the request" />
      <h3>Body</h3>
      <BodyView body={delivery.body} label="Body of the request" />
      <h3>In a terminal</h3>
      <Command text={delivery.resendCommand} />
    </>
  );
}

function AnswerPart({ delivery }: { delivery: DeliveryDetails }) {
  if (delivery.results.length === 1) return <AttemptView attempt={delivery.results[0]!} />;
  return (
    <>
      {delivery.results.map((each, index) => (
        <details key={each.number} open={index === delivery.results.length - 1}>
          <summary>{attemptTitle(each)}</summary>
          <AttemptView attempt={each} />
        </details>
      ))}
    </>
  );
}
