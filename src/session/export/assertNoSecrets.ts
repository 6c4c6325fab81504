import type { Delivery, Header } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import { type Secret, secretTexts, variableFor } from '../../core/secret.js';
import { SecretMask } from '../../core/secretMask.js';
import { maskParameters } from '../../core/secretParameters.js';
import type { Exported } from '../../export/exported.js';
import type { NameOf } from '../../options/option.js';

export interface SecretUse {
  readonly secrets: readonly Secret[];
  /** Lower-case names of the headers that are the user's own. */
  readonly ownNames: ReadonlySet<string>;
  readonly deliveries: readonly Exported[];
}

/** The parts of a delivery that carry a real secret; the provider's public sample secret is not one. */
export interface SecretParts {
  /** Lower-case names, each once. */
  readonly headers: readonly string[];
  /** Names of query parameters of the target's address, each once. */
  readonly parameters: readonly string[];
  readonly elsewhere: 'body' | 'address' | null;
}

/** Returns a function that finds the parts with a real secret: those that are marked, and those that hold its text. */
export function secretParts({ secrets, ownNames, deliveries }: SecretUse): (delivery: Delivery) => SecretParts {
  const real = secrets.filter(({ isSample }) => !isSample).map(({ value }) => value);
  // Without a real secret, a marked header that is not the user's own carries the sample secret.
  const isMarked = ({ secretHeaders }: Delivery, name: string) =>
    secretHeaders.includes(name) && (ownNames.has(name) || real.length > 0);
  const mask = new SecretMask(real);
  const values = new Set(real);
  for (const { delivery } of deliveries) {
    if (delivery.forge !== null) continue;
    const headers = delivery.headers.filter(([name]) => isMarked(delivery, name.toLowerCase()));
    for (const [, value] of headers) values.add(value);
    mask.add(secretTexts({ ...delivery, headers }));
  }
  const holds = (value: string) => values.has(value) || mask.isIn(Buffer.from(value, 'latin1'));
  return (delivery) => {
    const carries = ([name, value]: Header) => value !== '' && (isMarked(delivery, name.toLowerCase()) || holds(value));
    const headers = [...new Set(delivery.headers.filter(carries).map(([name]) => name.toLowerCase()))];
    const parameters = delivery.secretParameters;
    const address = maskParameters(delivery.url, parameters);
    const elsewhere = mask.isIn(delivery.body) ? 'body' : holds(address) ? 'address' : null;
    return { headers, parameters, elsewhere };
  };
}

/** Conditions under which a secret may be exported. */
interface RejectionTerms {
  /** Whether the export has variables for the headers that carry a secret. */
  readonly hasVariables: boolean;
  readonly nameOf: NameOf;
}

/** Throws a UsageError for the first part that carries a secret, but for headers that a script has variables for. */
export function assertNoSecrets(
  deliveries: readonly Exported[],
  partsOf: (delivery: Delivery) => SecretParts,
  { hasVariables, nameOf }: RejectionTerms,
): void {
  const variables = new Map<string, string>();
  for (const { name, delivery } of deliveries) {
    const { headers, parameters, elsewhere } = partsOf(delivery);
    if (elsewhere !== null) throw rejectSecret(`The ${elsewhere} of ${name} holds a secret`, nameOf);
    if (parameters.length > 0 && !hasVariables) {
      throw rejectSecret(`The address of ${name} holds a secret (${parameters.join(', ')})`, nameOf, { hasCurl: true });
    }
    const [first] = headers;
    if (first === undefined) continue;
    const [shown] = delivery.headers.find(([header]) => header.toLowerCase() === first)!;
    if (!hasVariables) throw rejectSecret(`The header ${shown} of ${name} carries a secret`, nameOf, { header: shown });
    for (const [header, value] of delivery.headers) {
      if (!headers.includes(header.toLowerCase())) continue;
      const variable = variableFor(header);
      if ((variables.get(variable) ?? value) !== value) {
        throw rejectSecret(
          `The header ${header} of ${name} differs from that of the others, and $${variable} stands for all`,
          nameOf,
        );
      }
      variables.set(variable, value);
    }
  }
}

/** Alternatives to suggest to the user. */
interface Ways {
  /** A header that may be left out. */
  readonly header?: string;
  /** Whether a script with curl has a variable for it. */
  readonly hasCurl?: true;
}

/** Returns the error for a secret that would be exported. */
export function rejectSecret(what: string, nameOf: NameOf, { header, hasCurl }: Ways = {}): UsageError {
  const ways = [
    `Write it all the same with ${nameOf('withSecrets')}`,
    ...(header === undefined ? [] : [`leave it out with ${nameOf('header')} '${header}:'`]),
    ...(header === undefined && !hasCurl
      ? []
      : [`or take ${nameOf('format')} curl, where a variable of the shell stands for it`]),
  ];
  return new UsageError('SECRET_IN_EXPORT', `${what}, and others may read what is exported. ${ways.join(', ')}.`);
}
