import type { AddressInfo } from 'node:net';
import type { Provider } from '../core/provider.js';
import { readUrl } from '../core/readUrl.js';
import type { DeliveryEnded } from '../core/run.js';
import { keyPairKind } from '../core/schemeFacts.js';
import { isLoopback } from '../core/target.js';
import { parsePath } from '../json/path.js';
import { readPayload } from '../json/readPayload.js';
import { certificate } from '../signing/certificate.js';
import { anotherPrivateKey } from '../signing/signingKey.js';
import type { CaseSource, CheckCase } from './cases/case.js';
import type { Judged } from './judgeCase.js';

/** Whether a receiver takes keys from whatever address a request names: one is offered for as long as the case takes. */
export const foreignKeyCase: CheckCase = {
  name: 'foreign-certificate',
  class: 'must-reject',
  sent: 'signed with another key pair, whose certificate is elsewhere',
  why: 'Anybody signs with a key of their own, and names its address.',
  fix: "Fetch keys over https from the provider's own host only: compare the whole host name of the parsed URL before anything is fetched.",
  forge: 'foreign-certificate',
  requires: 'nothing',
  judges: 'foreign key',
  alone: true,
};

/** The surroundings in which a key is offered. */
export interface KeyOffer {
  readonly source: CaseSource;
  /** The receiver's address. */
  readonly url: string;
  readonly genuineBody: Uint8Array;
  /** Sends a forgery that names this address of a key. */
  readonly send: (foreignKeyUrl: string) => Promise<DeliveryEnded | null>;
  readonly isAccepted: (event: DeliveryEnded) => boolean;
}

/** Offers a key on the loopback to a receiver, and judges its reaction; null where it does not fetch the key, so that its answers decide. */
export async function tryForeignKeys({ source, url, genuineBody, send, isAccepted }: KeyOffer): Promise<Judged | null> {
  if (!isLoopback(new URL(url).hostname)) {
    const reason = 'the receiver is not on this machine, so that no key can be offered to it';
    return { symptom: 'unknown', verdict: 'not_judged', reason };
  }
  const key = await offerKey(source, namedKeyUrl(source.provider, genuineBody));
  const ended: DeliveryEnded[] = [];
  try {
    for (const foreignKeyUrl of key.urls) {
      const event = await send(foreignKeyUrl);
      if (event) ended.push(event);
    }
    return judgeFetched(ended.find(isAccepted), key.visits());
  } finally {
    await key.close();
  }
}

/** Judges the case for a receiver that fetched the key; null for one that did not, whose answers decide. */
function judgeFetched(accepted: DeliveryEnded | undefined, visits: number): Judged | null {
  if (visits === 0) return null;
  if (accepted)
    return {
      symptom: 'accepted',
      verdict: 'finding',
      reason: `accepted with ${accepted.attempts.at(-1)!.status}; it fetched the key of the forger`,
    };
  const reason = 'rejected, but it fetched the key from the address that the forgery names';
  return { symptom: 'fetched', verdict: 'finding', reason };
}

/** The address of the key that a header or a body names; empty for none. */
function namedKeyUrl(provider: Provider, body: Uint8Array): string {
  const { keyUrl } = provider;
  if (!keyUrl) return '';
  if ('header' in keyUrl) {
    const [, spec] = provider.headers.find(([name]) => name.toLowerCase() === keyUrl.header.toLowerCase()) ?? [];
    return typeof spec === 'string' ? spec : '';
  }
  return readPayload(body, provider.dialect).textsAt(parsePath(keyUrl.at))[0] ?? '';
}

/** A forger's key, served on the loopback. */
interface OfferedKey {
  /** Addresses of it, each made for another kind of careless look at an address. */
  readonly urls: readonly string[];
  /** Returns the number of connections so far. */
  readonly visits: () => number;
  close(): Promise<void>;
}

/** Serves the certificate of the key pair with which the forgery is signed. `named` is the address that genuine deliveries name. */
async function offerKey({ provider, secrets, random }: CaseSource, named: string): Promise<OfferedKey> {
  const { createServer } = await import('node:http');
  const kind = Object.values(provider.signatures).flatMap((options) => keyPairKind(options) ?? [])[0]!;
  const pem = certificate(kind, anotherPrivateKey(kind, secrets[0]!.value), provider.title);
  let visits = 0;
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/x-pem-file', Connection: 'close' }).end(pem);
  });
  server.on('connection', () => visits++);
  server.on('clientError', (_, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { hostname, pathname } = readUrl(named) ?? new URL('https://example.com/key.pem');
  // Receivers that cache keys by their path have none for this one.
  const path = `${random.uint32().toString(16)}/${hostname}${pathname}`;
  return {
    // Over https the connection alone shows that the key was asked for.
    urls: [`http://${host}/${path}`, `https://${host}/${path}`, `https://${hostname}@${host}/${path}`],
    visits: () => visits,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
