import type { Header } from '../../core/delivery.js';
import { UsageError } from '../../core/errors.js';
import { directRoute, type NamedRoute } from '../../core/route.js';
import { parseTarget } from '../../core/target.js';
import { version } from '../../core/version.js';
import type { World } from '../../core/world.js';
import { splitCredentials } from '../../delivery/source.js';
import type { Snapshot, TakeSnapshot } from '../../flow/view.js';
import { JsonNumber } from '../../json/value.js';
import type { Exchanged } from '../../transport/exchange.js';
import { probe } from '../../transport/probeConnection.js';
import { Transport } from '../../transport/transport.js';
import { readState } from './flowSettings.js';

export interface HttpProbeOptions {
  readonly target: string;
  readonly route: NamedRoute;
  readonly headers: readonly Header[];
  readonly limitMs: number;
  /** The name of the option, for errors. */
  readonly name: string;
}

/** Makes the address of what a flow was about. */
type AddressFor = (textAt: (place: string) => string) => string;

/** Requests an address with GET; a missing resource (404, 410) is a state, too. Throws a UsageError for an invalid address. */
export function httpProbe(addressFor: AddressFor, options: HttpProbeOptions, io: World): TakeSnapshot {
  parseProbeUrl(
    addressFor(() => 'place'),
    options.name,
  );
  return async (view) => {
    const { url, credentials } = splitCredentials(parseProbeUrl(addressFor(view.valueAt), options.name));
    const isTarget = new URL(url).origin === new URL(options.target).origin;
    const own: Header[] = [
      ['Accept', 'application/json, */*'],
      ['User-Agent', `webhook-sim/${version}`],
    ];
    const headers = [...own, ...credentials, ...(isTarget ? options.headers : [])];
    const transport = new Transport({
      route: isTarget ? options.route : { ...directRoute, nameOf: options.route.nameOf },
    });
    const close = () => transport.close();
    io.interrupted.addEventListener('abort', close, { once: true });
    try {
      return readSnapshot(await transport.send({ ...probe, method: 'GET', url, headers }, options.limitMs));
    } finally {
      io.interrupted.removeEventListener('abort', close);
      close();
    }
  };
}

function parseProbeUrl(address: string, name: string): string {
  try {
    return (parseTarget(address, []) as { url: string }).url;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError('BAD_PROBE', `${name}: ${error.message}`, { cause: error });
  }
}

function readSnapshot({ error, status, response }: Exchanged): Snapshot {
  if (error || !response) {
    return { ok: false, outcome: error?.kind ?? 'broken', message: `The probe got no answer: ${error?.message ?? ''}` };
  }
  if (response.truncated) {
    return { ok: false, outcome: 'rejected', message: 'The state is larger than the 64 KiB that a probe may show.' };
  }
  const body = readState(response.body);
  if (status! >= 200 && status! < 300) return { ok: true, state: body };
  if (status !== 404 && status !== 410) {
    return { ok: false, outcome: 'rejected', message: `The probe was answered ${status}, which is not a state.` };
  }
  return {
    ok: true,
    state: new Map([
      ['status', new JsonNumber(String(status))],
      ['body', body],
    ]),
  };
}
