import { useMemo, useState } from 'preact/hooks';
import type { ShownBody, ShownHeader } from '../../protocol.js';
import { bytesOf, dumpBytes, layOutBody } from './bodyText.js';
import { CopyButton } from './CopyButton.js';
import { formatBytes } from './format.js';

type Form = 'decoded' | 'text' | 'bytes';

/** Characters of a body that are drawn; the rest is there to copy. */
const maxDrawn = 200_000;

/** A body as text, laid out or as it came, or as bytes. It is never anything else than text. */
export function BodyView({ body, label }: { body: ShownBody; label: string }) {
  const [form, setForm] = useState<Form>('decoded');
  const text = useMemo(() => {
    if (form === 'bytes') return dumpBytes(bytesOf(body));
    return form === 'text' ? (body.text ?? body.base64 ?? '') : layOutBody(body);
  }, [body, form]);
  const forms: readonly [Form, string][] = [
    ['decoded', 'Decoded'],
    ['text', body.text === null ? 'Base64' : 'As it came'],
    ['bytes', 'Bytes'],
  ];
  if (body.missing !== null) return <p class="muted body-missing">{body.missing}</p>;
  if (body.bytes === 0) return <p class="muted body-missing">The body is empty.</p>;
  return (
    <div class="body-view">
      <div class="body-tools">
        <div class="segments" role="group" aria-label={`Form of ${label.toLowerCase()}`}>
          {forms.map(([name, title]) => (
            <button type="button" key={name} aria-pressed={form === name} onClick={() => setForm(name)}>
              {title}
            </button>
          ))}
        </div>
        <span class="muted grow">
          {formatBytes(body.bytes)}
          {body.mediaType ? ` · ${body.mediaType}` : ''}
          {body.isMasked ? ' · secrets are masked' : ''}
          {body.isTruncated ? ' · only the beginning is kept' : ''}
        </span>
        <CopyButton text={text} what={label} />
      </div>
      <pre class="bytes" tabIndex={0} role="region" aria-label={label}>
        {text.slice(0, maxDrawn)}
        {text.length > maxDrawn ? '\n…' : ''}
      </pre>
    </div>
  );
}

const sources: Record<string, string> = { signature: 'signature', provider: 'provider', own: 'your own' };

/** Headers in their order and letter case. */
export function HeaderTable({ headers, label }: { headers: readonly ShownHeader[]; label: string }) {
  if (headers.length === 0) return <p class="muted">There are no headers.</p>;
  return (
    <table class="headers">
      <caption class="visually-hidden">{label}</caption>
      <tbody>
        {headers.map(({ name, value, isMasked, from }, index) => (
          <tr key={`${name}-${index}`} class={from ?? ''}>
            <th scope="row">{name}</th>
            <td>
              <span class={isMasked ? 'masked' : ''}>{value}</span>
              {from === 'signature' || from === 'own' ? <span class="source">{sources[from]}</span> : null}
              {isMasked ? <span class="source">secret</span> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
