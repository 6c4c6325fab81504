import { useEffect, useState } from 'preact/hooks';
import type { ProviderDetails, ShownDiagnosis } from '../../../protocol.js';
import { request } from '../../app/api.js';
import { useAnswer } from '../../app/useAnswer.js';
import { readSecretChoice, SecretField } from '../../parts/DestinationFields.js';
import { DiagnosisView } from '../../parts/DiagnosisView.js';
import { ErrorNotice } from '../../parts/Notice.js';

/** Verifies the signature of a delivery of the log, and explains a mismatch. */
export function VerifyPanel({ id, provider }: { id: string; provider: string | null }) {
  const details = useAnswer<ProviderDetails>(provider ? `/api/providers/${encodeURIComponent(provider)}` : null, true);
  const [secret, setSecret] = useState('');
  const [state, setState] = useState<{ diagnosis: ShownDiagnosis | null; error: unknown }>({
    diagnosis: null,
    error: null,
  });
  useEffect(() => {
    const stop = new AbortController();
    const choice = readSecretChoice(secret);
    const path = `/api/deliveries/${encodeURIComponent(id)}/verify`;
    request<ShownDiagnosis>('POST', path, choice ? { secret: choice } : {}, stop.signal).then(
      (diagnosis) => setState({ diagnosis, error: null }),
      (error) => {
        if (!stop.signal.aborted) setState({ diagnosis: null, error });
      },
    );
    return () => stop.abort();
  }, [id, secret]);
  return (
    <>
      {details.value ? <SecretField provider={details.value} value={secret} onChange={setSecret} /> : null}
      {state.error ? <ErrorNotice error={state.error} /> : null}
      {state.diagnosis ? (
        <DiagnosisView diagnosis={state.diagnosis} />
      ) : state.error ? null : (
        <p class="muted">The signature is being looked at…</p>
      )}
    </>
  );
}
