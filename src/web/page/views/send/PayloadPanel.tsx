import { useMemo, useState } from 'preact/hooks';
import type { EventRow, Sample, SpecifiedHints } from '../../../protocol.js';
import type { Answered } from '../../app/useAnswer.js';
import { CodeEditor } from '../../parts/CodeEditor.js';
import { Hints } from '../../parts/hints.js';
import { Icon } from '../../parts/Icon.js';
import { jsonPathAt } from '../../parts/jsonPathAt.js';
import { parseJsonText } from '../../parts/jsonText.js';
import { ErrorNotice } from '../../parts/Notice.js';
import { Tabs } from '../../parts/Tabs.js';
import { HintLine } from './HintLine.js';
import { JsonTree } from './JsonTree.js';

/** The payload, as a tree and as text; both edit the same text, and keep all that is not edited as it is. */
export function PayloadPanel({
  sample,
  specified,
  event,
  text,
  form,
  onText,
  onForm,
  onVariant,
}: {
  sample: Sample;
  specified: Answered<SpecifiedHints>;
  event: EventRow | null;
  text: string;
  form: 'tree' | 'text';
  onText: (text: string) => void;
  onForm: (form: 'tree' | 'text') => void;
  onVariant: (variant: string) => void;
}) {
  const parsed = useMemo(() => parseJsonText(text), [text]);
  const hints = useMemo(() => new Hints(sample.hints, specified.value?.fields), [sample, specified.value]);
  const [cursor, setCursor] = useState(0);
  const path = parsed.node && form === 'text' ? jsonPathAt(parsed.node, cursor) : '';
  const hint = path === '' ? undefined : hints.at(path);
  const isEdited = text !== sample.text;
  const { problem } = parsed;
  return (
    <section class="payload" aria-label="Payload">
      <div class="panel-head">
        <h2>Payload</h2>
        {event && event.variants.length > 0 ? (
          <select
            aria-label="Variant"
            value={sample.variant ?? ''}
            onChange={(change) => onVariant(change.currentTarget.value)}
          >
            <option value="">usual</option>
            {event.variants.map(({ name, title }) => (
              <option key={name} value={name} title={title}>
                {name}
              </option>
            ))}
          </select>
        ) : null}
        <span class="grow" />
        {isEdited ? (
          <>
            <span class="badge warn">edited</span>
            <button type="button" class="button quiet small" onClick={() => onText(sample.text)}>
              Reset
            </button>
          </>
        ) : (
          <span class="muted certainty" title={sample.note ?? undefined}>
            sample: {sample.certainty}
          </span>
        )}
      </div>
      <Tabs
        label="Form of the payload"
        chosen={sample.isJson ? form : 'text'}
        onChoose={(name) => onForm(name as 'tree' | 'text')}
        tabs={[...(sample.isJson ? [{ name: 'tree', label: 'Tree' }] : []), { name: 'text', label: 'Text' }]}
      >
        {sample.isJson && form === 'tree' ? (
          parsed.node ? (
            <JsonTree text={text} root={parsed.node} fields={sample.fields} hints={hints} onText={onText} />
          ) : (
            <div class="notice warn">
              <Icon name="alert" />
              <p>The text is no JSON, so that there is no tree. Mend it in line {problem?.line}, or reset it.</p>
            </div>
          )
        ) : (
          <div class="text-form">
            <CodeEditor
              text={text}
              onChange={onText}
              onCursor={setCursor}
              label="Payload as text"
              isJson={sample.isJson}
            />
            {path === '' ? null : <HintLine path={path} hint={hint} />}
          </div>
        )}
      </Tabs>
      {specified.error ? <ErrorNotice error={specified.error} /> : null}
      {specified.value?.fields.length === 0 ? (
        <p class="muted">{specified.value.specification} does not describe this event.</p>
      ) : null}
      {sample.isJson && problem ? (
        <p class="notice bad" role="alert">
          <Icon name="alert" />
          Line {problem.line}: {problem.message}
        </p>
      ) : null}
    </section>
  );
}
