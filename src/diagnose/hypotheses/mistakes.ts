import type { Mistake } from '../hypothesis.js';

/** Mistakes that show in the text or place of a signature, and not in how it was computed. */
export const textMistakes = {
  prefixMissing: {
    name: 'signature-prefix-missing',
    title: 'without what {provider} puts around it ({form})',
    change: {
      signature: 'The header should read {form}. Which program or proxy rewrote it?',
      computed: "Put what is around it on, or cut it off the header: {provider}'s form is {form}.",
    },
  },
  caseChanged: {
    name: 'signature-case-changed',
    title: 'with its letter case changed',
    change: {
      signature: 'Base64 means something else in another letter case. What makes header values lower case on the way?',
      computed: 'Base64 means something else in another letter case: remove toLowerCase() or toUpperCase().',
    },
  },
  cut: {
    name: 'signature-cut',
    title: 'cut off after {detail} of its {whole} bytes',
    change: {
      signature: 'The end of the header value was lost. Is it cut by a database column, a log or a proxy?',
      computed: 'Your receiver compares only the beginning. Compare the whole value.',
    },
  },
  otherHeader: {
    name: 'header-other',
    title: 'the header {header}',
    change: {
      signature: "Read {header}, or find out what renamed {provider}'s {own} on the way (a proxy, CGI or WSGI names).",
      computed: 'Read {own}.',
    },
  },
  headersRenamed: {
    name: 'headers-renamed',
    title: 'headers of other names ({detail}), under which all that {provider} sends is there',
    change: {
      signature:
        'Read them by these names, or find out what renamed them: CGI, WSGI and PHP have HTTP_X_… for X-…, some proxies underscores or another prefix, and Svix sends svix-… for webhook-….',
      computed:
        'Read the headers by the names under which they come: {detail}. CGI, WSGI and PHP have HTTP_X_… for X-…, and Svix sends svix-… for webhook-….',
    },
  },
  oneHeaderMissing: {
    name: 'header-one-missing',
    title: 'the header {header} alone, and fits there; {own} did not come',
    change: {
      signature:
        'A receiver that verifies {header} accepts this request, one that reads {own} does not: was {own}, which {provider} sends as well, left out of the capture, or does a proxy drop it?',
      computed: 'Read {header}, or find out what drops {own}.',
    },
  },
  headerDoubled: {
    name: 'header-doubled',
    title: 'one of several {header} headers',
    change: {
      signature: 'Reject a request with two of them, and find out what adds the other.',
      computed: 'Read {own} only where there is one.',
    },
  },
  otherScheme: {
    name: 'provider-scheme',
    title: "the signature of {other}'s scheme",
    change: {
      signature: "Is this {other}'s request? Try webhook-sim verify {otherName}.",
      computed: 'Your receiver verifies as {other} does. {provider} signs {content} with {algorithm}, in {expected}.',
    },
  },
  otherProvider: {
    name: 'provider-other',
    title: "{other}'s by all that can be seen: its header {header} fits with {secret}",
    change: {
      signature: 'Is it the right endpoint? Verify with webhook-sim verify {otherName}.',
      computed: 'Is it the right endpoint? Verify with webhook-sim verify {otherName}.',
    },
  },
  tooOld: {
    name: 'time-old',
    title: '{detail} ago, which is more than the {tolerance} that receivers allow',
    change: {
      signature:
        'The signature is right, but the request is old: a receiver rejects it as replayed. If it was fresh when it came, give that time with {option:now}; else set the clock of the receiver, or look for what held the request up.',
      computed: '',
    },
  },
  tooNew: {
    name: 'time-future',
    title: '{detail} in the future, which is more than the {tolerance} that receivers allow',
    change: {
      signature:
        'The signature is right, but its time is yet to come: set the clocks (NTP) of the sender and of the receiver, or give the time at which it came with {option:now}.',
      computed: '',
    },
  },
  rightValue: {
    name: 'computed-right',
    title: "the right value, and the header's signature is it too",
    change: {
      signature: '',
      computed:
        'Look at the comparison: both texts of one form ({form}), in one encoding ({expected}), as crypto.timingSafeEqual(Buffer.from(a), Buffer.from(b)) has it, and the header read by its name (in Node in lower case). If that is right, something else rejects the request.',
    },
  },
  rightValueOtherSignature: {
    name: 'computed-right-header-wrong',
    title: "the right value for this body and secret, but the header's signature is another",
    change: {
      signature: '',
      computed: 'Not the receiver is wrong, but the request or the secret: run the same without {option:computed}.',
    },
  },
} as const satisfies Record<string, Mistake>;
