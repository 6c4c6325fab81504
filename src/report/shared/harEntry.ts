import type { Attempt, ReceivedResponse, Timing } from '../../core/attempt.js';
import { type Delivery, findHeader, framingHeaders, type Header } from '../../core/delivery.js';
import type { ResultEnded } from '../../core/suite.js';
import type { SuiteDelivery } from '../suite/suiteTotals.js';
import { bodyText } from './bodySize.js';
import { requestFacts } from './requestFacts.js';

/** One attempt as an entry of a HAR; what HAR has no place for is in `_webhookSim`. */
export function harEntry(result: ResultEnded, { ended, checkCase }: SuiteDelivery, attempt: Attempt): object {
  const { delivery, outcome, ok } = ended;
  const { suite, name, status } = result;
  const { id, provider, event, variant, forge } = delivery;
  const timings = harTimings(attempt.timing);
  const { ssl, ...spent } = timings;
  return {
    startedDateTime: attempt.startedAt,
    time: round(Object.values(spent).reduce((sum, ms) => sum + Math.max(0, ms), 0)),
    request: harRequest(delivery),
    response: harResponse(attempt),
    cache: {},
    timings,
    ...serverOf(attempt),
    comment: checkCase === null ? `${suite}: ${name}` : `${suite}: ${name}: ${checkCase}`,
    _webhookSim: {
      ...{ suite, case: name, checkCase, status, id, provider, event, variant, forge, outcome, ok },
      ...{ attempt: attempt.number, scheduledAtMs: attempt.scheduledAtMs, reused: attempt.timing.reused },
      error: attempt.error,
      ...(attempt.warnings && { warnings: attempt.warnings }),
    },
  };
}

/** The request with the headers that HTTP adds; secret values as fingerprints, and a body that is not UTF-8 as base64. */
export function harRequest(delivery: Delivery): object {
  const { method, url, body, framing } = delivery;
  const { host, searchParams } = new URL(url);
  const { headers, bytes } = requestFacts(delivery);
  const length = framingHeaders({ method, framing }, bytes);
  const type = findHeader(headers, 'content-type');
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: pairs([['host', host], ...headers, ...length]),
    queryString: pairs([...searchParams]),
    ...((length.length > 0 || type !== undefined) && {
      postData: { mimeType: type ?? 'application/octet-stream', ...encoded(body, false) },
    }),
    headersSize: -1,
    bodySize: bytes,
  };
}

/** Returns what was answered; status 0 and `_error`, as browsers write it, where nothing was. */
export function harResponse({ status, response, error }: Pick<Attempt, 'status' | 'response' | 'error'>): object {
  const headers = response?.headers ?? [];
  const mimeType = findHeader(headers, 'content-type') ?? 'x-unknown';
  return {
    status: status ?? 0,
    statusText: '',
    httpVersion: status === null ? '' : 'HTTP/1.1',
    cookies: [],
    headers: pairs(headers),
    content: {
      size: response?.decodedBytes ?? response?.bytes ?? 0,
      ...(response &&
        typeof response.decodedBytes === 'number' && { compression: response.decodedBytes - response.bytes }),
      mimeType,
      ...(response && encoded(response.body, response.truncated)),
      ...(response && contentRemark(response)),
    },
    redirectURL: findHeader(headers, 'location') ?? '',
    headersSize: -1,
    bodySize: response?.bytes ?? -1,
    ...(error && { _error: `${error.code}: ${error.message}` }),
  };
}

function contentRemark({ body, truncated, decodingProblem }: ReceivedResponse): { comment?: string } {
  const cut = truncated ? [`the first ${body.length} bytes`] : [];
  const raw = decodingProblem === undefined ? [] : [`as it came: ${decodingProblem}`];
  const remarks = [...cut, ...raw];
  return remarks.length > 0 ? { comment: remarks.join('; ') } : {};
}

/** HAR's phases: `connect` holds TLS too, what went before the connection is `blocked`, and the last three are never -1. */
function harTimings({ dnsMs, connectMs, tlsMs, sendMs, waitMs, receiveMs, totalMs }: Timing) {
  const known = [dnsMs, connectMs, tlsMs, sendMs, waitMs, receiveMs].reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
  return {
    blocked: round(Math.max(0, totalMs - known)),
    dns: round(dnsMs ?? -1),
    connect: connectMs === null ? -1 : round(connectMs + (tlsMs ?? 0)),
    ssl: round(tlsMs ?? -1),
    send: round(sendMs ?? 0),
    wait: round(waitMs ?? 0),
    receive: round(receiveMs ?? 0),
  };
}

function serverOf({ remoteAddress }: Attempt): { serverIPAddress?: string } {
  const address = remoteAddress?.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return address ? { serverIPAddress: address.replace(/%.*/, '') } : {};
}

function encoded(body: Uint8Array, truncated: boolean): { text: string; encoding?: 'base64' } {
  const text = bodyText(body, truncated);
  return text === null ? { text: Buffer.from(body).toString('base64'), encoding: 'base64' } : { text };
}

function pairs(list: readonly Header[]): { name: string; value: string }[] {
  return list.map(([name, value]) => ({ name, value }));
}

/** Milliseconds with three decimals. */
function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
