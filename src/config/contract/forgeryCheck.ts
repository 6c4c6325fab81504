import type { ContractProblem } from '../../core/contract.js';
import { verify } from '../../delivery/verify.js';
import { whyTrue } from '../../forge/findForgery.js';
import { forgeries } from '../../forge/forgeries.js';
import { madeOf } from '../../forge/madeOf.js';
import { whyMeaningless } from '../../forge/whyMeaningless.js';
import { sampleSecret } from '../../providers/sampleSecret.js';
import { bodyOf, deliver, deliveries } from './deliver.js';
import { failure } from './problem.js';
import type { ContractSubject } from './subject.js';

/** Those whose time is old, and signed: only their age is wrong. */
const onlyOld = ['stale-timestamp', 'future-timestamp'];

/** Forgeries that pass for true deliveries. */
export function checkForgeries(subject: ContractSubject): ContractProblem[] {
  const { provider, samples } = subject;
  const made = deliveries(subject);
  const { sample } = made.find(({ sample: { event } }) => event === provider.flagship) ?? made[0] ?? {};
  if (!sample) return [];
  const secret = sampleSecret(`${provider.name}-contract`, Object.values(provider.signatures));
  if (!verify(provider, deliver(subject, sample, { secret }), [secret]).ok) return [];
  const other = samples.find(({ event }) => event !== sample.event);
  const body = bodyOf(subject, sample);
  const otherBody = other ? bodyOf(subject, other) : Buffer.from('{}');
  return forgeries.flatMap((forgery) => {
    if (onlyOld.includes(forgery.name)) return [];
    if (whyMeaningless(forgery, provider) ?? whyTrue(forgery, provider, { body, secrets: [secret] })) return [];
    const { made: forged } = madeOf(provider, () => deliver(subject, sample, { secret, body, forgery, otherBody }));
    if (forged === null || !verify(provider, forged, [secret]).ok) return [];
    return failure(
      `${forgery.name}: a delivery ${forgery.title} passes for a true one. Look at what the signature is made of (signatures) and where it is told.`,
    );
  });
}
