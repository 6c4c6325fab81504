import type { Project } from '../config/project.js';
import { WebhookSimError } from '../core/errors.js';
import type { RunEnded } from '../core/run.js';
import type { World } from '../core/world.js';
import { logDeliveries, type SentWith } from '../history/logDeliveries.js';
import { EventMask } from '../report/shared/eventMask.js';
import { type HandshakeRun, type HandshakeTarget, sendHandshakeRuns } from '../session/handshake/sendHandshakeRuns.js';
import { showDelivery } from './deliveryStep.js';
import { pageName } from './destination.js';
import type { JobMeans } from './jobs.js';

interface HandshakeWay extends HandshakeTarget, SentWith {
  readonly project: Project;
}

/** Sends handshakes for a job, and logs and reports each; resolves with their summary, which is not reported. */
export async function sendJobHandshakes(
  runs: readonly HandshakeRun[],
  way: HandshakeWay,
  means: JobMeans,
  world: World,
): Promise<RunEnded> {
  const mask = new EventMask(world.secrets);
  const owner = { project: way.project, command: 'handshake' } as const;
  const log = logDeliveries(owner, { nameOf: pageName, quiet: true }, world);
  let ended: RunEnded | undefined;
  try {
    for await (const { event, run } of sendHandshakeRuns(runs, way, world)) {
      if (event.type === 'summary') ended = event;
      else if (event.type === 'warning') means.report({ type: 'warning', message: event.message });
      else {
        const key = log.add(event.ended, way, { purpose: 'handshake' });
        const context = { key, provider: run!.provider, secrets: run!.secrets, nameOf: pageName };
        const shown = showDelivery(mask.delivery(event.ended), context, world.secrets);
        const { handshake, awaited, problem } = event;
        means.report({ ...shown, place: null, handshake: { title: handshake.title, awaited, problem } });
      }
    }
  } finally {
    log.close();
  }
  return ended!;
}

/** Sends the handshakes that come before the first event. Throws an error where one fails, for nothing may follow it. */
export async function sendFirstJobHandshakes(
  runs: readonly HandshakeRun[],
  way: HandshakeWay,
  means: JobMeans,
  world: World,
): Promise<void> {
  if (runs.every(({ handshakes }) => handshakes.length === 0)) return;
  const { ok, sent, interrupted } = await sendJobHandshakes(runs, way, means, world);
  if (ok === sent || interrupted) return;
  throw new WebhookSimError(
    'HANDSHAKE_FAILED',
    'A handshake failed, and the provider sends no event before it. Nothing more was sent.',
  );
}
