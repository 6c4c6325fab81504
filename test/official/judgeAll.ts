import { afterAll, expect, it } from 'vitest';
import { createDelivery } from '../../src/api/createDelivery.js';
import type { Delivery } from '../../src/core/delivery.js';
import { UsageError } from '../../src/core/errors.js';
import type { Provider } from '../../src/core/provider.js';
import { findForgery, forgeries } from '../../src/forge/forgeries.js';
import { inapplicableReason } from '../../src/forge/inapplicableReason.js';
import { Transport } from '../../src/transport/transport.js';
import { cli } from '../support/cli.js';
import { exampleProvider } from '../support/exampleProviders.js';
import { publicUrl } from './judges.js';

/** Deliveries of a provider to an address that is not the one by which the receiver is known. */
function deliveriesTo(name: string, transport: Transport, { url, secret }: { url: string; secret: string }) {
  const make = (event: string, forge?: string): Promise<Delivery> =>
    createDelivery({ provider: name, event, url, publicUrl, secret, ...(forge && { forge: forge as never }) });
  const statusOf = async (event: string, forge?: string) => {
    const { status, error } = await transport.send(await make(event, forge), 60_000);
    return status ?? error;
  };
  return { make, statusOf };
}

/** The forgeries that a signature alone has to keep out. */
function meaningfulForgeries(name: string): string[] {
  const provider = exampleProvider(name);
  return forgeries.flatMap((forgery) => {
    const { change } = forgery;
    // Whether a signed time is looked at is not what a signature proves.
    if ((change.stage === 'time' && change.signed) || (change.stage === 'sent time' && change.as !== 'nothing'))
      return [];
    if (change.stage === 'secret' && change.with === 'sample') return [];
    return inapplicableReason(forgery, provider) === null ? [forgery.name] : [];
  });
}

/** Twelve of a provider's events, from the first to the last: all are signed in one way, and each is accepted above. */
function someEvents({ events }: Provider): string[] {
  const names = Object.keys(events);
  const step = Math.max(1, names.length / 12);
  return names.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

const isAccepted = (status: unknown) => typeof status === 'number' && status >= 200 && status < 300;

/** Declares what a receiver that knows a provider has to make of its events and forgeries; `taken` are forgeries that it takes by its documents. */
export function judgeAll(name: string, receiver: () => { url: string; secret: string }, taken: readonly string[]) {
  const provider = exampleProvider(name);
  const transport = new Transport();
  afterAll(() => transport.close());

  it('accepts each event', async () => {
    const { statusOf } = deliveriesTo(name, transport, receiver());
    const rejected: [event: string, status: unknown][] = [];
    for (const event of Object.keys(provider.events)) {
      const status = await statusOf(event);
      if (!isAccepted(status)) rejected.push([event, status]);
    }
    expect(rejected).toEqual([]);
  });

  it('rejects events of all kinds with a false signature or token', async () => {
    const forge = inapplicableReason(findForgery('wrong-secret'), provider) === null ? 'wrong-secret' : undefined;
    if (!forge) return;
    const { statusOf } = deliveriesTo(name, transport, receiver());
    const accepted: string[] = [];
    for (const event of someEvents(provider)) {
      if (isAccepted(await statusOf(event, forge))) accepted.push(event);
    }
    expect(accepted).toEqual([]);
  });

  it('rejects each forgery', async () => {
    const { statusOf } = deliveriesTo(name, transport, receiver());
    const accepted: string[] = [];
    for (const forge of meaningfulForgeries(name).filter((each) => !taken.includes(each))) {
      try {
        if (isAccepted(await statusOf(provider.defaultEvent, forge))) accepted.push(forge);
      } catch (error) {
        if (!(error instanceof UsageError && error.code === 'MEANINGLESS_FORGERY')) throw error;
      }
    }
    expect(accepted).toEqual([]);
  });
}

/** Returns the exit code and last line of `handshake` for a receiver. */
export async function handshakeOf(name: string, url: string, secret: string) {
  const argv = ['handshake', name, '--to', url, '--secret', secret, '--public-url', publicUrl, '--json'];
  const { exitCode, json, stderr } = await cli([...argv, '--timeout', '30s']);
  return { exitCode, last: json.at(-1) ?? stderr };
}

/** Large bodies test the server, which is the same for all; receivers.test.ts and the zoo send them. They are half of a check's work. */
const ofTheServer = ['padded-256k', 'padded-1m', 'unsigned-1m'];

/** Returns the findings of `check` for a receiver. */
export async function findingsOf(name: string, url: string, secret: string, skipped: readonly string[]) {
  const skip = [...skipped, ...ofTheServer].flatMap((each) => ['--skip', each]);
  const argv = ['check', name, '--to', url, '--secret', secret, '--public-url', publicUrl, '--json', ...skip];
  // A busy machine is slower than the limits of some providers.
  const patient = [...argv, '--timeout', '30s'];
  const { exitCode, json, stderr } = await cli(patient);
  const { findings } = json.at(-1) ?? {};
  if (!findings) throw new Error(`check printed no summary. ${stderr}`);
  return { exitCode, findings: findings.map((finding: { name: string }) => finding.name) };
}
