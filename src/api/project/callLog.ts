import type { Project } from '../../config/project.js';
import { type DeliveryLog, logDeliveries } from '../../history/logDeliveries.js';
import { withEnvironment } from '../../session/project/withEnvironment.js';
import { environment } from '../world.js';
import type { CallWorld } from './callWorld.js';

/** The delivery log of a call: nothing is kept unless it is asked for, and then also under CI. */
export function callLog(project: Project, { log }: { readonly log?: boolean }, io: CallWorld): DeliveryLog {
  return logDeliveries(
    project,
    { log: log === true },
    withEnvironment(io, { env: { ...environment(), CI: undefined } }),
  );
}
