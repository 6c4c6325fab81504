import { type AdviceFacts, joinAdvice, languageNote } from '../adviceText.js';
import { adviceForLimit } from '../answerAdvice.js';
import { failedAttempts, failedStatuses, gatewayAdvice } from '../describeFailure.js';
import { coversBody, rawBody } from '../schemeAdvice.js';
import type { FindingEvidence, FindingRule } from './findingRule.js';

const lost = 'Genuine deliveries are lost.';
const trouble = (...names: string[]) => ({ rejected: names, crashed: names, hung: names, redirected: names });

/** The statuses with which receivers reject a signature. */
const signatureStatuses = [400, 401, 403];
/** Prefers advice on a proxy's answer, or on a limit, to that of the case. */
const unlessProxy = (fix: string | ((facts: AdviceFacts) => string)) => (evidence: FindingEvidence) => {
  const statuses = failedStatuses(evidence.explained);
  const limit = statuses.length === 1 ? adviceForLimit(statuses[0]!) : null;
  return gatewayAdvice(statuses) ?? limit ?? joinAdvice(fix)(evidence);
};
const limits = languageNote({
  javascript: "In Express the option limit of the body's parser, in Fastify bodyLimit.",
  python: 'In Flask MAX_CONTENT_LENGTH, in Django DATA_UPLOAD_MAX_MEMORY_SIZE.',
  php: 'post_max_size in php.ini.',
  go: 'The limit of http.MaxBytesReader.',
});

/** Returns advice where large bodies are not accepted: a limit only where the answer shows one, or leaves nothing else. */
function largeBodies(evidence: FindingEvidence): string {
  const statuses = failedStatuses(evidence.explained);
  if (statuses.includes(413) || statuses.includes(400))
    return joinAdvice(
      'Raise the limit for the size of a body, at this route and in a proxy before it.',
      limits,
    )(evidence);
  const isSilent = failedAttempts(evidence.explained).every(({ error }) => error?.kind === 'timed_out');
  return (
    gatewayAdvice(statuses) ??
    (isSilent
      ? 'Find out in its log what the receiver does with a large body: no answer came in time.'
      : 'Read in the log of the receiver what it says of a large body: a limit, of the receiver or of a proxy before it, is likely.')
  );
}

/** Rules for genuine deliveries that were not accepted. */
export const genuineRules: readonly FindingRule[] = [
  {
    name: 'falls-over-under-load',
    title: 'Of 20 deliveries at once not all are accepted',
    why: `${lost} A sale or an import sends many events in one moment.`,
    fix: unlessProxy(
      'Put the event into a queue and answer; look for pools, locks and transactions that the handler waits for.',
    ),
    any: trouble('20-at-once'),
    explains: trouble('20-at-once'),
  },
  {
    name: 'rate-limited',
    title: 'The receiver limits the rate of deliveries',
    why: 'A sale or an import sends many events in one moment. The cases that met the limit could not be judged.',
    fix: 'Leave this route out of the rate limit, or check only a few cases at a time.',
    any: { limited: ['must-accept', 'must-reject', 'must-not-break'] },
    explains: { limited: ['must-accept', 'must-reject', 'must-not-break'] },
  },
  {
    name: 'reserialised-body',
    title: 'The body is parsed and reserialised before it is verified',
    why: 'That gives other bytes as soon as the provider writes a number, a space or a letter differently; then genuine deliveries are rejected.',
    fix: rawBody,
    appliesTo: coversBody,
    status: signatureStatuses,
    any: { rejected: ['dialect-pretty', 'dialect-python', 'dialect-ascii'] },
    none: { rejected: ['chunked', 'charset'] },
    explains: { rejected: ['dialect-*', 'padded-*', 'non-ascii', 'divided-character'] },
  },
  {
    name: 'first-chunk-only',
    title: 'Only the first part of the body is read',
    why: `${lost} Every body that comes in more than one piece is rejected.`,
    fix: joinAdvice(
      'Read the body to its end, in a loop: one read is not all of it.',
      languageNote({
        javascript: 'for await (const chunk of request) chunks.push(chunk), then Buffer.concat(chunks).',
        go: 'io.ReadAll(r.Body).',
      }),
    ),
    appliesTo: coversBody,
    all: { rejected: ['chunked', 'divided-character'] },
    any: { rejected: ['padded-*'] },
    explains: { rejected: ['chunked', 'divided-character', 'padded-*'] },
    status: [400, 401, 403, 422],
  },
  {
    name: 'wrong-charset-decoding',
    title: 'Bodies with letters beyond ASCII are rejected',
    why: `${lost} Each with a name such as Zoë in it.`,
    fix: joinAdvice('Letters beyond ASCII are other bytes by the time the body is verified.', rawBody),
    appliesTo: coversBody,
    status: signatureStatuses,
    all: { rejected: ['non-ascii'] },
    explains: { rejected: ['non-ascii', 'divided-character', 'event:*', 'dialect-*'] },
  },
  {
    name: 'no-chunked',
    title: 'Bodies in chunks, without Content-Length, are not taken',
    why: `${lost} Some senders and proxies send no Content-Length.`,
    fix: unlessProxy(
      joinAdvice(
        'Read the body to its end, and do not ask for Content-Length.',
        languageNote({ python: 'A WSGI program needs a server that sets wsgi.input_terminated, or that buffers.' }),
      ),
    ),
    any: trouble('chunked'),
    explains: trouble('chunked', 'divided-character'),
  },
  {
    name: 'chunks-decoded-apart',
    title: 'A body is not accepted where a letter is divided between two chunks',
    why: `${lost} At random, for each chunk that is made text for itself loses such a letter.`,
    fix: unlessProxy(
      joinAdvice(
        'Join the chunks as bytes, and make text of all of them at once.',
        languageNote({ javascript: 'chunks.push(chunk) and Buffer.concat(chunks), not body += chunk.' }),
      ),
    ),
    any: trouble('divided-character'),
    explains: trouble('divided-character'),
  },
  {
    name: 'case-sensitive-header-lookup',
    title: 'Header names are compared with regard to letter case',
    why: `${lost} As soon as a proxy or HTTP/2 writes the names in lower case.`,
    fix: unlessProxy(
      joinAdvice(
        'Look headers up ({header}) without regard to letter case.',
        languageNote({
          javascript: 'request.headers of Node.js has them in lower case.',
          python: 'request.headers.get(name) of a framework does so; dict(headers) does not.',
          go: 'r.Header.Get(name) does so; r.Header[name] does not.',
        }),
      ),
    ),
    any: trouble('lower-case-headers'),
    explains: trouble('lower-case-headers'),
  },
  {
    name: 'strict-content-type',
    title: 'Content-Type with a charset is rejected',
    why: `${lost} As soon as the provider's HTTP client adds the parameter.`,
    fix: unlessProxy('Compare the part of Content-Type before the semicolon, or take every type on this route.'),
    any: trouble('charset'),
    explains: trouble('charset'),
  },
  {
    name: 'unknown-fields-rejected',
    title: 'Fields that the schema does not know are rejected',
    why: 'Providers add fields without notice; then all events are rejected.',
    fix: unlessProxy(
      joinAdvice(
        'Let unknown members pass.',
        languageNote({
          javascript: 'No .strict() in zod, no additionalProperties: false in a JSON Schema.',
          python: 'extra="ignore" in pydantic.',
          go: 'No DisallowUnknownFields.',
          java: 'FAIL_ON_UNKNOWN_PROPERTIES off in Jackson.',
        }),
      ),
    ),
    any: trouble('unknown-fields'),
    explains: trouble('unknown-fields'),
  },
  {
    name: 'large-body-cut',
    title: 'Large bodies are rejected as forged: not all of them is verified',
    appliesTo: coversBody,
    why: `${lost} Those of large orders.`,
    fix: 'Look for what cuts the body before it is verified, such as a buffer of fixed size or one read, and verify all of it.',
    any: { rejected: ['padded-64k', 'padded-256k'] },
    status: [401, 403],
    explains: trouble('padded-*'),
  },
  {
    name: 'body-limit',
    title: 'Large bodies are not accepted',
    why: `${lost} Those of large orders.`,
    fix: largeBodies,
    any: trouble('padded-64k', 'padded-256k'),
    explains: trouble('padded-*'),
  },
  {
    name: 'duplicate-crash',
    title: 'The same delivery a second time brings the handler down',
    why: 'Providers send again what they think was lost; without an answer of 2xx, they go on.',
    fix: unlessProxy(
      'Expect an id that is known already (in a database ON CONFLICT DO NOTHING or its like), and answer 2xx.',
    ),
    any: { crashed: ['same-twice'], hung: ['same-twice'] },
    explains: { crashed: ['same-twice'], hung: ['same-twice'] },
  },
  {
    name: 'duplicate-rejected',
    title: 'The same delivery a second time is rejected',
    why: 'Providers send again what they think was lost; rejected, they go on and then disable the webhook.',
    fix: 'Answer 2xx to what was handled already.',
    any: { rejected: ['same-twice'], redirected: ['same-twice'] },
    explains: { rejected: ['same-twice'], redirected: ['same-twice'] },
  },
  {
    name: 'one-at-a-time',
    title: 'Deliveries are worked on one after the other',
    why: 'With enough of them at once the last ones run into the time limit of the provider.',
    fix: 'Look for what stands before the answer (a lock, a single connection, thread or process), or put the event into a queue and answer.',
    any: { queued: ['20-at-once'] },
    explains: { queued: ['20-at-once'] },
  },
  {
    name: 'slow',
    title: 'The answer takes long',
    why: 'A provider waits a few seconds at most, and sends again what was in work.',
    fix: 'Verify, put the event into a queue, answer 2xx, and work then.',
    any: { slow: ['plain-again'] },
    explains: { slow: ['plain-again'] },
  },
  {
    name: 'crash-on-unknown-event',
    title: 'An event that is not known brings the handler down',
    why: 'Providers add events; what is not answered with 2xx is sent again, and then the webhook may be disabled.',
    fix: unlessProxy(
      'Look first whether there is a handler for the name of the event, and answer 2xx where there is none.',
    ),
    any: { crashed: ['unknown-event'], hung: ['unknown-event'] },
    explains: { crashed: ['unknown-event'], hung: ['unknown-event'] },
  },
  {
    name: 'events-rejected',
    title: 'Some events of the provider are not accepted',
    why: 'What is rejected is sent again, and then the provider stops sending all.',
    fix: unlessProxy('Handle them, or answer 2xx and do nothing.'),
    any: trouble('event:*'),
    explains: trouble('event:*'),
  },
  {
    name: 'genuine-rejected',
    title: 'Some genuine deliveries are not accepted',
    why: lost,
    fix: unlessProxy(
      'Look at the named cases and at the log: what they have in common is what the receiver stumbles on.',
    ),
    any: trouble('dialect-*', 'non-ascii'),
    explains: trouble('dialect-*', 'non-ascii'),
  },
];
