import { expect, it } from 'vitest';
import { createDelivery, defineProvider, verifyAsync } from '../../src/index.js';

const acme = defineProvider({
  name: 'acme',
  dialect: 'form',
  eventAt: 'kind',
  headers: { 'X-Event': '{event}', 'X-Acme': '{signature}' },
  signatures: { signature: { scheme: 'custom', sign: ({ secret, event }) => `${secret}-${event}` } },
  events: ['a.made', 'b.made'],
});

it('the event of a form body is the one that is signed and verified', async () => {
  const { headers } = await createDelivery({ provider: acme, secret: 's', body: 'kind=b.made&x=1' });
  expect(headers).toEqual(
    expect.arrayContaining([
      ['X-Event', 'b.made'],
      ['X-Acme', 's-b.made'],
    ]),
  );
  const request = { provider: acme, secret: 's', body: 'kind=b.made&x=1', headers: [['X-Acme', 's-b.made']] as const };
  expect(await verifyAsync(request)).toMatchObject({ ok: true });
});
