import { useState } from 'preact/hooks';
import type { Preview } from '../../../protocol.js';
import type { Answered } from '../../app/useAnswer.js';
import { BodyView, HeaderTable } from '../../parts/BodyView.js';
import { Icon } from '../../parts/Icon.js';
import { Command, ErrorNotice } from '../../parts/Notice.js';
import { Tabs } from '../../parts/Tabs.js';
import { SignatureSteps } from './SignatureSteps.js';

/** The request as it would go: headers, signature, body, and the commands that send the same. */
export function RequestPanel({ preview }: { preview: Answered<Preview> }) {
  const [shown, setShown] = useState('headers');
  const { value, error } = preview;
  if (error) return <ErrorNotice error={error} />;
  if (!value) return <p class="muted">The request is being built…</p>;
  return (
    <section class="request" aria-label="Request">
      <p class="request-line">
        <strong>{value.method}</strong> <span>{value.url}</span>
      </p>
      {value.notes.map((note) => (
        <p class="notice warn" key={note}>
          <Icon name="alert" />
          {note}
        </p>
      ))}
      <Tabs
        label="Parts of the request"
        chosen={shown}
        onChoose={setShown}
        tabs={[
          { name: 'headers', label: `Headers ${value.headers.length}` },
          { name: 'signature', label: 'Signature' },
          { name: 'body', label: 'Body' },
          { name: 'command', label: 'Command' },
        ]}
      >
        {shown === 'headers' ? <HeaderTable headers={value.headers} label="Headers of the request" /> : null}
        {shown === 'signature' ? <SignatureSteps preview={value} /> : null}
        {shown === 'body' ? <BodyView body={value.body} label="Body of the request" /> : null}
        {shown === 'command' ? (
          <>
            <h3>In a terminal</h3>
            {value.command === null ? (
              <p class="muted">
                No flags say what was edited here. Copy the payload to a file and send that: <code>--payload FILE</code>
              </p>
            ) : (
              <Command text={value.command} />
            )}
            <h3>The same bytes with curl</h3>
            <Command text={value.curl} label="curl command" />
          </>
        ) : null}
      </Tabs>
    </section>
  );
}
