import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flagName } from '../../src/cli/options/flags.js';
import type { Header } from '../../src/core/delivery.js';
import type { Diagnosis } from '../../src/core/diagnosis.js';
import type { Provider } from '../../src/core/provider.js';
import type { Secret } from '../../src/core/secret.js';
import { diagnoseSignature } from '../../src/diagnose/diagnoseSignature.js';
import type { Case } from '../../src/diagnose/hypothesis.js';

const fixture = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/bodies.json'), 'utf8')) as {
  captured: string;
  bodies: Record<string, string>;
};

/** The body that most cases have captured; fixtures/make.py says why it looks so. */
export const captured = Buffer.from(fixture.captured);

/** Returns the output of another language's tool for a text. */
export function madeElsewhere(name: string): Buffer {
  const text = fixture.bodies[name];
  if (text === undefined) throw new Error(`fixtures/make.py makes no body "${name}"`);
  return Buffer.from(text, 'base64');
}

/** HMAC-SHA256 by Node. */
export function hmac(key: string | Uint8Array, ...content: (string | Uint8Array)[]): Buffer {
  const state = createHmac('sha256', key);
  for (const piece of content) state.update(piece);
  return state.digest();
}

export const secret = (value: string, source = '--secret'): Secret => ({ value, source, isSample: false });

export interface GivenCase extends Omit<Partial<Case>, 'request' | 'secrets' | 'provider'> {
  readonly provider: Provider;
  readonly headers: readonly Header[];
  readonly body?: Uint8Array;
  readonly url?: string;
  readonly secrets?: readonly (string | Secret)[];
}

/** The diagnosis of a request that is written down here. */
export function diagnosed({
  headers,
  body = captured,
  url = 'http://localhost/',
  secrets,
  ...rest
}: GivenCase): Promise<Diagnosis> {
  return diagnoseSignature({
    now: 1_700_000_000_000,
    toleranceMs: 300_000,
    nameOf: flagName,
    ...rest,
    request: { method: 'POST', url, headers, body },
    secrets: (secrets ?? ['its secret']).map((value) => (typeof value === 'string' ? secret(value) : value)),
  });
}

/** The names of the mistakes that a diagnosis names, in its order. */
export const namesOf = ({ findings }: Diagnosis) => findings.map(({ name }) => name);
