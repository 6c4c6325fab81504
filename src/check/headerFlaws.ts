import type { FlawRule } from './flawRule.js';
import { unsignedNames } from './unsignedCases.js';

/** Deliveries without any signature. */
const unsigned = [...unsignedNames, 'named-none'];
const types = ['unsigned-text', 'unsigned-form', 'unsigned-untyped', 'unsigned-gzip'];
const methods = ['unsigned-put', 'unsigned-patch', 'unsigned-delete', 'unsigned-get'];
const anybody = 'Anybody who knows the address can send events that the provider never sent.';

/** Forgeries that were taken as genuine: whether, and where, a signature is looked for. */
export const headerFlaws: readonly FlawRule[] = [
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
    title: 'Only POST is verified: with another method anything is accepted',
    why: `${anybody} They use another method in place of POST.`,
    fix: 'Answer 405 to every method but POST: app.post(), not app.all() or app.use().',
    any: { accepted: methods },
    none: { accepted: ['no-signature'] },
    explains: { accepted: methods },
  },
  {
    name: 'missing-header-accepted',
    title: 'Without a signature the signature is not verified',
    why: `${anybody} They leave {header} out.`,
    fix: 'if (signature && !verify(signature)) lets what has no signature pass. Write: if (!signature || !verify(signature)) return res.status(401).end().',
    all: { accepted: ['no-signature'] },
    explains: { accepted: [...unsigned, 'empty-signature', 'wrong-header'] },
  },
  {
    name: 'empty-signature-accepted',
    title: 'With an empty signature the signature is not verified',
    why: `${anybody} They leave the value of {header} empty.`,
    fix: "Treat '' like a missing header: if (!signature) return res.status(401).end().",
    all: { accepted: ['empty-signature'] },
    explains: { accepted: ['empty-signature', 'named-none'] },
  },
  {
    name: 'any-header-accepted',
    title: 'The signature is taken from other headers, too',
    why: 'By itself no hole, but a proxy that removes or sets {header} no longer decides anything.',
    fix: "Read request.headers['{lowerHeader}'] and no other header.",
    any: { accepted: ['wrong-header', 'signature-in-query', 'signature-in-body'] },
    explains: { accepted: ['wrong-header', 'signature-in-query', 'signature-in-body'] },
  },
  {
    name: 'any-of-two-headers',
    title: 'Of two signatures one has to be right, whichever',
    why: 'By itself no hole, but two parts of a system may take two different ones for the signature.',
    fix: 'Answer 401 where {header} came more than once or holds a comma.',
    all: { accepted: ['false-header-first', 'false-header-last'] },
    explains: { accepted: ['false-header-*'] },
  },
  {
    name: 'first-of-two-headers',
    title: 'Of two signature headers the first one decides',
    why: 'A proxy or another part of the system may look at the last one.',
    fix: 'Answer 401 where {header} came more than once: get_all in Python, rawHeaders in Node.js.',
    all: { accepted: ['false-header-last'] },
    explains: { accepted: ['false-header-last'] },
  },
  {
    name: 'last-of-two-headers',
    title: 'Of two signature headers the last one decides',
    why: 'A proxy or another part of the system may look at the first one.',
    fix: 'Answer 401 where {header} came more than once: rawHeaders in Node.js shows each.',
    all: { accepted: ['false-header-first'] },
    explains: { accepted: ['false-header-first'] },
  },
];
