import type { FindingRule } from './findingRule.js';

const anybody = 'Anybody who knows the address can send events that the provider never sent.';
const sizes = ['unsigned-chunked', 'unsigned-101k', 'unsigned-1m'];
const ofEvents = ['unsigned-event:*', 'forged-event:*', 'unsigned-other-event', 'forged-other-event'];
const ofUnknown = ['unsigned-unknown-event', 'forged-unknown-event'];
const ofTests = ['unsigned-ping', 'unsigned-test'];
const before =
  'Verify the signature first, for every request on this route, and only then look at the name of the event.';

/** Rules for accepted forgeries that bypass the check of the signature. */
export const eventFindingRules: readonly FindingRule[] = [
  {
    name: 'size-decides',
    title: 'Whether a request is verified depends on how, or in what size, its body comes',
    why: `${anybody} They send the body in chunks, or make it large.`,
    fix: 'Read the whole body, whatever Content-Length says, and verify it; answer 413 to what is too large.',
    any: { accepted: sizes },
    none: { accepted: ['no-signature'] },
    explains: { accepted: sizes },
  },
  {
    name: 'events-unverified',
    title: 'Only some events are verified',
    why: `${anybody} They choose an event that is not.`,
    fix: before,
    any: { accepted: ofEvents },
    none: { accepted: ['no-signature', 'random-signature'] },
    explains: { accepted: [...ofEvents, ...ofUnknown, ...ofTests, 'foreign-event'] },
  },
  {
    name: 'test-events-unverified',
    title: 'Test events are accepted without a signature',
    why: 'Whoever knows the address can send them; what such an event starts, anybody starts.',
    fix: `Providers sign their test events, too. ${before}`,
    any: { accepted: ofTests },
    none: { accepted: ['no-signature', 'unsigned-unknown-event'] },
    explains: { accepted: ofTests },
  },
  {
    name: 'unknown-events-unverified',
    title: 'Events of an unknown name are accepted without a right signature',
    why: 'They are not worked on today; with the first handler for one of them, anybody can send it.',
    fix: before,
    any: { accepted: ofUnknown },
    none: { accepted: ['no-signature', 'random-signature'] },
    explains: { accepted: [...ofUnknown, ...ofTests, 'foreign-event'] },
  },
  {
    name: 'foreign-events-accepted',
    title: 'A delivery of another provider is accepted',
    why: `${anybody} They send what another provider sends, which is verified by nobody.`,
    fix: 'Answer 4xx to what is not from this provider, or verify it with the secret of the other provider.',
    all: { accepted: ['foreign-event'] },
    none: { accepted: ['no-signature'] },
    explains: { accepted: ['foreign-event'] },
  },
  {
    name: 'id-before-signature',
    title: 'The id of a delivery is looked up before its signature is verified',
    why: 'Whoever knows or guesses an id learns whether it came, or keeps the genuine event of that id from being worked on.',
    fix: 'Verify first; then look whether the id is known, and keep it only when the event is handled.',
    any: { accepted: ['known-id', 'coming-id'], rejected: ['coming-id'] },
    none: { accepted: ['random-signature', 'tampered-signature-middle'] },
    explains: { accepted: ['known-id', 'coming-id'], rejected: ['coming-id'] },
  },
  {
    name: 'verdict-shared',
    title: 'Concurrent requests share one verdict',
    why: `${anybody} They send at the moment at which the provider does; and genuine events are rejected when a forger sends.`,
    fix: 'Keep the state of a request in local variables of its handler: no global, and nothing that requests share.',
    any: { accepted: ['forged-among-genuine'], rejected: ['forged-among-genuine'] },
    none: { accepted: ['random-signature'], rejected: ['20-at-once'] },
    explains: { accepted: ['forged-among-genuine'], rejected: ['forged-among-genuine'] },
  },
  {
    name: 'secret-in-answer',
    title: 'A response reveals the secret, or the signature that would be accepted',
    why: 'A forger sends any body, reads the right signature in the answer, and sends the body again with it.',
    fix: 'Answer 401 with a fixed text. Write what was expected into no answer, also in development.',
    all: { leaked: ['secret-in-answer'] },
    explains: { leaked: ['secret-in-answer'] },
  },
];
