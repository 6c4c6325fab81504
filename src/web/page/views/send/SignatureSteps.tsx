import type { Preview, SignatureStep } from '../../../protocol.js';
import { formatBytes } from '../../parts/format.js';

/** The steps of each signature: what is signed, with which key, how, and where it is put. */
export function SignatureSteps({ preview }: { preview: Preview }) {
  if (preview.signatures.length === 0) return <p class="muted">This provider signs nothing.</p>;
  return (
    <>
      {preview.signatures.map((step) => (
        <section class="signature" key={step.name} aria-label={`Signature ${step.name}`}>
          {preview.signatures.length > 1 ? <h3>{step.name}</h3> : null}
          <ol class="steps">
            <Signed step={step} />
            <li>
              <p class="step-title">Take the key</p>
              {preview.secrets.map((secret) => (
                <p key={secret.fingerprint}>
                  {secret.words} <code class="fingerprint">{secret.fingerprint}</code>
                </p>
              ))}
              {step.key ? <p class="muted">{step.key}</p> : null}
            </li>
            <li>
              <p class="step-title">Compute</p>
              <p>{step.scheme}</p>
            </li>
            <li>
              <p class="step-title">Put it there</p>
              {step.places.map(({ place, template, value }) => (
                <div class="place" key={place}>
                  <code>{place}</code>
                  <code class="template">{template}</code>
                  {value === null ? null : <code class="value">{value}</code>}
                </div>
              ))}
            </li>
          </ol>
        </section>
      ))}
    </>
  );
}

function Signed({ step }: { step: SignatureStep }) {
  return (
    <li>
      <p class="step-title">Join what is signed</p>
      {step.pieces.length === 0 ? <p class="muted">The scheme itself says what it signs.</p> : null}
      <ul class="pieces">
        {step.pieces.map(({ name, from, text, bytes }, index) => (
          <li key={index} class={name === null ? 'fixed' : ''}>
            <span class="piece-name">
              {name ?? 'then'}
              {from ? <span class="muted"> {from}</span> : null}
              {bytes !== null && name !== null ? <span class="muted"> · {formatBytes(bytes)}</span> : null}
            </span>
            {text === null ? <span class="muted">not shown</span> : <code>{shorten(text)}</code>}
          </li>
        ))}
      </ul>
    </li>
  );
}

function shorten(text: string): string {
  const shown = text.replaceAll('\n', '⏎');
  return shown.length > 160 ? `${shown.slice(0, 160)}…` : shown;
}
