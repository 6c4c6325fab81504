import { useState } from 'preact/hooks';
import type { InboxRules, InboxState, ProviderDetails } from '../../../protocol.js';
import { announce } from '../../app/announce.js';
import { request } from '../../app/api.js';
import { inbox } from '../../app/store.js';
import { useAnswer } from '../../app/useAnswer.js';
import { CopyButton } from '../../parts/CopyButton.js';
import { readSecretChoice, SecretField } from '../../parts/DestinationFields.js';
import { TextField } from '../../parts/Field.js';
import { Icon } from '../../parts/Icon.js';
import { ErrorNotice } from '../../parts/Notice.js';
import { ProviderField } from '../../parts/ProviderField.js';

/** Controls to start and stop the inbox, and to choose its answers. */
export function InboxControls() {
  const now = inbox.value;
  const [failure, setFailure] = useState<unknown>(null);
  const change = async (path: '/api/inbox/start' | '/api/inbox/stop', rules: InboxRules | Record<string, never>) => {
    setFailure(null);
    try {
      const state = await request<InboxState>('POST', path, rules);
      inbox.value = { ...(inbox.value ?? { rows: [] }), ...state };
      announce(state.url ? `The inbox listens on ${state.url}` : 'The inbox is closed.');
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <section class="inbox-controls" aria-label="Listener">
      {failure ? <ErrorNotice error={failure} /> : null}
      {now?.url ? (
        <div class="listening">
          <span class="live-dot" />
          <div class="grow">
            <code class="ellipsis">{now.url}</code>
            <p class="muted">{describeRules(now.rules)}</p>
          </div>
          <CopyButton text={now.url} what="address" />
          <button type="button" class="button small" onClick={() => void change('/api/inbox/stop', {})}>
            <Icon name="stop" /> Stop
          </button>
        </div>
      ) : (
        <Rules onStart={(rules) => void change('/api/inbox/start', rules)} />
      )}
    </section>
  );
}

function describeRules(rules: InboxRules | null): string {
  if (!rules) return '';
  const parts = [
    rules.provider ? `everything is ${rules.provider}’s` : 'providers are recognized',
    rules.script ? `answers ${rules.script}` : '',
    rules.forward ? `forwards to ${rules.forward}` : `answers ${rules.status ?? 200}`,
    rules.delay ? `after ${rules.delay}` : '',
    rules.reject ? 'and 401 to what does not verify' : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function Rules({ onStart }: { onStart: (rules: InboxRules) => void }) {
  const [provider, setProvider] = useState('');
  const [secret, setSecret] = useState('');
  const [port, setPort] = useState('');
  const [status, setStatus] = useState('');
  const [script, setScript] = useState('');
  const [delay, setDelay] = useState('');
  const [forward, setForward] = useState('');
  const [reject, setReject] = useState(false);
  const details = useAnswer<ProviderDetails>(provider ? `/api/providers/${encodeURIComponent(provider)}` : null, true);
  const choice = readSecretChoice(secret);
  const start = (event: Event) => {
    event.preventDefault();
    onStart({
      ...(provider ? { provider } : {}),
      ...(choice ? { secret: choice } : {}),
      ...(port ? { port: Number(port) } : {}),
      ...(status ? { status: Number(status) } : {}),
      ...(script ? { script } : {}),
      ...(delay ? { delay } : {}),
      ...(forward ? { forward } : {}),
      ...(reject ? { reject } : {}),
    });
  };
  return (
    <form onSubmit={start}>
      <div class="fields">
        <ProviderField value={provider} onChange={setProvider} none="whoever comes is recognized" />
        <TextField label="Port" value={port} onChange={setPort} placeholder="4400" />
      </div>
      <details>
        <summary>How it answers</summary>
        <div class="fields">
          {provider ? <SecretField provider={details.value} value={secret} onChange={setSecret} /> : null}
          <TextField label="Status" value={status} onChange={setStatus} placeholder="200" />
          <TextField
            label="First answers"
            value={script}
            onChange={setScript}
            placeholder="500x2,timeout,200"
            hint="A bad day for the sender"
          />
          <TextField label="Delay" value={delay} onChange={setDelay} placeholder="2s" />
          <TextField
            label="Forward to"
            value={forward}
            onChange={setForward}
            placeholder=":3000/webhooks"
            hint="The same bytes; its answer goes back"
          />
        </div>
        <label class="checkbox">
          <input type="checkbox" checked={reject} onChange={(event) => setReject(event.currentTarget.checked)} />
          Answer 401 to what does not verify
        </label>
      </details>
      <button type="submit" class="button primary">
        <Icon name="play" /> Start the inbox
      </button>
    </form>
  );
}
