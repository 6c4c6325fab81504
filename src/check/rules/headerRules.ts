import { joinAdvice, languageNote } from '../adviceText.js';
import type { FindingRule } from './findingRule.js';
import { unsigned } from './proofGroups.js';

const types = ['unsigned-text', 'unsigned-form', 'unsigned-untyped', 'unsigned-gzip'];
const methods = ['unsigned-put', 'unsigned-patch', 'unsigned-delete', 'unsigned-get'];
const anybody = 'Anybody who knows the address can send events that the provider never sent.';

const sentTwice = joinAdvice(
  'Answer 401 where a header that carries the signature ({header}) came more than once.',
  languageNote({
    javascript: 'request.rawHeaders has each of them.',
    python: 'headers.get_all(name) or headers.getlist(name) has each of them.',
    go: 'r.Header.Values(name) has each of them.',
    java: 'request.getHeaders(name) has each of them.',
  }),
);

/** Rules for accepted forgeries that show whether, and where, the receiver looks for a signature. */
export const headerRules: readonly FindingRule[] = [
  {
    name: 'unverified-content-type',
    title: 'Only JSON is verified: as another media type or encoding anything is accepted',
    why: `${anybody} They choose another Content-Type, or none.`,
    fix: 'Verify what comes on this route whatever its content type, or answer 415; a check that is skipped where there is no raw body is none.',
    any: { accepted: types },
    none: { accepted: ['no-signature'] },
    explains: { accepted: types },
  },
  {
    name: 'unverified-method',
    title: ({ provider }) => `Only ${provider.method} is verified: with another method anything is accepted`,
    why: `${anybody} They use another method than the provider.`,
    fix: joinAdvice(
      ({ provider }) => `Answer 405 to every method but ${provider.method}.`,
      languageNote({ javascript: 'In Express a route for one method, not app.all() or app.use().' }),
    ),
    any: { accepted: methods },
    none: { accepted: ['no-signature'] },
    explains: { accepted: methods },
  },
  {
    name: 'missing-header-accepted',
    title: 'Without a signature the signature is not verified',
    why: `${anybody} They leave {header} out.`,
    fix: joinAdvice(
      languageNote({ javascript: 'if (signature && !verify(signature)) lets what has no signature pass.' }),
      'Answer 401 where {header} is missing, as where it is wrong.',
    ),
    any: { accepted: ['no-signature', 'no-signature-object'] },
    explains: { accepted: [...unsigned, 'empty-signature', 'wrong-header'] },
  },
  {
    name: 'empty-signature-accepted',
    title: 'With an empty signature the signature is not verified',
    why: `${anybody} They leave the value of {header} empty.`,
    fix: 'Treat an empty signature like a missing one: answer 401.',
    all: { accepted: ['empty-signature'] },
    explains: { accepted: ['empty-signature', 'named-none'] },
  },
  {
    name: 'any-header-accepted',
    title: 'The signature is taken from other places, too',
    why: 'By itself no hole, but a proxy that removes or sets {header} no longer decides anything.',
    fix: 'Read the signature from {header} and from no other place.',
    any: { accepted: ['wrong-header', 'signature-in-query', 'signature-in-body', 'signature-in-header'] },
    explains: { accepted: ['wrong-header', 'signature-in-query', 'signature-in-body', 'signature-in-header'] },
  },
  {
    name: 'any-of-two-headers',
    title: 'Of two signatures one has to be right, whichever',
    why: 'By itself no hole, but two parts of a system may take two different ones for the signature.',
    fix: sentTwice,
    all: { accepted: ['false-header-first', 'false-header-last'] },
    explains: { accepted: ['false-header-*'] },
  },
  {
    name: 'first-of-two-headers',
    title: 'Of two signature headers the first one decides',
    why: 'A proxy or another part of the system may look at the last one.',
    fix: sentTwice,
    all: { accepted: ['false-header-last'] },
    explains: { accepted: ['false-header-last'] },
  },
  {
    name: 'last-of-two-headers',
    title: 'Of two signature headers the last one decides',
    why: 'A proxy or another part of the system may look at the first one.',
    fix: sentTwice,
    all: { accepted: ['false-header-first'] },
    explains: { accepted: ['false-header-first'] },
  },
];
