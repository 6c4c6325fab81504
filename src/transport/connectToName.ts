import dns from 'node:dns';
import type { LookupFunction } from 'node:net';
import net from 'node:net';

const loopback: readonly dns.LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/**
 * Looks up a host as the system does; to the addresses of `localhost` it adds the loopback ones that are missing, because
 * not every machine's hosts file names `::1`, where a receiver may listen (RFC 6761, 6.3; curl and browsers do so too).
 */
const lookup: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, options, (error, address, family) => {
    if (!options.all || !/^(.*\.)?localhost\.?$/i.test(hostname)) return callback(error, address, family);
    const known = error ? [] : (address as unknown as dns.LookupAddress[]);
    const missing = loopback.filter((own) => !known.some((other) => other.address === own.address));
    callback(null, [...known, ...missing]);
  });
};

/** Milliseconds between the starts of attempts at the addresses of a name (RFC 8305, section 5). */
const stepMs = 250;

/** The system calls for connecting; tests replace them. */
export interface ConnectMeans {
  /** The addresses of a name, in the order of the system. */
  readonly lookUp: (host: string) => Promise<readonly dns.LookupAddress[]>;
  /** Begins to connect to an address. */
  readonly connect: (address: string, port: number) => net.Socket;
  /** Calls after so many milliseconds, unless the signal is aborted first. */
  readonly after: (ms: number, signal: AbortSignal, then: () => void) => void;
}

const systemMeans: ConnectMeans = {
  lookUp: (host) =>
    new Promise((resolve, reject) => {
      lookup(host, { all: true }, (error, addresses) => {
        if (error) reject(error);
        else resolve(addresses as unknown as dns.LookupAddress[]);
      });
    }),
  connect: (host, port) => net.connect({ host, port }),
  after: (ms, signal, then) => {
    const timer = setTimeout(then, ms);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  },
};

/** Whom it concerns that a connection to a name comes about. */
export interface NameConnection {
  readonly host: string;
  readonly port: number;
  /** Ends all that is in progress. */
  readonly signal: AbortSignal;
  /** The name has its addresses. */
  readonly looked: () => void;
}

/**
 * Connects to a name: its addresses are tried in parallel, IPv6 and IPv4 in turn, each started when the one before has failed or is 250 ms old, and
 * none is given up before another is open (RFC 8305). Rejects when all have failed, with the most informative failure; a slow address is waited for
 * until the signal.
 */
export async function connectToName(
  { host, port, signal, looked }: NameConnection,
  { lookUp, connect, after }: ConnectMeans = systemMeans,
): Promise<net.Socket> {
  const addresses = alternateFamilies(await lookUp(host));
  signal.throwIfAborted();
  looked();
  const errors: Error[] = [];
  const sockets = new Set<net.Socket>();
  return new Promise<net.Socket>((resolve, reject) => {
    const over = new AbortController();
    const end = (socket: net.Socket | null) => {
      over.abort();
      signal.removeEventListener('abort', stop);
      for (const each of sockets) if (each !== socket) each.destroy();
    };
    const stop = () => {
      end(null);
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    const start = () => {
      const next = addresses.shift();
      if (!next || over.signal.aborted) return;
      const socket = connect(next.address, port);
      sockets.add(socket);
      let isCounted = false;
      const startNext = () => {
        if (!isCounted) start();
        isCounted = true;
      };
      if (addresses.length > 0) after(stepMs, over.signal, startNext);
      const fail = (error: Error) => {
        sockets.delete(socket);
        if (over.signal.aborted) return;
        errors.push(error);
        if (sockets.size === 0 && addresses.length === 0) {
          end(null);
          reject(mostTelling(errors));
        } else {
          startNext();
        }
      };
      socket.once('error', fail);
      // A socket destroyed in favour of another has nothing to report.
      socket.on('error', () => {});
      socket.once('connect', () => {
        if (over.signal.aborted) return;
        socket.off('error', fail);
        end(socket);
        resolve(socket);
      });
    };
    start();
  });
}

/** Addresses of both families in turn, beginning with that of the first. */
function alternateFamilies(addresses: readonly dns.LookupAddress[]): dns.LookupAddress[] {
  const first = addresses.filter(({ family }) => family === addresses[0]!.family);
  const other = addresses.filter(({ family }) => family !== addresses[0]!.family);
  return Array.from({ length: Math.max(first.length, other.length) }, (_, at) => [first[at], other[at]])
    .flat()
    .filter((each) => each !== undefined);
}

/** Failures from those that say most about the receiver to those of an address that leads nowhere; any other kind ranks first. */
const ranks = [
  'ECONNRESET',
  'ETIMEDOUT',
  'ECONNREFUSED',
  'EACCES',
  'EPERM',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'EINVAL',
];

function mostTelling(errors: readonly Error[]): Error {
  const rank = (error: Error) => ranks.indexOf((error as NodeJS.ErrnoException).code ?? '');
  return errors.toSorted((a, b) => rank(a) - rank(b))[0]!;
}
