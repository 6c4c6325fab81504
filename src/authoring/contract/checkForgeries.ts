import type { ContractProblem } from '../../core/contract.js';
import type { Delivery } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import { signsByFunction } from '../../core/schemeFacts.js';
import { equivalenceReason, forgeries } from '../../forge/forgeries.js';
import { inapplicableReason } from '../../forge/inapplicableReason.js';
import { sampleSecret } from '../../providers/secrets.js';
import { verifyReceivedAsync } from '../../verify/verify.js';
import { bodyOf, createContractDelivery, deliveries } from './createContractDelivery.js';
import { type ContractSubject, failure } from './subject.js';

/** Those whose time is another, and signed: all else is right with them. */
const onlyTime = [
  'stale-timestamp',
  'future-timestamp',
  'timestamp-in-seconds',
  'timestamp-in-milliseconds',
  'timestamp-in-microseconds',
];

/** Forgeries that a function may rightly accept: it may not sign the time, or sign the meaning of JSON in place of its bytes. */
const anyFunction = ['unsigned-timestamp', 'missing-timestamp', 'reserialised-body', 'appended-byte'];

/** Forgeries that pass for true deliveries. */
export async function checkForgeries(subject: ContractSubject): Promise<ContractProblem[]> {
  const { provider, samples } = subject;
  const forged = await deliveries(subject);
  const { sample } = forged.find(({ sample: { event } }) => event === provider.defaultEvent) ?? forged[0] ?? {};
  if (!sample) return [];
  const secret = sampleSecret(`${provider.name}-contract`, Object.values(provider.signatures));
  const passes = async (delivery: Delivery) => (await verifyReceivedAsync(provider, delivery, [secret])).ok;
  const plain = await orNone(() => createContractDelivery(subject, sample, { secret }));
  if (!plain || !(await passes(plain))) return [];
  const isOfFunctions = signsByFunction(provider);
  const body = bodyOf(subject, sample);
  // Samples that are alike have one signature, and rightly so.
  const others = samples.filter(({ event }) => event !== sample.event).map((other) => bodyOf(subject, other));
  const otherBody = others.find((each) => !Buffer.from(each).equals(body)) ?? Buffer.from('{}');
  const judged = forgeries.map(async (forgery): Promise<ContractProblem[]> => {
    if (onlyTime.includes(forgery.name)) return [];
    if (isOfFunctions && anyFunction.includes(forgery.name)) return [];
    if (inapplicableReason(forgery, provider) ?? equivalenceReason(forgery, provider, { body, secrets: [secret] }))
      return [];
    const forged = await orNone(() => createContractDelivery(subject, sample, { secret, body, forgery, otherBody }));
    if (!forged || !(await passes(forged))) return [];
    return [
      failure(
        `${forgery.name} (${forgery.title}) passes for a true delivery. Look at what the signature is made of (signatures) and where it is sent.`,
      ),
    ];
  });
  return (await Promise.all(judged)).flat();
}

/** Null for a forgery that can't be made, such as one that signs a body without the fields that are read from it. */
async function orNone<T>(make: () => Promise<T>): Promise<T | null> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}
