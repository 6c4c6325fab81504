import type { Hypothesis } from '../hypothesis.js';

/** Changes to the text of a signature, each with its reversal. */
export const signatureTexts: readonly Hypothesis<string, string>[] = [
  {
    name: 'signature-whitespace',
    title: 'with white space in it',
    change: {
      signature: 'Trim the header value before you compare it.',
      computed:
        "Your receiver's value has white space in or around it (Ruby's Base64.encode64 and openssl add newlines: strict_encode64, -A).",
    },
    variants: (text) => [{ value: text.replace(/\s+/g, '') }],
  },
  {
    name: 'signature-quoted',
    title: 'in quotes',
    change: {
      signature: 'The quotes are not part of the signature: remove them before you compare.',
      computed: "Your receiver's value has quotes around it (JSON.stringify, repr, b'…'): compare the bare text.",
    },
    variants: (text) => {
      const inner = /^\s*b?(["'`])(.+)\1\s*$/s.exec(text)?.[2];
      return inner === undefined ? [] : [{ value: inner }];
    },
  },
  {
    name: 'signature-percent-encoded',
    title: 'percent-encoded',
    change: {
      signature: 'The header value is percent-encoded (%3D for =): decodeURIComponent it before you compare.',
      computed: "Your receiver's value is percent-encoded: compare it without encodeURIComponent.",
    },
    variants: (text) => {
      try {
        return /%[0-9a-f]{2}/i.test(text) ? [{ value: decodeURIComponent(text) }] : [];
      } catch {
        return [];
      }
    },
  },
  {
    name: 'signature-spaces-for-plus',
    title: 'with spaces in place of +',
    change: {
      signature: 'The header value went through form decoding, which makes + a space. Take it from the raw header.',
      computed: "Your receiver's value went through form decoding, which makes + a space.",
    },
    variants: (text) => (/\S \S/.test(text) ? [{ value: text.trim().replaceAll(' ', '+') }] : []),
  },
  {
    name: 'signature-prefix',
    title: 'with text before it ("{detail}")',
    change: {
      signature: 'Cut off "{detail}", which stands before the signature.',
      computed: "Your receiver's value has text before it. {provider}'s form is {form}.",
    },
    variants: (text) => {
      const prefix = /^\s*[A-Za-z][A-Za-z0-9-]{0,19}(?:[=:,]\s*|\s+)/.exec(text)?.[0];
      const rest = prefix === undefined ? '' : text.slice(prefix.length);
      return prefix !== undefined && rest.length > 15 ? [{ value: rest, detail: prefix.trim() }] : [];
    },
  },
];
