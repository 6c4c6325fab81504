import type { Requirement } from '../../core/forgery.js';
import { type ForgeryName, forgeries } from '../../forge/forgeries.js';
import { type AdviceText, joinAdvice } from '../adviceText.js';
import { rawBody, wholeSignature } from '../schemeAdvice.js';
import type { CaseBody, CheckCase } from './case.js';

/** The risk of accepted forgeries, by the knowledge that they require. */
const whys: Record<Requirement, string> = {
  nothing: 'Anybody who knows the address can send events that the provider never sent.',
  'a delivery': 'Who has seen one genuine delivery, in a log or on the way, can make others of it.',
  'the secret': 'It holds a true signature, so it is no hole by itself, but the check is looser than it seems.',
};

interface RefuseOptions {
  readonly fix: AdviceText;
  readonly why?: string;
  readonly body?: CaseBody;
  readonly more?: Partial<CheckCase>;
}

const refuse = (forge: ForgeryName, { fix, why, body, more }: RefuseOptions): CheckCase => {
  const { title, requires } = forgeries.find(({ name }) => name === forge)!;
  return {
    name: forge,
    class: 'must-reject',
    sent: title,
    why: why ?? whys[requires],
    fix,
    forge,
    requires,
    ...(body && { body }),
    ...more,
  };
};

const presence = 'Answer 401 at once where {header} is missing or empty, before anything else.';
const bytes = joinAdvice(
  'Verify what this very request holds: no part of what is signed may be left out or kept from before.',
  rawBody,
);
const secret = 'Stop at start-up where the secret is not set; never fall back to another text.';
const oneScheme = 'Accept only what the provider documents: {scheme}.';
const oneHeader =
  'Read the signature from {header} and from no other place; answer 401 where such a header came more than once.';
const coverage =
  'Demand in your code what has to be covered, content-digest above all, and answer 401 where Signature-Input leaves any of it out.';
const anyMessage =
  'Who has any message that was signed with this key and covers less, can put its signature on events that the provider never sent.';
const digest =
  'Answer 401 where a header that Signature-Input names is missing, and compare Content-Digest with the body, always.';
const clock = 'Reject a signed time that is more than five minutes from now.';

/** Cases that a correct receiver rejects. Those that often bring a receiver down come first, one after the other. */
export const mustReject: readonly CheckCase[] = [
  refuse('no-signature', { fix: presence, more: { alone: true } }),
  refuse('no-signature-object', { fix: presence, more: { alone: true } }),
  refuse('empty-signature', { fix: presence, more: { alone: true } }),
  refuse('truncated-to-1', { fix: wholeSignature, more: { alone: true } }),
  refuse('truncated-to-8', { fix: wholeSignature }),
  refuse('truncated-signature', { fix: wholeSignature }),
  refuse('signature-tail', { fix: wholeSignature }),
  refuse('tampered-signature', { fix: wholeSignature }),
  refuse('tampered-signature-end', { fix: wholeSignature }),
  ...(
    ['tampered-signature-early', 'tampered-signature-middle', 'tampered-signature-late', 'permuted-signature'] as const
  ).map((forge) => refuse(forge, { fix: wholeSignature })),
  ...(['wildcard-star', 'wildcard-percent', 'wildcard-underscore', 'wildcard-pattern'] as const).map((forge) =>
    refuse(forge, { fix: joinAdvice('Do not use the received value as a pattern.', wholeSignature) }),
  ),
  refuse('wrong-case-signature', { fix: wholeSignature }),
  refuse('random-signature', { fix: wholeSignature }),
  refuse('longer-signature', { fix: wholeSignature }),
  {
    name: 'suffixed-signature',
    class: 'must-reject',
    sent: 'the signature with other text behind it',
    why: whys['the secret'],
    fix: wholeSignature,
    wire: { is: 'suffixed signature' },
    requires: 'the secret',
    spelling: true,
  },
  refuse('wrong-secret', { fix: wholeSignature }),
  refuse('empty-secret', { fix: secret }),
  refuse('undefined-secret', { fix: secret }),
  refuse('null-secret', { fix: secret }),
  ...(['none-secret', 'nil-secret', 'object-secret', 'blank-secret', 'zero-secret'] as const).map((forge) =>
    refuse(forge, { fix: secret }),
  ),
  refuse('sample-secret', {
    fix: 'Remove the sample secret from what is deployed: it is printed in the documents of webhook-sim.',
  }),
  refuse('unkeyed-hash', {
    fix: 'Accept only what the provider documents ({scheme}): a plain hash can be made by anybody.',
  }),
  refuse('sha1', { fix: oneScheme }),
  refuse('md5', { fix: oneScheme }),
  ...(['named-sha1', 'named-none', 'public-key-secret'] as const).map((forge) => refuse(forge, { fix: oneScheme })),
  refuse('uncovered-body', { fix: coverage, why: anyMessage }),
  refuse('uncovered-request', { fix: coverage, why: anyMessage }),
  refuse('stripped-digest', { fix: digest }),
  refuse('wrong-encoding', { fix: oneScheme }),
  refuse('tampered-body', { fix: bytes }),
  refuse('appended-byte', {
    fix: bytes,
    why: 'The bytes that are verified are not the bytes that were received; what is not verified can be changed.',
    more: { restringified: true },
  }),
  refuse('reserialised-body', {
    fix: rawBody,
    why: 'The bytes that are verified are not the bytes that were received, so genuine deliveries are rejected as soon as their encoding differs.',
  }),
  refuse('other-event-signature', { fix: bytes }),
  {
    ...refuse('other-event-signature', { fix: bytes, more: { takesEarlierSignature: true } }),
    name: 'earlier-signature',
    sent: 'the valid signature of a delivery that was accepted before',
  },
  refuse('empty-body-signature', { fix: bytes }),
  refuse('first-kib-signature', { fix: bytes, body: { is: 'padded', toBytes: 4096 } }),
  refuse('wrong-header', { fix: oneHeader }),
  refuse('false-header-first', { fix: oneHeader }),
  refuse('false-header-last', { fix: oneHeader, more: { spelling: true } }),
  ...(['only-weaker', 'only-weaker-false', 'only-stronger-false', 'stronger-false'] as const).map((forge) =>
    refuse(forge, { fix: 'Verify the stronger of the signatures, always: no other header takes its place.' }),
  ),
  {
    name: 'signature-in-query',
    class: 'must-reject',
    sent: 'the signature in the query, and not in its place',
    why: whys['the secret'],
    fix: oneHeader,
    wire: { is: 'signature in query' },
    requires: 'the secret',
    likeGenuine: true,
  },
  {
    name: 'signature-in-body',
    class: 'must-reject',
    sent: 'the signature in the body and in no header',
    why: whys['the secret'],
    fix: oneHeader,
    wire: { is: 'signature in body' },
    requires: 'the secret',
    likeGenuine: true,
  },
  {
    name: 'signature-in-header',
    class: 'must-reject',
    sent: 'the signature in a header and not in the body',
    why: whys['the secret'],
    fix: 'Read the signature from the field that the provider documents, and from no other place.',
    wire: { is: 'signature in header' },
    requires: 'the secret',
    likeGenuine: true,
  },
  refuse('unsigned-timestamp', {
    fix: 'Verify the signature over the time in the header together with the body.',
    more: { ofTime: true },
  }),
  refuse('stale-timestamp', { fix: clock, more: { ofTime: true } }),
  refuse('future-timestamp', { fix: clock, more: { ofTime: true } }),
  refuse('missing-timestamp', { fix: 'Answer 401 where the time is missing.', more: { ofTime: true } }),
  ...(['timestamp-in-seconds', 'timestamp-in-milliseconds', 'timestamp-in-microseconds'] as const).map((forge) =>
    refuse(forge, {
      fix: `Read the time in the unit that the provider documents, and no other. ${clock}`,
      more: { ofTime: true },
    }),
  ),
];
