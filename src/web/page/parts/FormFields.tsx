import type { FirstHandshakes, ProviderDetails, SecretChoice } from '../../protocol.js';
import { type Route, updateParams } from '../app/router.js';
import { readSecretChoice } from './DestinationFields.js';
import { SelectField } from './Field.js';

/** The form in which a provider delivers; nothing for one that has one only. */
export function ModeField({
  provider,
  value,
  onChange,
}: {
  provider: ProviderDetails | null;
  value: string;
  onChange: (value: string) => void;
}) {
  if (!provider || provider.modes.length === 0) return null;
  const { modes, configuredMode } = provider;
  const title = modes.find(({ name }) => name === value)?.title;
  return (
    <SelectField
      label="Mode"
      value={value}
      onChange={onChange}
      options={[
        { value: '', text: configuredMode ? `that of the config: ${configuredMode}` : 'the usual form' },
        ...modes.map(({ name }) => ({ value: name, text: name })),
      ]}
      hint={title ?? 'The form in which it delivers'}
    />
  );
}

/** The field for sending a provider's handshakes before the first event; nothing for a provider without any. */
function HandshakeField({
  provider,
  isFirst,
  onChange,
}: {
  provider: ProviderDetails | null;
  isFirst: boolean;
  onChange: (isFirst: boolean) => void;
}) {
  if (!provider || provider.handshakes.length === 0) return null;
  return (
    <label class="checkbox">
      <input type="checkbox" checked={isFirst} onChange={(event) => onChange(event.currentTarget.checked)} />
      Run its handshake first
    </label>
  );
}

/** The texts of the user's own in a provider's handshakes, each by reference; `values` is how the address of the page keeps them. */
export function ValueFields({
  provider,
  values,
  onChange,
}: {
  provider: ProviderDetails | null;
  values: string;
  onChange: (values: string) => void;
}) {
  const chosen = new URLSearchParams(values);
  return provider?.values.map(({ name, sample, configured, isSample }) => (
    <SelectField
      key={name}
      label={`Value ${name}`}
      value={chosen.get(name) ?? ''}
      onChange={(value) => onChange(changed(chosen, name, value))}
      options={[
        { value: '', text: configured },
        ...(isSample ? [] : [{ value: 'sample', text: 'the sample' }]),
        ...provider.secret.variables.map((variable) => ({
          value: `env:${variable}`,
          text: `the variable ${variable}`,
        })),
      ]}
      hint={
        isSample || chosen.get(name) === 'sample' ? (
          <>
            Sample: <code>{sample}</code>
          </>
        ) : (
          'A text of yours in the handshake, by reference'
        )
      }
    />
  ));
}

/** All three, as a check or a flow has them. */
export function FormFields({ provider, params }: { provider: ProviderDetails | null; params: Route['params'] }) {
  const isFirst = params.handshake === '1';
  return (
    <>
      <ModeField provider={provider} value={params.mode ?? ''} onChange={(mode) => updateParams({ mode })} />
      <HandshakeField
        provider={provider}
        isFirst={isFirst}
        onChange={(isOn) => updateParams({ handshake: isOn ? '1' : null })}
      />
      {isFirst ? (
        <ValueFields provider={provider} values={params.values ?? ''} onChange={(values) => updateParams({ values })} />
      ) : null}
    </>
  );
}

function changed(values: URLSearchParams, name: string, value: string): string {
  const next = new URLSearchParams(values);
  if (value === '') next.delete(name);
  else next.set(name, value);
  return next.toString();
}

/** Returns the mode and handshakes of a request, from the parameters in the page's address. */
export function formOf({
  mode = '',
  handshake = '',
  values = '',
}: Route['params']): FirstHandshakes & { readonly mode?: string } {
  const chosen = [...new URLSearchParams(values)].flatMap(([name, text]): [string, SecretChoice][] => {
    const choice = readSecretChoice(text);
    return choice ? [[name, choice]] : [];
  });
  return {
    ...(mode ? { mode } : {}),
    ...(handshake ? { handshake: true } : {}),
    ...(handshake && chosen.length > 0 ? { values: Object.fromEntries(chosen) } : {}),
  };
}

/** The parameters of the address that belong to one provider, for another one to begin without them. */
export const formCleared = { mode: null, handshake: null, values: null } as const;
