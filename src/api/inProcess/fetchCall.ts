import type { Delivery, Header } from '../../core/delivery.js';
import type { Answered, Call } from './callTransport.js';

/** A handler in the style of the Fetch API, whatever other arguments it takes after the request. */
type Fetches = (request: Request, ...more: readonly unknown[]) => unknown;

/** Calls a handler with a `Request`; `more` are its further arguments. */
export function fetchCall(handler: Fetches, more: readonly unknown[]): Call {
  return (delivery, { signal }) => {
    const request = buildRequest(delivery, signal);
    return async () => answeredBy(await handler(request, ...more));
  };
}

/** The delivery as a receiver's platform hands it over: with the headers that HTTP itself adds. Names are in lower case by nature. */
function buildRequest({ url, method, headers, body, framing }: Delivery, signal: AbortSignal): Request {
  const fields = new Headers();
  for (const [name, value] of headers) fields.append(name, value);
  if (!fields.has('host')) fields.set('host', new URL(url).host);
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers: fields, signal });
  if (framing === 'chunked') {
    fields.set('transfer-encoding', 'chunked');
    return new Request(url, { method, headers: fields, signal, body: streamHalves(body), duplex: 'half' });
  }
  fields.set('content-length', String(body.length));
  return new Request(url, { method, headers: fields, signal, body });
}

/** Streams the body in two halves, as the transport sends a chunked one. */
function streamHalves(body: Uint8Array): ReadableStream<Uint8Array> {
  const half = Math.ceil(body.length / 2);
  return new ReadableStream({
    start(controller) {
      for (const piece of [body.slice(0, half), body.slice(half)]) if (piece.length > 0) controller.enqueue(piece);
      controller.close();
    },
  });
}

/** Returns the result, if it is a response; also one of another realm or library. */
function answeredBy(value: unknown): Answered | null {
  if (!isResponse(value)) return null;
  const headers = [...value.headers] as Header[];
  return { status: value.status, headers, body: (value.body ?? []) as Answered['body'] };
}

/** Returns whether a value has the members of a Fetch API response; `Response.error()` is none. */
export function isResponse(value: unknown): value is Response {
  if (typeof value !== 'object' || value === null) return false;
  const { status, headers, arrayBuffer } = value as Partial<Response>;
  return typeof status === 'number' && status >= 200 && typeof headers?.get === 'function' && !!arrayBuffer;
}
