import { catalogue } from '../app/store.js';
import { Field } from './Field.js';

/** A choice among all providers, by their groups. */
export function ProviderField({
  value,
  onChange,
  none,
}: {
  value: string;
  onChange: (value: string) => void;
  /** The label for no choice; if absent, one is required. */
  none?: string;
}) {
  return (
    <Field label="Provider">
      {(id) => (
        <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {none ? <option value="">{none}</option> : value === '' ? <option value="">Choose a provider</option> : null}
          {catalogue.value?.groups.map(({ title, providers }) => (
            <optgroup key={title} label={title}>
              {providers.map((provider) => (
                <option key={provider.name} value={provider.name}>
                  {provider.title}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}
