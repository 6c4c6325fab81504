import type { Provider } from '../core/provider.js';
import type { JsonTemplateKind } from '../core/scheme.js';
import { signsByFunction } from '../core/schemeFacts.js';
import { templateNames } from '../core/template.js';
import { customSignatureNames, type NamedTemplate, readFieldTemplates } from '../signing/templates.js';
import { putField } from './putField.js';

/** The fields of a provider that hold a function's result for the body around them, in the order in which they are filled. */
export function functionFields(provider: Provider): NamedTemplate[] {
  if (!signsByFunction(provider)) return [];
  const names = customSignatureNames(provider);
  return readFieldTemplates(provider).filter(({ template }) =>
    templateNames(template).some((name) => names.includes(name)),
  );
}

/** Returns the placeholder of a field while the function that fills it is given the body. */
export function emptyText(kind: JsonTemplateKind): string {
  return kind === 'text' ? '' : kind === 'number' ? '0' : 'null';
}

/** The body as the function was given it that filled the first of some fields. */
export function withEmptyFields(provider: Provider, body: Uint8Array, fields: readonly NamedTemplate[]): Uint8Array {
  return fields.reduce(
    (bytes, { name, kind }) => putField(provider, bytes, name, { text: emptyText(kind), kind }),
    body,
  );
}
