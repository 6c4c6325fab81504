import type { Delivery } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import type { Forgery } from '../../core/forgery.js';
import { seededRandom } from '../../core/random.js';
import { exampleUrl } from '../../core/target.js';
import { compileDelivery } from '../../delivery/compile.js';
import { writeBody } from '../../json/dialect.js';
import { type Verification, verifyReceivedAsync } from '../../verify/verify.js';
import type { ContractSample, ContractSubject } from './subject.js';

/** The deviations of a delivery from the plain one with the sample secret and the unchanged sample. */
export interface Otherwise {
  readonly secret?: string;
  readonly body?: Uint8Array;
  readonly forgery?: Forgery;
  readonly otherBody?: Uint8Array;
}

/** A sample, and the delivery that is made of it. */
export interface Sent {
  readonly sample: ContractSample;
  readonly delivery: Delivery;
}

/** Results for a sample that several checks share. */
interface SampleCache {
  body?: Uint8Array;
  delivery?: Promise<Delivery>;
  verification?: Promise<Verification>;
}

const cache = new WeakMap<ContractSubject, Map<ContractSample, SampleCache>>();

function cacheOf(subject: ContractSubject, sample: ContractSample): SampleCache {
  const samples = cache.get(subject) ?? new Map<ContractSample, SampleCache>();
  cache.set(subject, samples);
  const cached = samples.get(sample) ?? {};
  samples.set(sample, cached);
  return cached;
}

/** Returns the body of a sample as it is sent. */
export function bodyOf(subject: ContractSubject, sample: ContractSample): Uint8Array {
  const cached = cacheOf(subject, sample);
  cached.body ??= writeBody(sample.body, subject.provider.dialect);
  return cached.body;
}

/** The delivery of a sample as it is, signed with the sample secret. Rejects with a UsageError where none can be made. */
export function plainDelivery(subject: ContractSubject, sample: ContractSample): Promise<Delivery> {
  const cached = cacheOf(subject, sample);
  cached.delivery ??= createContractDelivery(subject, sample);
  return cached.delivery;
}

/** Whether a receiver takes the plain delivery of a sample for true. */
export function verifyPlain(subject: ContractSubject, sample: ContractSample): Promise<Verification> {
  const cached = cacheOf(subject, sample);
  const { provider } = subject;
  cached.verification ??= plainDelivery(subject, sample).then((delivery) =>
    verifyReceivedAsync(provider, delivery, [provider.secret.sample]),
  );
  return cached.verification;
}

/** Creates a delivery of a sample that differs from the plain one. Rejects with a UsageError where that can't be done. */
export async function createContractDelivery(
  subject: ContractSubject,
  sample: ContractSample,
  otherwise: Otherwise = {},
): Promise<Delivery> {
  const { provider, now } = subject;
  const { event, variant } = sample;
  const { secret = provider.secret.sample, body = bodyOf(subject, sample), ...rest } = otherwise;
  const secrets = [{ value: secret, source: 'sample', isSample: true }];
  const make = compileDelivery({ provider, event, variant, url: exampleUrl, secrets, headers: [], ...rest });
  return make({ now, random: seededRandom(1), body });
}

/** Returns the deliveries of all samples that can be delivered; another check reports the others. */
export async function deliveries(subject: ContractSubject): Promise<Sent[]> {
  const pending = subject.samples.map(async (sample): Promise<Sent[]> => {
    try {
      return [{ sample, delivery: await plainDelivery(subject, sample) }];
    } catch (error) {
      if (error instanceof UsageError) return [];
      throw error;
    }
  });
  return (await Promise.all(pending)).flat();
}
