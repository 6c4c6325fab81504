import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openUi } from './uiServer.js';

const ask = '/api/hints?provider=acme&event=order.paid';
const specification = (status: object) =>
  JSON.stringify({
    openapi: '3.1.0',
    webhooks: {
      order_paid: {
        post: {
          requestBody: {
            content: { 'application/json': { schema: { type: 'object', properties: { status } } } },
          },
        },
      },
    },
  });

const project = (spec: string, more: Readonly<Record<string, string>> = {}) => ({
  'webhook-sim.config.yaml': 'providers: webhooks\n',
  'webhooks/acme/provider.yaml': `name: acme\nspec: ${spec}\nheaders: { Content-Type: application/json }\n`,
  'webhooks/acme/events/order.paid.json': '{"status":"paid"}',
  'webhooks/acme/events/order.lost.json': '{"status":"lost"}',
  ...more,
});

it('reads the specification of a provider when its hints are asked for, and again once it is another one', async () => {
  const ui = await openUi({
    files: project('../../api.json', { 'api.json': specification({ enum: ['open', 'paid'] }) }),
  });
  expect((await ui.get('/api/sample?provider=acme&event=order.paid')).json.isSpecified).toBe(true);
  const status = { path: 'status', types: [], format: null, values: ['open', 'paid'], description: null };
  expect((await ui.get(ask)).json).toEqual({
    specification: 'api.json',
    fields: [{ ...status, isRequired: false }],
  });
  writeFileSync(join(ui.cwd, 'api.json'), specification({ type: 'string', description: 'State of the order.' }));
  expect((await ui.get(ask)).json.fields).toMatchObject([{ types: ['string'], description: 'State of the order.' }]);
  expect((await ui.get('/api/hints?provider=acme&event=order.lost')).json.fields).toEqual([]);
  rmSync(join(ui.cwd, 'api.json'));
  const { status: code, json } = await ui.get(ask);
  expect([code, json.error.message]).toEqual([
    400,
    expect.stringContaining("spec: api.json can't be read, or is no OpenAPI document"),
  ]);
  expect((await ui.get('/api/hints?provider=stripe&event=charge.failed')).json).toBeNull();
  expect((await ui.get('/api/sample?provider=stripe&event=charge.failed')).json.isSpecified).toBe(false);
});

it('reads no specification of more than 4 MiB', async () => {
  const large = specification({ description: 'x'.repeat(4 * 1024 * 1024) });
  const ui = await openUi({ files: project('../../api.json', { 'api.json': large }) });
  const { json } = await ui.get(ask);
  expect(json.error.message).toBe('api.json: it is larger than 4 MiB.');
});
