import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ProviderDetails, Sample, SendRequestBody, SpecifiedHints } from '../../../protocol.js';
import { announce } from '../../app/announce.js';
import { focusCount } from '../../app/focusCount.js';
import { startJob, useJob } from '../../app/jobs.js';
import { useShortcuts } from '../../app/keyboard.js';
import { route, updateParams } from '../../app/router.js';
import { catalogue } from '../../app/store.js';
import { pathWith, useAnswer } from '../../app/useAnswer.js';
import { readSecretChoice, SecretField, TargetField } from '../../parts/DestinationFields.js';
import { SelectField, TextField } from '../../parts/Field.js';
import { formCleared, ModeField } from '../../parts/FormFields.js';
import { Icon } from '../../parts/Icon.js';
import { JobResult } from '../../parts/JobResult.js';
import { Command, EmptyState, ErrorNotice } from '../../parts/Notice.js';
import { EventPicker } from './EventPicker.js';
import { HandshakePanel } from './HandshakePanel.js';
import { PayloadPanel } from './PayloadPanel.js';
import { RequestPanel } from './RequestPanel.js';
import { useDraft, usePreview } from './useDraft.js';

/** Chooses an event, edits its payload, and sends it. */
export function SendView() {
  const {
    provider = '',
    event = '',
    variant = '',
    target = '',
    secret,
    forge = '',
    headers = '',
    mode = '',
    values = '',
    form,
    job: jobId,
  } = route.value.params;
  const details = useAnswer<ProviderDetails>(provider ? `/api/providers/${encodeURIComponent(provider)}` : null, true);
  const sample = useAnswer<Sample>(
    provider && event ? pathWith('/api/sample', { provider, event, variant, mode }) : null,
    true,
  );
  const specified = useAnswer<SpecifiedHints>(
    sample.value?.isSpecified ? pathWith('/api/hints', { provider, event, variant }) : null,
    false,
    focusCount.value,
  );
  const [text, setText] = useDraft(sample.value);
  const [failure, setFailure] = useState<unknown>(null);
  const job = useJob(jobId);

  const body = sample.value ? buildBody(sample.value, text, { target, secret, forge, headers, mode }) : null;
  const preview = usePreview(body);

  const send = async () => {
    if (!body) return;
    setFailure(null);
    try {
      updateParams({ job: await startJob('/api/send', body) });
    } catch (error) {
      updateParams({ job: null });
      setFailure(error);
    }
  };
  const latestSend = useRef(send);
  latestSend.current = send;
  useShortcuts([{ keys: 's', label: 'Send the event', run: () => void send() }]);
  useEffect(() => {
    const hear = (pressed: KeyboardEvent) => {
      if (pressed.key !== 'Enter' || !(pressed.ctrlKey || pressed.metaKey)) return;
      pressed.preventDefault();
      pressed.stopPropagation();
      // What was typed last is part of what is sent.
      if (document.activeElement instanceof HTMLInputElement) document.activeElement.dispatchEvent(new Event('change'));
      setTimeout(() => void latestSend.current());
    };
    document.addEventListener('keydown', hear, true);
    return () => document.removeEventListener('keydown', hear, true);
  }, []);
  const outcome = job?.steps.find((step) => step.type === 'delivery');
  const announcement = outcome
    ? `${outcome.delivery.event}: ${outcome.outcome.replace('_', ' ')}, ${outcome.attempts.at(-1)?.status ?? 'no status'}`
    : '';
  useEffect(() => {
    if (announcement) announce(announcement);
  }, [announcement]);

  const chooseEvent = (toProvider: string, toEvent: string) =>
    updateParams({
      provider: toProvider,
      event: toEvent,
      variant: null,
      ...(toProvider === provider ? { forge } : { forge: null, ...formCleared }),
      job: null,
    });

  return (
    <div class={`view send ${event === '' ? '' : 'chosen'}`}>
      <EventPicker
        provider={provider}
        event={event}
        details={details.value}
        onProvider={(name) =>
          updateParams({ provider: name, event: null, variant: null, forge: null, job: null, ...formCleared })
        }
        onEvent={chooseEvent}
      />
      {event === '' ? <h1 class="visually-hidden">Send</h1> : null}
      {event === '' ? (
        <Start provider={provider} details={details.value} onEvent={chooseEvent}>
          {details.value && details.value.handshakes.length > 0 ? (
            <HandshakePanel
              details={details.value}
              target={target}
              secret={secret ?? ''}
              values={values}
              jobId={jobId}
            />
          ) : null}
        </Start>
      ) : (
        <>
          <div class="send-middle">
            <header class="view-head">
              <button
                type="button"
                class="button icon-only quiet only-narrow"
                aria-label="Choose another event"
                onClick={() => updateParams({ event: null, job: null })}
              >
                <Icon name="left" />
              </button>
              <div class="grow">
                <h1 class="ellipsis">{event}</h1>
                <p class="muted ellipsis">
                  {details.value?.events.find(({ name }) => name === event)?.trigger || details.value?.title}
                </p>
              </div>
            </header>
            {sample.error ? <ErrorNotice error={sample.error} /> : null}
            {sample.value ? (
              <PayloadPanel
                key={`${provider} ${event} ${variant}`}
                sample={sample.value}
                specified={specified}
                event={details.value?.events.find(({ name }) => name === event) ?? null}
                text={text}
                form={form === 'text' ? 'text' : 'tree'}
                onText={setText}
                onForm={(name) => updateParams({ form: name === 'text' ? 'text' : null })}
                onVariant={(name) => updateParams({ variant: name, job: null })}
              />
            ) : null}
          </div>
          <div class="send-side">
            <section class="destination" aria-label="Destination">
              <div class="fields">
                <TargetField value={target} onChange={(value) => updateParams({ target: value })} />
                <SecretField
                  provider={details.value}
                  value={secret ?? ''}
                  onChange={(value) => updateParams({ secret: value })}
                />
                <ModeField
                  provider={details.value}
                  value={mode}
                  onChange={(value) => updateParams({ mode: value, job: null })}
                />
              </div>
              <details open={forge !== '' || headers !== ''}>
                <summary>Forge it, change headers</summary>
                <div class="fields">
                  <SelectField
                    label="Forgery"
                    value={forge}
                    onChange={(value) => updateParams({ forge: value })}
                    options={[
                      { value: '', text: 'none: a genuine delivery' },
                      ...(details.value?.forgeries ?? []).map(({ name, title }) => ({
                        value: name,
                        text: `${name}: ${title}`,
                      })),
                    ]}
                    hint="A receiver has to reject a forgery"
                  />
                  <TextField
                    label="Header"
                    value={headers}
                    onChange={(value) => updateParams({ headers: value })}
                    placeholder="X-Name: value"
                    hint="Several with | between them; a name alone removes it"
                  />
                </div>
              </details>
              <button type="button" class="button primary send-button" onClick={() => void send()} disabled={!body}>
                <Icon name="send" /> Send <kbd aria-hidden="true">Ctrl ⏎</kbd>
              </button>
            </section>
            <div data-result class="job-place">
              {failure ? <ErrorNotice error={failure} /> : null}
              {job && jobId ? <JobResult job={job} id={jobId} /> : null}
            </div>
            <RequestPanel preview={preview} />
          </div>
        </>
      )}
    </div>
  );
}

function buildBody(
  sample: Sample,
  text: string,
  {
    target,
    secret,
    forge,
    headers,
    mode,
  }: Readonly<Record<'target' | 'forge' | 'headers' | 'mode', string>> & { secret: string | undefined },
): SendRequestBody {
  const choice = readSecretChoice(secret);
  const lines = headers
    .split('|')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return {
    provider: sample.provider,
    event: sample.event,
    ...(sample.variant ? { variant: sample.variant } : {}),
    ...(text === sample.text ? {} : sample.isJson ? { payload: text } : { raw: text }),
    ...(target ? { target } : {}),
    ...(choice ? { secret: choice } : {}),
    ...(forge ? { forge } : {}),
    ...(mode ? { mode } : {}),
    ...(lines.length > 0 ? { headers: lines.map((line) => (line.includes(':') ? line : `${line}:`)) } : {}),
  };
}

function Start({
  provider,
  details,
  onEvent,
  children,
}: {
  provider: string;
  details: ProviderDetails | null;
  children?: ComponentChildren;
  onEvent: (provider: string, event: string) => void;
}) {
  if (provider && details) {
    return (
      <EmptyState icon="send" title={details.title}>
        <p>
          Choose one of its {details.events.length} events. The usual one is{' '}
          <button type="button" class="link" onClick={() => onEvent(provider, details.defaultEvent)}>
            {details.defaultEvent}
          </button>
          .
        </p>
        <ul class="provider-facts">
          <li>Signed with {details.scheme}</li>
          {details.policy.words.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        {details.docs ? (
          <p class="muted">
            Documentation: <code>{details.docs}</code>
          </p>
        ) : null}
        {children}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="send" title="Send a webhook">
      <p>
        Choose a provider and an event
        {catalogue.value ? ` out of ${catalogue.value.events.toLocaleString('en-US')}` : ''}. It is signed as the
        provider signs it, and sent to your receiver. Press <kbd>/</kbd> to search.
      </p>
      <p class="muted">In a terminal it is:</p>
      <Command text="webhook-sim send PROVIDER EVENT --to :3000/webhooks" />
    </EmptyState>
  );
}
