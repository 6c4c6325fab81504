import { useEffect, useId, useState } from 'preact/hooks';
import type { WrittenCase } from '../../../protocol.js';
import { request } from '../../app/api.js';
import { project } from '../../app/store.js';
import { Dialog } from '../../parts/Dialog.js';
import { Field, TextField } from '../../parts/Field.js';
import { Command, ErrorNotice } from '../../parts/Notice.js';

/** Makes a case of a suite out of a delivery, to copy or to save. */
export function SuiteCaseDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const [name, setName] = useState('');
  const [file, setFile] = useState(project.value?.suites[0] ?? 'webhooks/saved.webhooks.yaml');
  const [written, setWritten] = useState<WrittenCase | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const listId = useId();
  const ask = async (saveTo?: string) => {
    const body = { ...(name ? { name } : {}), ...(saveTo ? { saveTo } : {}) };
    try {
      setWritten(await request<WrittenCase>('POST', `/api/deliveries/${encodeURIComponent(id)}/case`, body));
      setFailure(null);
    } catch (error) {
      setFailure(error);
    }
  };
  useEffect(() => {
    const timer = setTimeout(() => void ask(), 150);
    return () => clearTimeout(timer);
  }, [name]);
  return (
    <Dialog title="Save as a case of a suite" isWide onClose={onClose}>
      <p>A suite sends it again at any time, and fails where the answer is another one.</p>
      {failure ? <ErrorNotice error={failure} /> : null}
      {written ? <Command text={written.yaml} label="Case" /> : <p class="muted">The case is being written…</p>}
      <div class="fields">
        <TextField label="Name" value={name} onChange={setName} placeholder="made of its event" />
        <Field label="File" hint="A suite of the project, or a new one that ends in .webhooks.yaml">
          {(fieldId, hintId) => (
            <>
              <input
                id={fieldId}
                type="text"
                list={listId}
                value={file}
                aria-describedby={hintId}
                spellcheck={false}
                onInput={(event) => setFile(event.currentTarget.value)}
              />
              <datalist id={listId}>
                {project.value?.suites.map((suite) => (
                  <option key={suite} value={suite} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      </div>
      {written?.savedTo ? (
        <div class="notice good" role="status">
          <div>
            <p>Saved to {written.savedTo}.</p>
            {written.command ? <Command text={written.command} /> : null}
          </div>
        </div>
      ) : null}
      <div class="actions end">
        <button type="button" class="button" onClick={onClose}>
          Close
        </button>
        <button type="button" class="button primary" disabled={file === ''} onClick={() => void ask(file)}>
          Save
        </button>
      </div>
    </Dialog>
  );
}
