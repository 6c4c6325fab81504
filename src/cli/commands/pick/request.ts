import { chooseTarget } from '../../../config/target.js';
import type { Header } from '../../../core/delivery.js';
import { requestFacts } from '../../../report/shared/requestFacts.js';
import { withRoute } from '../../../session/project/projectRoute.js';
import { prepareSend } from '../../../session/send/prepareSend.js';
import type { Io } from '../../io/io.js';
import { loadProject } from '../../project/project.js';
import { type Choice, optionsOf } from './choice.js';

/** A request as a person sees it. */
export interface ShownRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

/** Where a request to the built-in receiver would go when it is only shown. */
const shownUrl = 'http://localhost:3000/';

/** The request that a choice makes, with its secrets masked; sends nothing. Throws a UsageError. */
export async function requestOf(choice: Choice, io: Io): Promise<ShownRequest> {
  const { provider, event } = choice;
  const options = optionsOf(choice);
  const project = await loadProject({ quiet: true }, io);
  const target = chooseTarget(project, options);
  const prepared = await prepareSend(
    { provider, events: [event], project, target },
    withRoute(options, project, target),
    io,
  );
  const { deliveries } = await prepared.deliveriesTo(target.address === null ? () => shownUrl : target.urlFor);
  for await (const { delivery } of deliveries) {
    const { headers } = requestFacts(delivery);
    return { method: delivery.method, url: delivery.url, headers, body: Buffer.from(delivery.body) };
  }
  throw new Error('A send of one event has no delivery.');
}
