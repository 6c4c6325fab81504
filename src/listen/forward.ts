import type { AttemptError } from '../core/attempt.js';
import type { Delivery, Header } from '../core/delivery.js';
import type { Incoming } from '../core/listened.js';
import { maskAddress } from '../core/secretParameters.js';
import type { Transport } from '../transport/transport.js';
import type { WrittenAnswer } from './openServer.js';

/** The result of forwarding a request. */
export interface Forwarded {
  /** As people may see it. */
  readonly to: string;
  /** The answer for the sender: the target's, or 502 without one. */
  readonly reply: WrittenAnswer;
  readonly error: AttemptError | null;
}

/** Headers of one connection (RFC 9110, 7.6.1), and those that follow from the address and the body. */
const hopByHop = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'proxy-authorization', 'proxy-authenticate'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'expect', 'host', 'content-length'],
]);

/** The headers of an answer that are passed back. */
const handedBack = /^(?:content-type|retry-after|location|x-.*)$/i;

/** The target of forwarded requests. */
interface ForwardTarget {
  readonly url: string;
  /** Take the place of the sender's. */
  readonly credentials: readonly Header[];
  readonly timeLimitMs: number;
}

/** Sends the bytes of a request on to an address, with its own query behind it. */
export async function forwardTo(target: ForwardTarget, transport: Transport, request: Incoming): Promise<Forwarded> {
  const { timeLimitMs } = target;
  const to = maskAddress(target.url);
  const { response, status, error } = await transport.send(deliveryOf(request, target), timeLimitMs);
  if (error || status === null || response === null) {
    return { to, reply: { status: 502, headers: [], body: new Uint8Array() }, error };
  }
  const { body } = response;
  const headers = response.headers.filter(([name]) => handedBack.test(name));
  return { to, reply: { status, headers, body }, error: null };
}

function deliveryOf(request: Incoming, { url, credentials }: ForwardTarget): Delivery {
  const { search } = new URL(request.url);
  const own = new URL(url);
  const query = search === '' ? '' : own.search === '' ? search : search.replace('?', '&');
  const replaced = new Set([...hopByHop, ...credentials.map(([name]) => name.toLowerCase())]);
  const headers = [...request.headers.filter(([name]) => !replaced.has(name.toLowerCase())), ...credentials];
  return {
    id: String(request.number),
    provider: '',
    event: '',
    variant: null,
    forge: null,
    method: request.method,
    url: url + query,
    headers,
    body: request.body,
    framing: 'length',
    secretHeaders: [],
    secretParameters: [],
  };
}
