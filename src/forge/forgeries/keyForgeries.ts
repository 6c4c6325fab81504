import type { Forgery } from '../../core/forgery.js';

/** Forgeries without a signature, or signed with another key. */
export const keyForgeries = [
  {
    name: 'no-signature',
    requires: 'nothing',
    title: 'without the signature header',
    change: { stage: 'header', is: 'missing' },
  },
  {
    name: 'no-signature-object',
    requires: 'nothing',
    title: 'without the object of the body that holds the signature',
    change: { stage: 'header', is: 'object missing' },
  },
  {
    name: 'empty-signature',
    requires: 'nothing',
    title: 'with an empty signature',
    change: { stage: 'header', is: 'empty' },
  },
  {
    name: 'wrong-secret',
    requires: 'nothing',
    title: 'signed with another secret',
    change: { stage: 'secret', with: 'another' },
  },
  {
    name: 'empty-secret',
    requires: 'nothing',
    title: 'signed with the empty secret',
    change: { stage: 'secret', with: { text: '' } },
  },
  {
    name: 'undefined-secret',
    requires: 'nothing',
    title: 'signed with the text "undefined"',
    change: { stage: 'secret', with: { text: 'undefined' } },
  },
  {
    name: 'null-secret',
    requires: 'nothing',
    title: 'signed with the text "null"',
    change: { stage: 'secret', with: { text: 'null' } },
  },
  {
    name: 'none-secret',
    requires: 'nothing',
    title: 'signed with the text "None"',
    change: { stage: 'secret', with: { text: 'None' } },
  },
  {
    name: 'nil-secret',
    requires: 'nothing',
    title: 'signed with the text "<nil>"',
    change: { stage: 'secret', with: { text: '<nil>' } },
  },
  {
    name: 'object-secret',
    requires: 'nothing',
    title: 'signed with the text "[object Object]"',
    change: { stage: 'secret', with: { text: '[object Object]' } },
  },
  {
    name: 'blank-secret',
    requires: 'nothing',
    title: 'signed with a space',
    change: { stage: 'secret', with: { text: ' ' } },
  },
  {
    name: 'zero-secret',
    requires: 'nothing',
    title: 'signed with 32 zero bytes',
    change: { stage: 'secret', with: { text: '\0'.repeat(32), isKey: true } },
  },
  {
    name: 'sample-secret',
    requires: 'nothing',
    title: "signed with webhook-sim's public sample secret",
    change: { stage: 'secret', with: 'sample' },
  },
  {
    name: 'foreign-certificate',
    requires: 'nothing',
    title: 'signed with another key pair, whose certificate is elsewhere',
    // Nothing listens there: receivers must reject it before they fetch anything.
    change: { stage: 'foreign key', url: 'http://127.0.0.1:9/webhook-sim.pem' },
  },
] as const satisfies readonly Forgery[];
