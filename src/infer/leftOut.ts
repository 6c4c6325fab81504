import type { Header } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import { holdsMask } from '../core/mask.js';
import { checkHeader } from '../delivery/header.js';
import type { LeftOutHeader } from './foundScheme.js';

/** Headers that are not the provider's own, the first that fits; lower case. */
const others: readonly (readonly [names: RegExp, reason: string])[] = [
  [
    /^(host|content-length|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect|proxy-.*|http2-settings)$/,
    'HTTP itself sets it',
  ],
  [/^(accept-encoding|content-encoding)$/, 'it is about the connection on which it was captured'],
  [
    /^(x-forwarded-.*|forwarded|x-real-ip|x-client-ip|true-client-ip|x-cluster-client-ip|via|x-original-.*|x-scheme|x-proto.*|front-end-https)$/,
    'a proxy or tunnel on the way adds it',
  ],
  [
    /^(cf-.*|cdn-loop|x-amzn-.*|x-amz-cf-.*|cloudfront-.*|x-cloud-trace-context|x-appengine-.*|x-google-.*|fly-.*|x-vercel-.*|x-nf-.*|fastly-.*|x-azure-.*|x-arr-.*|x-envoy-.*|x-railway-.*|x-render-.*|rndr-id|x-heroku-.*|x-request-start|ngrok-.*|x-varnish)$/,
    'the service behind which the receiver runs adds it',
  ],
  [
    /^(traceparent|tracestate|baggage|b3|x-b3-.*|sentry-trace|x-datadog-.*|uber-trace-id)$/,
    'it is for tracing, and another one each time',
  ],
  [
    /^(sec-.*|cookie|referer|origin|dnt|accept-language|pragma|cache-control|priority|upgrade-insecure-requests)$/,
    'browsers send it, or those who resend from one',
  ],
];

/** Headers of a request beyond which nothing is read. */
const mostHeaders = 200;
const longestValue = 8192;

/** Divides the headers of a request into the provider's own and those that only its way here has added. */
export function divideHeaders(headers: readonly Header[]): { own: Header[]; leftOut: LeftOutHeader[] } {
  const own: Header[] = [];
  const leftOut: LeftOutHeader[] = [];
  for (const [at, header] of headers.entries()) {
    const reason = at >= mostHeaders ? `there are more than ${mostHeaders}` : whyLeftOut(header);
    if (reason === undefined) own.push(header);
    else leftOut.push({ name: header[0], reason });
  }
  return { own, leftOut };
}

function whyLeftOut([name, value]: Header): string | undefined {
  const known = others.find(([names]) => names.test(name.toLowerCase()));
  if (known) return known[1];
  if (holdsMask(value)) return 'the capture has a mark in place of its value';
  if (value.length > longestValue) return `it is longer than ${longestValue} characters`;
  try {
    checkHeader(name, value);
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return 'it can not be sent as it stands in the capture';
    throw error;
  }
}
