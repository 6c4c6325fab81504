import type { Delivery } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import type { Dialect, Provider } from '../core/provider.js';
import { seededRandom } from '../core/random.js';
import { compileDeliverySync } from '../delivery/compile.js';
import type { Description } from './describe.js';

/** What a description is tried with. */
export interface Trial {
  readonly description: Pick<Description, 'headers' | 'values' | 'signatures' | 'fields' | 'query' | 'sentValues'>;
  readonly method: string;
  readonly dialect: Dialect;
  readonly event: string;
  /** Where a delivery goes to, and what of it is signed. */
  readonly url: string;
  readonly signedUrl: string;
  readonly body: Uint8Array;
  readonly secrets: readonly string[];
}

/** The delivery that a description makes with the values of a capture; the reason where it makes none. */
export function reproduce(trial: Trial): Delivery | string {
  const { description, body, event, url, signedUrl, secrets } = trial;
  try {
    const make = compileDeliverySync({
      provider: asProvider(trial),
      event,
      variant: null,
      url,
      publicUrl: signedUrl,
      secrets: secrets.map((value) => ({ value, source: 'capture', isSample: false })),
      headers: [],
    });
    return make({ now: 0, random: seededRandom(0), body, kept: description.sentValues });
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** A provider of which nothing is known but what its requests look like. */
function asProvider({ description, method, dialect, event }: Trial): Provider {
  const { headers, values, signatures, fields, query } = description;
  const inferred = { certainty: 'inferred', source: 'a capture' } as const;
  return {
    name: 'captured',
    title: 'Captured',
    docs: 'https://example.com/',
    defaultEvent: event,
    secret: { label: 'Secret', env: [], sample: 'sample' },
    method,
    headers,
    values,
    signatures,
    ...(fields.length > 0 && { fields }),
    ...(query.length > 0 && { query }),
    dialect,
    verifiesOver: 'raw',
    eventAt: null,
    events: {},
    identities: [],
    policy: {
      timeLimit: null,
      success: { value: '2xx', ...inferred },
      retry: null,
      resend: { value: [], ...inferred },
      disabling: null,
    },
  };
}
