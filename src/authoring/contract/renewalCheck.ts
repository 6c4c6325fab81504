import type { ContractProblem } from '../../core/contract.js';
import type { IdentityGroup } from '../../core/provider.js';
import { seededRandom } from '../../core/random.js';
import { compilePayload, fillPayload, replacementsOf } from '../../payloads/compiled.js';
import { findIdentityGroup, IdentityRenewal } from '../../payloads/renewal.js';
import { verifyReceivedAsync } from '../../verify/verify.js';
import { bodyOf, makeDelivery } from './makeDelivery.js';
import { failure, warning } from './problem.js';
import type { ContractSample, ContractSubject } from './subject.js';

/** Samples that do not stay what they are when their ids and times are renewed. */
export async function checkRenewal(subject: ContractSubject): Promise<ContractProblem[]> {
  const problems = subject.samples.map(async (sample) => {
    const group = findIdentityGroup(subject.provider.identities, sample.event);
    if (!group) return [];
    const lengths = wrongLengths(sample, group);
    return lengths.length > 0 ? lengths : renewed(subject, sample, group);
  });
  return (await Promise.all(problems)).flat();
}

function wrongLengths({ body, name }: ContractSample, group: IdentityGroup): ContractProblem[] {
  return replacementsOf(body, group).flatMap((replacement) => {
    try {
      new IdentityRenewal(0, seededRandom(1)).text(replacement);
      return [];
    } catch {
      const { literal } = replacement;
      const kind = replacement.type === 'identity' ? replacement.identity.kind : replacement.kind;
      return failure(
        `${name}: ${JSON.stringify(literal)} is not written as ${kind} writes it: a fresh one would not be as long. Take another kind.`,
      );
    }
  });
}

async function renewed(
  subject: ContractSubject,
  sample: ContractSample,
  group: IdentityGroup,
): Promise<ContractProblem[]> {
  const { provider } = subject;
  const bytes = bodyOf(subject, sample);
  const payload = compilePayload({
    sample: sample.body,
    bytes,
    identityGroup: group,
    fresh: 'all',
    dialect: provider.dialect,
  });
  if (payload.holes.length === 0) {
    return [warning(`${sample.name}: belongs to the identities ${group.name}, but holds none of its ids and times.`)];
  }
  const made = fillPayload(payload, new IdentityRenewal(12_345_678_901, seededRandom(7)));
  if (made.length !== bytes.length || Buffer.from(made).equals(bytes)) {
    return [failure(`${sample.name}: does not change when all its ids and times are renewed.`)];
  }
  try {
    const delivery = await makeDelivery(subject, sample, { body: made });
    const result = await verifyReceivedAsync(provider, delivery, [provider.secret.sample]);
    const wasRight = (
      await verifyReceivedAsync(provider, await makeDelivery(subject, sample), [provider.secret.sample])
    ).ok;
    if (result.ok || !wasRight) return [];
    return [failure(`${sample.name}: with fresh ids and times a receiver could not verify it: ${result.reason}.`)];
  } catch {
    // Why no delivery can be made is reported by a check of its own.
    return [];
  }
}
