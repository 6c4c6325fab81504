import { useId } from 'preact/hooks';
import type { ProviderDetails, SecretChoice } from '../../protocol.js';
import { project } from '../app/store.js';
import { Field, SelectField } from './Field.js';

/** The field for a target: one of the config, or an address of this machine. */
export function TargetField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const listId = useId();
  const now = project.value;
  const fallback = now?.defaultTarget ?? 'demo';
  const chosen = now?.targets.find(({ name }) => name === (value || fallback));
  const hint =
    chosen === undefined
      ? 'An address of this machine, such as :3000/webhooks'
      : chosen.name === 'demo'
        ? 'The built-in receiver, which verifies what comes'
        : `${chosen.address ?? ''}${chosen.isRemote ? ' · on another machine' : ''}`;
  return (
    <Field label="Target" hint={hint}>
      {(id, hintId) => (
        <>
          <input
            id={id}
            type="text"
            list={listId}
            value={value}
            placeholder={fallback}
            aria-describedby={hintId}
            spellcheck={false}
            autocomplete="off"
            onInput={(event) => onChange(event.currentTarget.value)}
          />
          <datalist id={listId}>
            {now?.targets.map(({ name, address }) => (
              <option key={name} value={name}>
                {address ?? 'built-in receiver'}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

/** A secret by its reference, as the address of the page keeps it. */
export function readSecretChoice(text: string | undefined): SecretChoice | undefined {
  if (text === 'sample') return { is: 'sample' };
  return text?.startsWith('env:') ? { is: 'variable', name: text.slice(4) } : undefined;
}

/** The field for the secret, by reference only. */
export function SecretField({
  provider,
  value,
  onChange,
}: {
  provider: ProviderDetails | null;
  value: string;
  onChange: (value: string) => void;
}) {
  const secret = provider?.secret;
  const options = [
    { value: '', text: secret?.configured ?? 'the configured secret' },
    ...(secret?.isSample ? [] : [{ value: 'sample', text: 'the sample secret' }]),
    ...(secret?.variables ?? []).map((name) => ({ value: `env:${name}`, text: `the variable ${name}` })),
  ];
  const hint =
    secret?.sample === null ? (
      'Nothing in its requests proves who sent them'
    ) : secret && (secret.isSample || value === 'sample') ? (
      <>
        Sample: <code>{secret.sample}</code>
      </>
    ) : (
      'By reference: the secret itself never comes here'
    );
  return <SelectField label="Secret" value={value} onChange={onChange} options={options} hint={hint} />;
}
