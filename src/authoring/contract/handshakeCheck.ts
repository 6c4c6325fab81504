import type { ContractProblem } from '../../core/contract.js';
import { seededRandom } from '../../core/random.js';
import { proofsOf } from '../../forge/carried.js';
import { buildHandshake, inHandshake } from '../../handshake/handshake.js';
import { verifyReceivedAsync } from '../../verify/verify.js';
import { contractUrl } from './makeDelivery.js';
import { failure } from './problem.js';
import { problemsOf } from './problemsOf.js';
import type { ContractSubject } from './subject.js';

/** Handshakes that can't be made, or do not verify. */
export async function checkHandshakes({ provider, now }: ContractSubject): Promise<ContractProblem[]> {
  const { sample } = provider.secret;
  const source = {
    provider,
    url: contractUrl,
    secrets: [{ value: sample, source: 'sample', isSample: true }],
    headers: [],
  };
  const problems = (provider.handshakes ?? []).map(async (handshake): Promise<ContractProblem[]> => {
    const thrown = await problemsOf(
      () => buildHandshake(handshake, source, { now, random: seededRandom(1) }),
      (message) => `${handshake.name}: can't be made. ${message}`,
    );
    if (thrown.length > 0) return thrown;
    const { delivery } = await buildHandshake(handshake, source, { now, random: seededRandom(1) });
    const own = inHandshake(provider, handshake);
    const carried = proofsOf(own);
    if (carried.signatures.length === 0 && !carried.secret) return [];
    const result = await verifyReceivedAsync(own, { ...delivery, handshake: handshake.name }, [sample]);
    if (result.ok !== (handshake.falselySigned === true)) return [];
    return [
      failure(
        result.ok
          ? `${handshake.name}: is falselySigned, but its signature is right.`
          : `${handshake.name}: a receiver could not verify it: ${result.reason}.`,
      ),
    ];
  });
  return (await Promise.all(problems)).flat();
}
