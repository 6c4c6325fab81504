import { useState } from 'preact/hooks';
import type { DeliveryDetails, ProviderDetails, ResendRequestBody } from '../../../protocol.js';
import { useAnswer } from '../../app/useAnswer.js';
import { layOutJson } from '../../parts/bodyText.js';
import { CodeEditor } from '../../parts/CodeEditor.js';
import { readSecretChoice, SecretField, TargetField } from '../../parts/DestinationFields.js';
import { Dialog } from '../../parts/Dialog.js';
import { Icon } from '../../parts/Icon.js';
import { parseJsonText } from '../../parts/jsonText.js';

/** Edits a delivery of the log; it is signed again and sent. */
export function EditDialog({
  delivery,
  onClose,
  onSend,
}: {
  delivery: DeliveryDetails;
  onClose: () => void;
  onSend: (body: ResendRequestBody) => void;
}) {
  const loggedText = delivery.body.text;
  const isJson = loggedText !== null && parseJsonText(loggedText).problem === null;
  const [text, setText] = useState(() => (isJson ? layOutJson(loggedText) : ''));
  const [target, setTarget] = useState('');
  const [secret, setSecret] = useState('');
  const path = delivery.provider ? `/api/providers/${encodeURIComponent(delivery.provider)}` : null;
  const provider = useAnswer<ProviderDetails>(path, true);
  const { problem } = parseJsonText(text);
  const isSigned = provider.value?.secret.sample !== null;
  const send = () => {
    onSend({
      keys: [delivery.key],
      secret: readSecretChoice(secret) ?? { is: 'configured' },
      ...(isJson ? { payload: text } : {}),
      ...(target ? { target } : {}),
    });
  };
  return (
    <Dialog title={`Edit ${delivery.event} and send it again`} isWide onClose={onClose}>
      {isJson ? (
        <div class="dialog-editor">
          <CodeEditor text={text} onChange={setText} label="Payload" isJson />
        </div>
      ) : (
        <p class="notice">
          {delivery.body.missing ?? 'The body is no JSON, so that it can be sent again, but not edited here.'}
        </p>
      )}
      {isJson && problem ? (
        <p class="notice bad" role="alert">
          <Icon name="alert" />
          Line {problem.line}: {problem.message}
        </p>
      ) : null}
      <div class="fields">
        <TargetField value={target} onChange={setTarget} />
        <SecretField provider={provider.value} value={secret} onChange={setSecret} />
      </div>
      <p class="muted">Without a target it goes where it went before.{isSigned ? ' It is signed again.' : ''}</p>
      <div class="actions end">
        <button type="button" class="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" class="button primary" disabled={isJson && problem !== null} onClick={send}>
          <Icon name="send" /> {isSigned ? 'Sign and send' : 'Send'}
        </button>
      </div>
    </Dialog>
  );
}
