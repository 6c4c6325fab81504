import type { DeliveryLog } from '../../history/logDeliveries.js';
import type { OpenLoad } from './openLoad.js';
import type { ReadyLoad } from './prepareLoad.js';
import type { JudgedLoad } from './sendLoad.js';

/** A load that has ended. */
interface EndedLoad {
  readonly ready: Pick<ReadyLoad, 'secrets' | 'target'>;
  readonly names: OpenLoad['names'];
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly judged: JudgedLoad;
  /** The case of a suite that it is. */
  readonly caseName?: string | null;
}

/** Keeps what a load came to. */
export function logLoad(
  log: DeliveryLog,
  { ready: { secrets, target }, judged: { ended, verdict }, caseName = null, ...load }: EndedLoad,
): void {
  const [provider, ...others] = secrets.keys();
  log.addLoad({
    ...{ names: load.names, url: load.url, startedAt: load.startedAt, caseName, ended },
    provider: provider && others.length === 0 ? provider.name : null,
    target: target.name,
    verdict: verdict.verdict,
  });
}
