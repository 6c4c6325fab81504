import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import type { ValueSpec } from '../core/valueSpec.js';

/** Codes of what a body lacks. */
const lacking = ['NO_FIELD', 'NO_PLACE'];

/** Whether a value is read from a field that has to be there. */
export function isNeededField(spec: ValueSpec | undefined): spec is NeededField {
  return spec?.kind === 'field' && spec.absent === undefined;
}

type NeededField = Extract<ValueSpec, { kind: 'field' }>;

/** Paths of the fields without which no delivery can be made of a body. */
export function neededFields({ values, fields = [] }: Provider): string[] {
  const read = Object.values(values).filter(isNeededField);
  return [...new Set([...read.map(({ path }) => path), ...fields.map(([path]) => path)])];
}

/** Why a body that lacks them can't be signed. */
export function missingFieldReason(provider: Provider): string {
  return `it signs no body without ${neededFields(provider).join(' and ')}`;
}

/** Why a provider could not make a delivery, as its error says. Throws what is no UsageError. */
export function buildFailureReason(provider: Provider, error: unknown): string {
  if (!(error instanceof UsageError)) throw error;
  return lacking.includes(error.code) ? missingFieldReason(provider) : error.message.replace(/\.$/, '');
}
