import { useState } from 'preact/hooks';
import type { InboxRow } from '../../../protocol.js';
import { navigate, updateParams } from '../../app/router.js';
import { BodyView, HeaderTable } from '../../parts/BodyView.js';
import { DiagnosisView } from '../../parts/DiagnosisView.js';
import { formatMoment, formatMs } from '../../parts/format.js';
import { Icon } from '../../parts/Icon.js';
import { VerdictBadge } from '../../parts/StatusBadge.js';
import { Tabs } from '../../parts/Tabs.js';

/** A received request in full, with its verdict and the reason. */
export function ReceivedPanel({ row }: { row: InboxRow }) {
  const [tab, setTab] = useState(row.verdict === 'false' ? 'verdict' : 'request');
  const { answer } = row;
  return (
    <aside class="detail-side" tabIndex={-1} aria-label={`Request ${row.number}`}>
      <header class="view-head">
        <button
          type="button"
          class="button icon-only quiet"
          aria-label="Close the request"
          onClick={() => updateParams({ sel: null })}
        >
          <Icon name="left" />
        </button>
        <div class="grow">
          <h2 class="ellipsis">{row.event ?? `${row.method} ${row.url}`}</h2>
          <p class="muted ellipsis">
            {row.provider?.title ?? 'not recognized'} · {formatMoment(row.at)}
          </p>
        </div>
        <VerdictBadge row={row} />
      </header>
      <p class="facts muted">
        {row.deliveryId ? <span>id {row.deliveryId}</span> : null}
        {row.remoteAddress ? <span>from {row.remoteAddress}</span> : null}
        {row.repeats === null ? null : (
          <button type="button" class="link" onClick={() => updateParams({ sel: String(row.repeats) })}>
            repeats request {row.repeats}
          </button>
        )}
        <span>
          {answer.status === null
            ? `answered with a ${answer.is}`
            : `answered ${answer.status} in ${formatMs(answer.ms)}`}
          {answer.forwardedTo ? `, forwarded to ${answer.forwardedTo}` : ''}
        </span>
        {row.key ? (
          <button type="button" class="link" onClick={() => navigate('timeline', { sel: row.key! })}>
            in the timeline
          </button>
        ) : null}
      </p>
      {answer.problem ? (
        <p class="notice bad">
          <Icon name="alert" />
          {answer.problem}
        </p>
      ) : null}
      <Tabs
        label="Parts of the request"
        chosen={tab}
        onChoose={setTab}
        tabs={[
          { name: 'verdict', label: 'Verdict' },
          { name: 'request', label: 'Request' },
        ]}
      >
        {tab === 'verdict' ? <VerdictPart row={row} /> : null}
        {tab === 'request' ? (
          <>
            <p class="request-line">
              <strong>{row.method}</strong> <span>{row.url}</span>
            </p>
            <h3>Headers</h3>
            <HeaderTable headers={row.headers} label="Headers of the request" />
            <h3>Body</h3>
            <BodyView body={row.body} label="Body of the request" />
          </>
        ) : null}
      </Tabs>
    </aside>
  );
}

function VerdictPart({ row }: { row: InboxRow }) {
  if (row.diagnosis) return <DiagnosisView diagnosis={row.diagnosis} />;
  if (row.handshake !== null)
    return <p>This is the handshake {row.handshake}; it was answered as its provider waits for.</p>;
  if (row.verdict === 'genuine') return <p>The signature matches{row.reason ? `; ${row.reason}` : ''}.</p>;
  return (
    <>
      <p>{row.reason ?? 'Nobody is known who would have signed it so.'}</p>
      {row.candidates.length > 0 ? <p>It may be of {row.candidates.join(', ')}.</p> : null}
    </>
  );
}
