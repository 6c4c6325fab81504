import type { ProxyPlace } from './proxy.js';

/** A proxy that could not be reached, or that did not do what it was asked; the message is the sentence for a person. */
export class ProxyFailure extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A proxy that answered in place of the target. */
export function rejection({ spot, asking, authorization }: ProxyPlace, status: number): ProxyFailure {
  if (status !== 407) {
    return new ProxyFailure('PROXY_REFUSED', `${spot.address} opened no way${asking.onward}: it answered ${status}`);
  }
  const sentence = authorization
    ? 'does not take the user name and password in its URL'
    : 'asks for a user name and password, which go into its URL';
  return new ProxyFailure('PROXY_AUTHENTICATION', `${spot.address} ${sentence}: it answered 407`);
}

const gatewayStatuses = new Set([407, 502, 504]);
const ownError = /^x-squid-error$/i;

/**
 * Whether an answer to a request that a proxy had to pass on is the proxy's own: by its status, or because it says so (Squid's header,
 * or `error=` in Proxy-Status, RFC 9209). A receiver behind a gateway of its own was not reached either.
 */
export function isOwnAnswer(status: number, rawHeaders: readonly Buffer[]): boolean {
  if (gatewayStatuses.has(status)) return true;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toString('latin1');
    if (ownError.test(name)) return true;
    if (/^proxy-status$/i.test(name) && /;\s*error=/i.test(rawHeaders[i + 1]!.toString('latin1'))) return true;
  }
  return false;
}
