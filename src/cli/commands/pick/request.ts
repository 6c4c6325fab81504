import { chooseTarget, previewUrls } from '../../../config/target.js';
import type { Header } from '../../../core/delivery.js';
import { fingerprint } from '../../../core/fingerprint.js';
import type { Secret } from '../../../core/secret.js';
import { senderProof } from '../../../core/senderProof.js';
import { maskDelivery } from '../../../report/shared/maskSent.js';
import { requestFacts } from '../../../report/shared/requestFacts.js';
import { withRoute } from '../../../session/project/projectRoute.js';
import { prepareSend } from '../../../session/send/prepareSend.js';
import type { Io } from '../../io/io.js';
import { loadProject } from '../../project/project.js';
import { answerPrompts, type Choice, toSendOptions } from './choice.js';

/** A request as a person sees it. */
export interface ShownRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /** The secrets that sign it, by their sources, never the secrets themselves. */
  readonly signing: string;
}

/** The request that a choice makes, with its secrets masked; sends nothing. Throws a UsageError. */
export async function previewRequest(choice: Choice, io: Io): Promise<ShownRequest> {
  const { provider, event } = choice;
  const { io: answered, edit } = answerPrompts(choice, io);
  const options = toSendOptions(choice);
  const project = await loadProject({ quiet: true }, io);
  const target = chooseTarget(project, options);
  const prepared = await prepareSend(
    { provider, events: [event], project, target, edit },
    withRoute(options, project, target),
    answered,
  );
  const { deliveries } = await prepared.deliveriesTo(previewUrls(target));
  for await (const { delivery: planned } of deliveries) {
    const delivery = maskDelivery(planned, io.secrets);
    const { headers } = requestFacts(delivery);
    const proof = senderProof(provider);
    const secrets = prepared.secrets.map(describeSecret).join(' and ');
    const signing = proof === 'nothing' ? 'Unsigned' : `${proof === 'signature' ? 'Signed with' : 'With'} ${secrets}`;
    return { method: delivery.method, url: delivery.url, headers, body: Buffer.from(delivery.body), signing };
  }
  throw new Error('A send of one event has no delivery.');
}

function describeSecret({ isSample, source, value }: Secret): string {
  return isSample
    ? 'the sample secret, which is public'
    : `the secret of ${source} (fingerprint ${fingerprint(value)})`;
}
