import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import type { ValueSpec } from '../core/template.js';
import { type Covered, coveredBy } from '../signing/covered.js';
import { type CarriedProofs, proofsOf } from './carried.js';

/** Codes of errors about a body's missing fields. */
const lacking = ['NO_FIELD', 'NO_PLACE'];

/** Returns whether a value is read from a field that has to be there. */
export function isNeededField(spec: ValueSpec | undefined): spec is NeededField {
  return spec?.kind === 'field' && spec.absent === undefined;
}

type NeededField = Extract<ValueSpec, { kind: 'field' }>;

/** Paths of the fields without which no delivery can be made of a body. */
export function neededFields({ values, fields = [] }: Provider): string[] {
  const read = Object.values(values).filter(isNeededField);
  return [...new Set([...read.map(({ path }) => path), ...fields.map(([path]) => path)])];
}

/** Returns the reason why a body that lacks them can't be signed. */
export function missingFieldReason(provider: Provider): string {
  return `it signs no body without ${neededFields(provider).join(' and ')}`;
}

/** Returns the reason why a provider could not make a delivery, from its error. Throws errors that are no UsageError. */
export function buildFailureReason(provider: Provider, error: unknown): string {
  if (!(error instanceof UsageError)) throw error;
  return lacking.includes(error.code) ? missingFieldReason(provider) : error.message.replace(/\.$/, '');
}

/** The times that a signature covers: by name, or in a covered field. */
export function timesCovered(provider: Provider, covered: Covered, sentNames: CarriedProofs['sentNames']): string[] {
  const inCovered = new Set(
    sentNames.flatMap(({ name, path }) =>
      path !== null && (covered.bytes || covered.fields === 'sorted' || covered.fields.includes(path)) ? name : [],
    ),
  );
  const times = Object.keys(provider.values).filter((name) => provider.values[name]!.kind === 'time');
  return times.filter((name) => covered.names.has(name) || inCovered.has(name));
}

/** Returns whether one of a provider's signatures does not cover the time, so that a receiver that verifies only that one can't check it. */
export function hasTimelessSignature(provider: Provider): boolean {
  const { sentNames, signatures } = proofsOf(provider);
  return sentNames.some(({ name }) => {
    const options = provider.signatures[name];
    if (!options || !signatures.includes(options)) return false;
    const covered = coveredBy(provider, (signature) => signature.options === options);
    return timesCovered(provider, covered, sentNames).length === 0;
  });
}
