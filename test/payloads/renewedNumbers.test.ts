import { expect, it } from 'vitest';
import type { IdentityGroup } from '../../src/core/provider.js';
import { seededRandom } from '../../src/core/random.js';
import { writeJson } from '../../src/json/dialect.js';
import { toJson } from '../../src/json/value.js';
import { compilePayload, fillPayload } from '../../src/payloads/compiled.js';
import { type Freshness, IdentityRenewal } from '../../src/payloads/identityRenewal.js';

const group: IdentityGroup = {
  name: 'order',
  title: 'An order',
  events: ['order.paid'],
  ids: [{ kind: 'ulid-lower', path: 'id', prefix: 'evt_', deduplicates: true }],
  times: ['unix-seconds', 'unix-millis', 'iso-offset'],
  eventTime: ['at'],
};
const order = {
  id: 'evt_01kewqz5b3a8m2c7v9d4x6h1tg',
  at: 1_768_357_867.937_144,
  created: 1_768_357_000,
  version: 1_768_357_000_123,
  local: '2026-01-14T09:31:07+07:00',
  amount: 4500,
  phone: 2_025_550_143,
  written: '1768357000',
};

/** The order as it is an hour later. */
function later(fresh: Freshness, hours = 1) {
  const sample = toJson(order);
  const bytes = Buffer.from(writeJson(sample, 'js'));
  const payload = compilePayload({ sample, bytes, identityGroup: group, fresh });
  const text = Buffer.from(fillPayload(payload, new IdentityRenewal(hours * 3_600_000, seededRandom(1)))).toString();
  return { eventTime: payload.eventTime, text, body: JSON.parse(text) as typeof order };
}

it('the time of an event may be a number; it is fresh in each delivery, and all other times keep their distance from it', () => {
  const { eventTime, body } = later('ids');
  expect(eventTime).toBe('1768357867.937144');
  expect(body.id).toMatch(/^evt_01k[0-9a-hjkmnp-tv-z]{23}$/);
  expect(body).toEqual({
    ...order,
    id: body.id,
    at: 1_768_361_467.937_144,
    created: 1_768_360_600,
    version: 1_768_360_600_123,
    local: '2026-01-14T10:31:07+07:00',
    written: '1768360600',
  });
});

it('times that count from 1970 move with the rest, and other numbers stay', () => {
  const { body, text } = later('all');
  expect(body).toEqual({
    ...order,
    id: body.id,
    at: 1_768_361_467.937_144,
    created: 1_768_360_600,
    version: 1_768_360_600_123,
    local: '2026-01-14T10:31:07+07:00',
    // The same instant as `created`, and so the same text.
    written: '1768360600',
  });
  expect(text).toHaveLength(JSON.stringify(order).length);
});

it('a number stays in its length where it ends in noughts', () => {
  const sample = toJson({ at: 1_768_357_867.5 });
  const bytes = Buffer.from(writeJson(sample, 'js'));
  const payload = compilePayload({ sample, bytes, identityGroup: { ...group, ids: [] }, fresh: 'ids' });
  expect(Buffer.from(fillPayload(payload, new IdentityRenewal(500, seededRandom(1)))).toString()).toBe(
    '{"at":1768357868.0}',
  );
});
