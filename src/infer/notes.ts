import type { Header } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import { holdsMask } from '../core/fingerprint.js';
import { checkHeader } from '../delivery/header.js';
import type { Description } from './describeScheme.js';
import type { FoundProof, LeftOutHeader } from './foundScheme.js';
import type { Material } from './material.js';
import type { Hit } from './search.js';

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
    /^(cf-.*|cdn-loop|x-amzn-.*|x-amz-cf-.*|cloudfront-.*|x-cloud-trace-context|x-appengine-.*|x-google-.*|fly-.*|x-vercel-(?!signature$).*|x-nf-.*|fastly-.*|x-azure-.*|x-arr-.*|x-envoy-.*|x-railway-.*|x-render-.*|rndr-id|x-heroku-.*|x-request-start|ngrok-.*|x-varnish)$/,
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
const maxHeaders = 200;
const longestValue = 8192;

/** Divides the headers of a request into the provider's own and those that only its way here has added. */
export function divideHeaders(headers: readonly Header[]): { own: Header[]; leftOut: LeftOutHeader[] } {
  const own: Header[] = [];
  const leftOut: LeftOutHeader[] = [];
  for (const [at, header] of headers.entries()) {
    const reason = at >= maxHeaders ? `there are more than ${maxHeaders}` : leftOutReason(header);
    if (reason === undefined) own.push(header);
    else leftOut.push({ name: header[0], reason });
  }
  return { own, leftOut };
}

function leftOutReason([name, value]: Header): string | undefined {
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

interface Found {
  readonly material: Material;
  readonly description: Description;
  readonly hits: readonly Hit[];
  readonly proofs: readonly FoundProof[];
  readonly dialects: readonly unknown[];
  readonly secrets: readonly string[];
}

/** Returns the uncertainties of a description, and what it can't express; a sentence each. */
export function notesOn({ material, description, hits, proofs, dialects, secrets }: Found): string[] {
  const { request, headers, body } = material;
  const notes: string[] = [];
  const proven = proofs.filter(({ certainty }) => certainty !== 'guessed');
  const keyed = proven.filter(({ secretAt }) => secretAt !== null);
  if (proofs.some(({ certainty }) => certainty === 'guessed')) {
    notes.push(
      secrets.length > 0
        ? 'None of the secrets makes anything in this request. What looks like a signature was guessed from its shape and is not proven.'
        : 'No secret was given, so the signature was guessed from its shape and is not proven.',
    );
  } else if (keyed.length === 0) {
    notes.push('Nothing in this request looks like a signature or holds a secret.');
  }
  const isCovered = hits.some(({ message }) => message?.components.includes('content-digest'));
  if (proven.some(({ options, secretAt }) => options?.scheme === 'digest' && secretAt === null) && !isCovered)
    notes.push('A plain hash of the body is no proof of where it comes from: anybody can make it.');
  const covered = hits
    .filter(({ secretAt }) => secretAt !== null)
    .flatMap(({ plan, message }) => [
      ...plan.parts.map((part) => (part.is === 'given' ? part.name : part.is)),
      ...(message?.components.includes('content-digest') ? ['hash'] : []),
    ]);
  if (
    keyed.some(({ options }) => options !== null) &&
    !covered.some((name) => ['body', 'hash', 'fields'].includes(name))
  )
    notes.push('The signature does not cover the body: whoever has one request can send any other body with it.');
  if (request.body.length === 0 && keyed.some(({ options }) => options !== null))
    notes.push('The body is empty, so this request can not show whether it is signed. Try one that has a body.');
  for (const name of description.cut)
    notes.push(`The header ${name} holds another signature that none of the secrets makes. It is left out.`);
  if (headers.length > 1 && headers.every(([name]) => name === name.toLowerCase()))
    notes.push(
      'All header names are in lower case, as HTTP/2 has them; the provider may write them otherwise over HTTP/1.1.',
    );
  if (body !== undefined && dialects.length === 0)
    notes.push(
      'No dialect writes this body byte for byte, so other samples may be laid out otherwise than the provider does.',
    );
  const times = Object.entries(description.values).filter(
    ([, spec]) =>
      spec.kind === 'field' && material.times.some(({ places }) => places.some((place) => place.name === spec.path)),
  );
  if (times.length > 0 && material.isForm)
    notes.push('The signed time stands in a form, so it is sent as the sample has it.');
  return notes;
}
