import { forgeries } from '../forge/forgeries.js';
import type { CaseBody, CheckCase, Requirement } from './case.js';

/** What accepted forgeries have in common, by what somebody needs to make them. */
const whys: Record<Requirement, string> = {
  nothing: 'Anybody who knows the address can send events that the provider never sent.',
  'a delivery': 'Who has seen one genuine delivery, in a log or on the way, can make others of it.',
  'the secret': 'It holds a true signature, so it is no hole by itself, but the check is looser than it seems.',
};

interface RefuseOptions {
  readonly requires: Requirement;
  readonly fix: string;
  readonly why?: string;
  readonly body?: CaseBody;
  readonly more?: Partial<CheckCase>;
}

const refuse = (forge: string, { requires, fix, why, body, more }: RefuseOptions): CheckCase => ({
  name: forge,
  class: 'must-refuse',
  sent: forgeries.find(({ name }) => name === forge)!.title,
  why: why ?? whys[requires],
  fix,
  forge,
  requires,
  ...(body && { body }),
  ...more,
});

const whole =
  'Compare the whole signature with a constant-time function, after a check that it is there and of the same length: crypto.timingSafeEqual, hmac.compare_digest, hash_equals.';
const presence = 'Answer 401 at once where {header} is missing or empty, before anything else.';
const bytes = 'Compute the signature over all bytes of the body that came, and over nothing else.';
const secret = 'Stop at start-up where the secret is not set; never fall back to another text.';
const oneScheme = 'Accept only the algorithm that the provider documents.';
const oneHeader = 'Read {header} and no other header; answer 401 where it came more than once.';
const clock = 'Refuse a signed time that is more than five minutes from now.';

/** What a correct receiver refuses. Those that often bring a receiver down come first, one after the other. */
export const mustRefuse: readonly CheckCase[] = [
  refuse('no-signature', { requires: 'nothing', fix: presence, more: { alone: true } }),
  {
    ...refuse('no-signature', {
      requires: 'nothing',
      fix: 'Verify what comes on this route whatever its content type, or answer 415: a parser that reads only JSON leaves the check without a body.',
    }),
    name: 'unsigned-text',
    sent: 'without the signature header, as text/plain',
    wire: { is: 'content type', value: 'text/plain' },
  },
  {
    ...refuse('no-signature', {
      requires: 'nothing',
      fix: 'Answer 405 to every method but POST, or verify all of them: app.post(), not app.all() or app.use().',
    }),
    name: 'unsigned-put',
    sent: 'without the signature header, as PUT',
    wire: { is: 'method', method: 'PUT' },
    fine: [501],
    likeGenuine: true,
  },
  refuse('empty-signature', { requires: 'nothing', fix: presence, more: { alone: true } }),
  refuse('truncated-to-1', { requires: 'nothing', fix: whole, more: { alone: true } }),
  refuse('truncated-to-8', { requires: 'nothing', fix: whole }),
  refuse('truncated-signature', { requires: 'nothing', fix: whole }),
  refuse('signature-tail', { requires: 'nothing', fix: whole }),
  refuse('tampered-signature', { requires: 'nothing', fix: whole }),
  refuse('tampered-signature-end', { requires: 'nothing', fix: whole }),
  refuse('wrong-case-signature', { requires: 'the secret', fix: whole }),
  refuse('random-signature', { requires: 'nothing', fix: whole }),
  refuse('longer-signature', { requires: 'the secret', fix: whole }),
  {
    name: 'suffixed-signature',
    class: 'must-refuse',
    sent: 'the signature with other text behind it',
    why: whys['the secret'],
    fix: whole,
    wire: { is: 'suffixed signature' },
    requires: 'the secret',
    spelling: true,
  },
  refuse('wrong-secret', { requires: 'nothing', fix: secret }),
  refuse('empty-secret', { requires: 'nothing', fix: secret }),
  refuse('undefined-secret', { requires: 'nothing', fix: secret }),
  refuse('null-secret', { requires: 'nothing', fix: secret }),
  refuse('sample-secret', {
    requires: 'nothing',
    fix: 'Remove the sample secret from what is deployed: it is printed in the documents of webhook-sim.',
  }),
  refuse('unkeyed-hash', {
    requires: 'nothing',
    fix: 'Use HMAC with the secret; a plain hash can be made by anybody.',
  }),
  refuse('sha1', { requires: 'the secret', fix: oneScheme }),
  refuse('md5', { requires: 'the secret', fix: oneScheme }),
  refuse('wrong-encoding', { requires: 'the secret', fix: oneScheme, more: { warnOnly: true } }),
  refuse('tampered-body', { requires: 'a delivery', fix: bytes }),
  refuse('appended-byte', {
    requires: 'the secret',
    fix: bytes,
    why: 'What is verified is not what came; what is not verified can be changed.',
    more: { restringified: true },
  }),
  refuse('reserialised-body', {
    requires: 'the secret',
    fix: 'Hash the raw bytes of the body, not JSON.stringify of what was parsed from them.',
    why: 'What is verified is not what came, so genuine deliveries are refused as soon as their encoding differs.',
  }),
  refuse('other-event-signature', { requires: 'a delivery', fix: bytes }),
  {
    ...refuse('other-event-signature', { requires: 'a delivery', fix: bytes, more: { takesEarlierSignature: true } }),
    name: 'earlier-signature',
    sent: 'the valid signature of a delivery that was accepted before',
  },
  refuse('empty-body-signature', { requires: 'a delivery', fix: bytes }),
  refuse('first-kib-signature', { requires: 'a delivery', fix: bytes, body: { is: 'padded', toBytes: 4096 } }),
  refuse('wrong-header', { requires: 'the secret', fix: oneHeader }),
  refuse('false-header-first', { requires: 'the secret', fix: oneHeader }),
  refuse('false-header-last', { requires: 'the secret', fix: oneHeader, more: { spelling: true } }),
  refuse('stale-timestamp', { requires: 'a delivery', fix: clock }),
  refuse('future-timestamp', { requires: 'a delivery', fix: clock }),
  refuse('unsigned-timestamp', {
    requires: 'a delivery',
    fix: 'Put the time that the header tells into what is verified.',
  }),
];
