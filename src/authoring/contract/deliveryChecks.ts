import type { ContractProblem } from '../../core/contract.js';
import type { Provider } from '../../core/provider.js';
import { openedPayload, payloadOfBuiltBody } from '../../delivery/openedBody.js';
import { proofsOf } from '../../forge/carried.js';
import { parsedBody, writeBody } from '../../json/dialect.js';
import { eventRules } from '../../policy/rules.js';
import { deliveries, plainDelivery, verifyPlain } from './createContractDelivery.js';
import { type ContractSubject, catchProblems, failure, warning } from './subject.js';

/** Events of which no delivery can be made, and headers that can't go on the wire. */
export async function checkDeliveries(subject: ContractSubject): Promise<ContractProblem[]> {
  const { provider, samples } = subject;
  const problems = samples.map((sample) =>
    catchProblems(
      async () => {
        eventRules(provider, provider.events[sample.event]);
        await plainDelivery(subject, sample);
      },
      (message) => `${sample.name}: no delivery can be made of it. ${message}`,
    ),
  );
  const headers = (await deliveries(subject)).flatMap(({ sample, delivery }) =>
    delivery.headers
      .filter(([, value]) => !/^[\x20-\x7e]+$/.test(value))
      .map(([name, value]) =>
        failure(
          `${sample.name}: the header ${name} ${value === '' ? 'is empty' : 'holds characters beyond ASCII'}. Look at its template.`,
        ),
      ),
  );
  return [...(await Promise.all(problems)).flat(), ...headers];
}

/** Deliveries that their own description does not accept. */
export async function checkSignatures(subject: ContractSubject): Promise<ContractProblem[]> {
  const { signatures, secret } = proofsOf(subject.provider);
  if (signatures.length === 0 && !secret) {
    return [
      warning('Nothing in a delivery proves who sent it: no header and no field contains a signature or the secret.'),
    ];
  }
  const judged = (await deliveries(subject)).map(async ({ sample, delivery }) => {
    const result = await verifyPlain(subject, sample);
    const [built, opened] = [payloadOfBuiltBody(delivery.body), openedPayload(delivery.body)];
    if (result.ok && built && opened && !isSamePayload(built, opened, subject.provider))
      return [failure(`${sample.name}: the function that opens its body gives another payload than it was made of.`)];
    return result.ok ? [] : [failure(`${sample.name}: a receiver could not verify it: ${result.reason}.`)];
  });
  return (await Promise.all(judged)).flat();
}

/** Whether two payloads say the same, however they are spaced. */
function isSamePayload(built: Uint8Array, opened: Uint8Array, provider: Provider): boolean {
  const [first, second] = [built, opened].map((bytes) => {
    const parsed = parsedBody(bytes, provider);
    return parsed === undefined ? Buffer.from(bytes) : writeBody(parsed, provider.dialect);
  });
  return first!.equals(second!);
}
