import type { Delivery } from '../../core/delivery.js';
import { printable } from '../../core/printable.js';
import { requestFacts } from '../shared/requestFacts.js';

/** A delivery as its HTTP text for people to read: secrets masked, control characters shown as escapes. */
export function requestText(delivery: Delivery): string {
  const { host, pathname, search } = new URL(delivery.url);
  const { headers } = requestFacts(delivery);
  const body = Buffer.from(delivery.body).toString('utf8').split('\n').map(printable).join('\n');
  return [
    `${delivery.method} ${printable(pathname + search)} HTTP/1.1`,
    `host: ${host}`,
    ...headers.map(([name, value]) => `${name}: ${printable(value)}`),
    delivery.framing === 'chunked' ? 'transfer-encoding: chunked' : `content-length: ${delivery.body.length}`,
    '',
    body,
    '',
  ].join('\n');
}
