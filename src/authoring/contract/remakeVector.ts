import { UsageError } from '../../core/errors.js';
import type { Provider } from '../../core/provider.js';
import { seededRandom } from '../../core/random.js';
import type { ReceivedRequest } from '../../core/receivedRequest.js';
import type { SchemeOptions } from '../../core/scheme.js';
import { isHash } from '../../core/schemeFacts.js';
import { templateNames } from '../../core/template.js';
import { compileDelivery } from '../../delivery/compile.js';
import { readHeaderTemplates } from '../../signing/templates.js';
import type { Vector } from './vectorFileSchema.js';

/**
 * Makes the headers of a vector from its time, values and body, and says which are not as they were captured. Only those with a
 * hash or of a function are compared: other signatures are drawn again each time, and the rest changes with the provider's releases.
 */
export async function remakeVector(
  { now, values = {}, event }: Vector,
  request: ReceivedRequest,
  secret: string,
  provider: Provider,
): Promise<string[]> {
  if (now === undefined) return [];
  const ms = typeof now === 'number' ? now * (now < 1e11 ? 1000 : 1) : Date.parse(now);
  if (Number.isNaN(ms)) return [`now: "${now}" is not a time. Write 2026-01-31T09:00:00Z, or seconds since 1970.`];
  const compared = readHeaderTemplates(provider)
    .filter(({ head, each }) => templateNames([...head, ...each]).some((name) => isMade(provider.signatures[name])))
    .map(({ name }) => name);
  try {
    const { headers } = await compileDelivery({
      // Nothing of what is given is renewed.
      provider: { ...provider, policy: { ...provider.policy, resend: { ...provider.policy.resend, value: [] } } },
      event: event ?? provider.defaultEvent,
      variant: null,
      url: request.url,
      secrets: [{ value: secret, source: 'the vector', isSample: false }],
      headers: [],
    })({ now: ms, random: seededRandom(1), body: request.body, kept: new Map(Object.entries(values)) });
    return headers
      .filter(
        ([name, value]) => compared.includes(name) && !request.headers.some(([n, v]) => n === name && v === value),
      )
      .map(([name]) => `would not be made so: ${howElse(name, request)}`);
  } catch (error) {
    if (error instanceof UsageError) return [`can't be made: ${error.message}`];
    throw error;
  }
}

function isMade(options: SchemeOptions | undefined): boolean {
  return options !== undefined && (isHash(options) || options.scheme === 'custom');
}

function howElse(name: string, { headers }: ReceivedRequest): string {
  const captured = headers.find(([candidate]) => candidate.toLowerCase() === name.toLowerCase());
  return captured && captured[0] !== name
    ? `the description writes the header ${name}, the request had ${captured[0]}.`
    : `the header ${name} has another value at that time. Look at its template, and at now and values.`;
}
