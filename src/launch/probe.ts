import type { AttemptError } from '../core/attempt.js';
import type { Header } from '../core/delivery.js';
import type { Route } from '../core/route.js';
import { version } from '../core/version.js';
import { splitCredentials } from '../delivery/credentials.js';
import { placeOf } from '../transport/place.js';
import { probe, probeConnection } from '../transport/reach.js';
import { Transport } from '../transport/transport.js';
import { wayTo } from '../transport/way.js';
import type { ReadinessProbe } from './readWait.js';

/** One way to find out whether a target is ready. */
export interface TargetProbe {
  /** What is asked, for people. */
  readonly shown: string;
  /** Asks once: null where it is ready, else why not. */
  ask(limitMs: number): Promise<Pick<AttemptError, 'kind' | 'message'> | null>;
  close(): void;
}

/** Whom a probe asks. */
export interface ProbeTarget {
  readonly url: string;
  readonly route: Route;
  /** What the target is sent besides; an answer that is awaited from elsewhere is asked for without it. */
  readonly headers: readonly Header[];
}

/** Ready when it takes a connection. */
export function connectionProbe({ url, route }: ProbeTarget): TargetProbe {
  const { address } = wayTo(placeOf(url), route).spot;
  return { shown: address, ask: (limitMs) => probeConnection(url, route, limitMs), close() {} };
}

/** Ready when an address gives the answer that is awaited. */
export function answerProbe(target: ProbeTarget, { address, accepts, status: awaited }: ReadinessProbe): TargetProbe {
  const base = new URL(target.url);
  const asked = new URL(address, base);
  if (address.startsWith('/')) Object.assign(asked, { username: base.username, password: base.password });
  const { url, credentials } = splitCredentials(asked.href);
  const own: Header[] = [
    ['Accept', '*/*'],
    ['User-Agent', `webhook-sim/${version}`],
  ];
  const headers = [...own, ...credentials, ...(asked.origin === base.origin ? target.headers : [])];
  const transport = new Transport({ route: target.route });
  return {
    shown: url,
    async ask(limitMs) {
      const { status, error } = await transport.send({ ...probe, method: 'GET', url, headers }, limitMs);
      if (error || status === null) return error;
      return accepts(status) ? null : { kind: 'broken', message: `it answered ${status}, and not ${awaited}` };
    },
    close: () => transport.close(),
  };
}
