import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  changedPaths,
  expectGone,
  expectSameRelations,
  pathsLike,
  type Renewed,
  sampleText,
  sendSamples,
  timesIn,
} from '../support/renewed.js';

const conference = ['registration', 'publish', 'inventory_80', 'inventory_90', 'inventory_100', 'coupon'];
const giving = ['subscription', 'sms_subscription'];
const controls = ['test', 'ping'];
const events = [...conference, ...giving, ...controls];
const ticketspice = 'registration--ticketspice';
const conferenceIdentities = [
  ...['602117', '880017', '3376418', '743105', '902113', '9182744', '884120', '7704412', '1775748151464127571'],
  ...['1775748151470200000', 'ACM-1184062', '4XbQ9mTz0RwK'],
];
const givingIdentities = [
  ...['4412093', '518772', '886302', '346127', '518806', '887415', '350288', '1768242991292954807'],
  ...['1771622042310455002', 'ACM-1007344', 'ACM-1003961', '1HsG7tFa5QeV', '6ZuC2xMi9BoW'],
];
const ticketIdentities = [
  ...['605443', '884901', '9182744', '7781930', '9910071', '9910072', '1777745035120774310', '1777745035131000001'],
  ...['1777745035131000002', 'ACM-1052718', '8LdN3vKc6YpJ'],
];
const ids =
  /^(form|event)Id$|^data\.(.+\.)?(id|(l|formL)ookupId|(customer|coupon)Id|orderNumber|transactionReference)$|^data\.formId$/;
const times = /\.(date[A-Z]\w+|registrationTimestamp|(event|registration)(Start|End)|eventDate)$/;
const secret = '00112233445566778899aabbccddeeff';
const now = '2026-06-01T12:00:00Z';
const send = (names: readonly string[], ...flags: string[]) =>
  sendSamples('webconnex', names, [...flags, '--seed', '1', '--secret', secret]);

function expectRenewed(bodies: readonly Renewed[], gone: readonly string[]) {
  for (const body of bodies) {
    const expected = controls.includes(body.name) ? [] : pathsLike(new RegExp(`${ids.source}|${times.source}`), body);
    expect(changedPaths(body), body.name).toEqual(expected);
    expect(body.after.get('accountId')).toBe(5120);
    expect(body.after.get('meta.appKey')).toBe(body.name === 'test' ? undefined : 'sim-app-key');
  }
  expectSameRelations(bodies);
  expectGone([...gone, ...timesIn(bodies.map(({ sample }) => sample))], bodies);
}

/** The whole seconds that a nanosecond id holds, as its timestamp is written. */
const secondOf = (id: unknown) =>
  `${new Date(Math.floor(Number(BigInt(id as string) / 1_000_000n))).toISOString().slice(0, 19)}Z`;

describe('Webconnex', () => {
  it('sends the sample as compact text in the way of Go, signed in hex', async () => {
    const bodies = [...(await send(events, '--exact')), ...(await send([ticketspice], '--exact'))];
    expect(bodies.some(({ sample }) => sample.includes('&'))).toBe(true);
    for (const { name, request } of bodies) {
      const body = JSON.stringify(JSON.parse(sampleText('webconnex', name))).replaceAll('&', '\\u0026');
      expect(request.body.toString('utf8'), name).toBe(body);
      expect(request.headers.slice(2, 7)).toEqual([
        ['Content-Type', 'application/json'],
        ['User-Agent', 'Webconnex-Divvy'],
        ['X-Webconnex-Delivery', expect.stringMatching(/^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$/)],
        ['X-Webconnex-Event', JSON.parse(body).eventType],
        ['X-Webconnex-Signature', createHmac('sha256', secret).update(body).digest('hex')],
      ]);
      expect(request.headers).toHaveLength(8);
    }
    const hashes = bodies.slice(0, events.length).map(({ request }) => request.header('X-Webconnex-Delivery'));
    expect(new Set(hashes).size).toBe(events.length);
  });

  it('names in its header the event that the body tells, even where that was edited', async () => {
    const [renamed] = await send(['sms_subscription'], '--set', 'eventType=sms_donation');
    expect(renamed!.after.get('eventType')).toBe('sms_donation');
    expect(renamed!.request.header('X-Webconnex-Event')).toBe('sms_donation');
  });

  it('renews the ids and times of the group, and nothing else', async () => {
    const bodies = await send(events, '--fresh', 'all', '--now', now);
    expectRenewed(
      bodies.filter(({ name }) => conference.includes(name)),
      conferenceIdentities,
    );
    expectRenewed(
      bodies.filter(({ name }) => giving.includes(name)),
      givingIdentities,
    );
    expectRenewed(
      bodies.filter(({ name }) => controls.includes(name)),
      [],
    );
    expectRenewed(await send([ticketspice], '--fresh', 'all', '--now', now), ticketIdentities);
  });

  it('keeps the form of order numbers and the distances between times', async () => {
    const bodies = await send(events, '--fresh', 'all', '--now', now);
    const at = (name: string, path: string) => bodies.find((body) => body.name === name)!.after.get(path);
    expect(at('registration', 'data.orderNumber')).toMatch(/^LAKECONF-ACM-1\d{6}$/);
    expect(at('publish', 'data.accRef')).toBe('LAKECONF');
    expect(at('inventory_100', 'data.dateUpdated')).toBe(now);
    // 2026-06-01T20:15:39Z − 2026-04-09T15:22:31Z = 53 days, 04:53:08
    expect(at('registration', 'data.registrationTimestamp')).toBe('2026-04-09T07:06:52Z');
    expect(at('sms_subscription', 'data.subscription.dateLast')).toBe(now);
  });

  it.each(['--fresh=all', '--fresh=ids'])('keeps ids of nanoseconds at their timestamps with %s', async (fresh) => {
    for (const moment of [now, '2026-06-01T12:00:00.900Z', '2026-12-31T23:59:59.999Z']) {
      const [order] = await send(['registration'], fresh, '--now', moment);
      const [tickets] = await send([ticketspice], fresh, '--now', moment);
      const [subscription, sms] = await send(giving, fresh, '--now', moment);
      for (const [body, id, time] of [
        [order, 'data.id', 'data.registrationTimestamp'],
        [order, 'data.registrants[0].id', 'data.registrationTimestamp'],
        [tickets, 'data.id', 'data.registrationTimestamp'],
        [tickets, 'data.tickets[0].id', 'data.registrationTimestamp'],
        [tickets, 'data.tickets[1].id', 'data.registrationTimestamp'],
        [subscription, 'data.id', 'data.subscription.dateCreated'],
        [sms, 'data.id', 'data.subscription.dateCreated'],
      ] as const) {
        expect(secondOf(body!.after.get(id)), `${body!.name} ${id}`).toBe(body!.after.get(time));
      }
      expect(order!.after.get('data.registrationTimestamp')).toBe(`${moment.slice(0, 19)}Z`);
    }
  });

  it('by default renews the order of a registration, and of other events their id and times', async () => {
    const order =
      /^eventId$|^data\.(.+\.)?(id|lookupId|orderNumber|transactionReference|registrationTimestamp|eventDate)$/;
    const payment = /^eventId$|transactionReference$|date(Updated|Last|Next)$/;
    const expected: Record<string, RegExp> = {
      registration: order,
      [ticketspice]: order,
      subscription: payment,
      sms_subscription: payment,
      publish: /^eventId$|datePublished$|(event|registration)(Start|End)$/,
      test: /^$/,
      ping: /^$/,
    };
    const bodies = [...(await send(events, '--now', now)), ...(await send([ticketspice], '--now', now))];
    for (const body of bodies) {
      expect(changedPaths(body), body.name).toEqual(pathsLike(expected[body.name] ?? /date(Created|Updated)$/, body));
    }
  });
});
