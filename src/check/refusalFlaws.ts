import type { FlawRule } from './flawRule.js';
import { unsignedNames } from './unsignedCases.js';

const again = 'A provider takes 5xx and silence as an outage: it sends again for days, and may disable the webhook.';
/** Deliveries without any signature. */
const unsigned = [...unsignedNames, 'named-none'];
const otherLengths = [
  ...unsigned,
  'empty-signature',
  'truncated-*',
  'signature-tail',
  'longer-signature',
  'suffixed-signature',
  'respelled-signature',
  'wrong-encoding',
  'sha1',
  'md5',
  'named-sha1',
  'wildcard-*',
  'wrong-header',
  'false-header-*',
];

/** Forgeries that were not accepted, but not refused with 4xx either. */
export const refusalFlaws: readonly FlawRule[] = [
  {
    name: 'forgeries-answered-5xx',
    title: 'Forgeries are answered with 5xx in place of 401',
    why: again,
    fix: 'Catch what verifying throws, or do not throw: answer 401 where the signature is wrong.',
    most: 'crashed',
    all: { crashed: ['random-signature'] },
    explains: { crashed: ['must-refuse', 'respelled-signature'] },
  },
  {
    name: 'forgeries-dropped',
    title: 'Forgeries get no answer: the connection is closed',
    why: `${again} Where an exception is the reason, each forgery costs a worker.`,
    fix: 'Answer 401 where the signature is wrong; catch what verifying raises (assert does), and do not destroy the connection.',
    most: 'dropped',
    all: { dropped: ['random-signature'] },
    explains: { dropped: ['must-refuse', 'respelled-signature'] },
  },
  {
    name: 'forgeries-hang',
    title: 'Forgeries are never answered',
    why: `${again} Each forgery keeps a connection open, until there are none left.`,
    fix: 'if (!valid) return; ends the handler without an answer. Write: return res.status(401).end().',
    most: 'hung',
    explains: { hung: ['must-refuse', 'respelled-signature'] },
  },
  {
    name: 'forgeries-redirected',
    title: 'Forgeries are redirected, not refused',
    why: 'Some senders follow, most count it as a failure of the receiver; a redirect to a login page says that the route is behind the wrong middleware.',
    fix: 'Answer 401 on this route; take it out of the session or login middleware.',
    any: { redirected: ['must-refuse'] },
    explains: { redirected: ['must-refuse'] },
  },
  {
    name: 'crash-on-bad-length',
    title: 'A signature of another length brings the handler down',
    why: `${again} Anybody can cause it.`,
    fix: 'crypto.timingSafeEqual throws for buffers of different length, and Buffer.from for undefined: compare the lengths first, and answer 401.',
    all: { crashed: ['truncated-to-8'] },
    any: { crashed: ['longer-signature', 'truncated-to-1', 'truncated-signature'] },
    explains: { crashed: otherLengths, hung: otherLengths },
  },
  {
    name: 'crash-on-missing-header',
    title: 'A request without a signature brings the handler down',
    why: `${again} Every scanner sends requests without one.`,
    fix: "The header is used before it is known to be there: if (typeof request.headers['{lowerHeader}'] !== 'string') return res.status(401).end().",
    any: { crashed: ['no-signature'], hung: ['no-signature'] },
    explains: {
      crashed: [...unsigned, 'wrong-header', 'empty-signature'],
      hung: [...unsigned, 'wrong-header', 'empty-signature'],
    },
  },
  {
    name: 'crash-on-empty-signature',
    title: 'An empty signature brings the handler down',
    why: `${again} Anybody can cause it.`,
    fix: "Treat '' like a missing header: answer 401.",
    any: { crashed: ['empty-signature'], hung: ['empty-signature'] },
    explains: { crashed: ['empty-signature'], hung: ['empty-signature'] },
  },
  {
    name: 'crash-on-two-headers',
    title: 'Two signature headers bring the handler down',
    why: `${again} Anybody can cause it.`,
    fix: 'Expect a list, or a text with a comma, where {header} came twice; answer 401.',
    any: { crashed: ['false-header-*'], hung: ['false-header-*'] },
    explains: { crashed: ['false-header-*'], hung: ['false-header-*'] },
  },
  {
    name: 'crash-on-forgery',
    title: 'Some forgeries bring the handler down',
    why: `${again} Anybody can cause it.`,
    fix: 'Verify before anything else, and catch what verifying throws; answer 401.',
    any: { crashed: ['must-refuse', 'respelled-signature'], hung: ['must-refuse', 'respelled-signature'] },
    explains: { crashed: ['must-refuse', 'respelled-signature'], hung: ['must-refuse', 'respelled-signature'] },
  },
];
