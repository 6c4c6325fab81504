import type { AttemptError } from '../core/attempt.js';
import type { NamedRoute } from '../core/route.js';
import { Connection } from './connect.js';
import { type ConnectionPlan, planConnection } from './connectionPlan.js';
import { parseEndpoint } from './endpoint.js';
import { codeOf, explainFailure, explainTimeout } from './explain.js';
import { Transport } from './transport.js';

/** Milliseconds that a connection has to last: a container's forwarder takes it for a program that is not there yet, and closes it then. */
const lastingMs = 50;

/**
 * Opens a connection to a target and closes it again; resolves with null where something answers, else with the error. Any certificate will do, and a
 * TLS alert is an answer. A proxy that forwards requests can't tell without one: through it, `HEAD /` is sent.
 */
export async function probeConnection(url: string, route: NamedRoute, limitMs: number): Promise<AttemptError | null> {
  const way = planConnection(parseEndpoint(url), { ...route, insecure: true });
  return way.proxy?.tunnel === null ? ask(way, limitMs) : connect(way, limitMs);
}

function connect(way: ConnectionPlan, limitMs: number): Promise<AttemptError | null> {
  return new Promise((resolve) => {
    const { hostHeader } = way.route;
    let lasting: NodeJS.Timeout | undefined;
    const end = (result: AttemptError | null) => {
      clearTimeout(limit);
      clearTimeout(lasting);
      connection.abandon();
      resolve(result);
    };
    const failure = (error: unknown) => {
      const phase = connection.isOpen ? 'wait' : connection.phase;
      return {
        error,
        phase,
        hasReceivedBytes: false,
        inBody: false,
        place: connection.spot,
        nameOf: way.route.nameOf,
      } as const;
    };
    const fail = (error: unknown) => {
      const isAlert = connection.phase === 'tls' && /^(ERR_SSL_|EPROTO$)/.test(codeOf(error));
      end(isAlert ? null : explainFailure(failure(error)));
    };
    const connection = new Connection(way, hostHeader && new URL(`http://${hostHeader}`).hostname, (error, socket) => {
      if (!socket) return fail(error);
      const closed = () => fail({ code: 'CLOSED_EARLY' });
      lasting = setTimeout(end, lastingMs, null);
      socket.on('error', fail).once('end', closed).once('close', closed).resume();
    });
    const limit = setTimeout(() => end(explainTimeout(limitMs, failure(null))), limitMs);
  });
}

async function ask({ place, route }: ConnectionPlan, limitMs: number): Promise<AttemptError | null> {
  const transport = new Transport({ route });
  try {
    return (await transport.send({ ...probe, method: 'HEAD', url: `${place.origin}/` }, limitMs)).error;
  } finally {
    transport.close();
  }
}

/** The parts of a request that is no provider's delivery, without method and URL. */
export const probe = {
  id: 'probe',
  provider: '',
  event: '',
  variant: null,
  forge: null,
  headers: [],
  body: new Uint8Array(),
  framing: 'length',
  secretHeaders: [],
  secretParameters: [],
} as const;
