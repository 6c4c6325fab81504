import type { AttemptError } from '../core/attempt.js';
import type { NamedRoute } from '../core/route.js';
import { Connection } from './connect.js';
import { type ConnectionPlan, planConnection } from './connectionPlan.js';
import type { Endpoint } from './endpoint.js';
import { explainFailure } from './explain.js';

/** Milliseconds that a TLS handshake is given to show that there is one. */
const handshakeMs = 1000;

/**
 * Explains an `http:` address that closed its connection without a byte because it speaks TLS: many such servers send no alert to plain HTTP. Null
 * where it does not, or where that can't be found out.
 */
export async function explainTls(place: Endpoint, route: NamedRoute, limitMs: number): Promise<AttemptError | null> {
  const way = planConnection(
    { ...place, origin: `https://${place.address}`, secure: true },
    { ...route, insecure: true },
  );
  if (way.proxy !== null || !(await isTaken(way, Math.min(limitMs, handshakeMs)))) return null;
  const error = { code: 'SPEAKS_TLS' };
  return explainFailure({
    error,
    phase: 'wait',
    hasReceivedBytes: true,
    inBody: false,
    place: way.spot,
    nameOf: route.nameOf,
  });
}

function isTaken(way: ConnectionPlan, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (taken: boolean) => {
      clearTimeout(limit);
      connection.abandon();
      resolve(taken);
    };
    const connection = new Connection(way, null, (_, socket) => {
      socket?.on('error', () => {});
      end(socket !== null);
    });
    const limit = setTimeout(end, limitMs, false);
  });
}
