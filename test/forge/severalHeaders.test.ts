import { expect, it } from 'vitest';
import { findForgery } from '../../src/forge/forgeries.js';
import { inapplicableReason } from '../../src/forge/inapplicableReason.js';
import { completeProvider } from '../../src/providers/complete.js';

const described = (header: object) =>
  completeProvider({
    name: 'acme',
    headers: header as Record<string, string>,
    signatures: { it: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'hex' } },
    events: ['order.paid'],
  });
const numbered = described({ 'X-Signature-{number}': { value: '{it}', on: 'each secret' } });
const single = described({ 'X-Signature': '{it}' });

it.each(['false-header-first', 'false-header-last'])(
  '%s is no forgery where each secret has a header of its own',
  (name) => {
    expect(inapplicableReason(findForgery(name), numbered)).toBe(
      'it sends a header for each secret, of which one has to be right',
    );
    expect(inapplicableReason(findForgery(name), single)).toBeNull();
    expect(inapplicableReason(findForgery('wrong-header'), numbered)).toBeNull();
  },
);
