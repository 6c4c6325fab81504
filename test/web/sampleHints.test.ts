import { expect, it } from 'vitest';
import { toJson } from '../../src/json/value.js';
import { sampleHints } from '../../src/web/sampleHints.js';

it('knows of each place of the samples what stands there', () => {
  const hints = sampleHints([
    toJson({
      status: 'paid',
      items: [
        { id: 'a', tax: null },
        { id: 'b', tax: 2 },
      ],
      live: true,
    }),
    toJson({ status: 'failed', items: [], live: true, reason: 'x'.repeat(50) }),
  ]);
  expect(hints).toEqual([
    { path: 'status', types: ['string'], values: ['paid', 'failed'] },
    { path: 'items', types: ['array'], values: [] },
    { path: 'items[]', types: ['object'], values: [] },
    { path: 'items[].id', types: ['string'], values: ['a', 'b'] },
    { path: 'items[].tax', types: ['null', 'number'], values: ['null', '2'] },
    { path: 'live', types: ['boolean'], values: [] },
    { path: 'reason', types: ['string'], values: [] },
  ]);
});
