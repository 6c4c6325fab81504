import { describe, expect, it } from 'vitest';
import { writeJson } from '../../src/json/dialect.js';
import { exampleProvider, exampleSample } from '../support/exampleProviders.js';
import { areInstalled, load } from './packages.js';

type Handler = new (text: string) => { getGenericWebhook(): object };

/** Webhooks that Adyen's OpenAPI has, and its package no handler for. */
const unknown =
  /^(?:balancePlatform\.(?:incomingTransfer|outgoingTransfer|payment)\.(?:created|updated)|\w+\.notificationOfChange)$/;

describe.skipIf(!areInstalled)('samples of adyen-platform, read by the handlers of @adyen/api-library', () => {
  it('are each of one kind of webhooks, and keep what they hold', async () => {
    const library = await load<Record<string, unknown>>('@adyen/api-library');
    const handlers = Object.entries(library).filter(([name]) => name.endsWith('WebhooksHandler'));
    expect(handlers.length).toBeGreaterThan(10);
    const provider = exampleProvider('adyen-platform');
    const read = Object.keys(provider.events).map((event) => {
      const text = writeJson(exampleSample(provider, event), 'js');
      const taking = handlers.flatMap(([name, Handler]) => {
        try {
          return [[name, new (Handler as Handler)(text).getGenericWebhook()] as const];
        } catch {
          return [];
        }
      });
      return { event, type: (taking[0]?.[1] as { type?: string } | undefined)?.type, count: taking.length };
    });
    const isKnown = ({ event }: { event: string }) => !unknown.test(event);
    expect(read.filter(isKnown)).toEqual(read.filter(isKnown).map(({ event }) => ({ event, type: event, count: 1 })));
    expect(read.filter((each) => !isKnown(each)).map(({ count }) => count)).toEqual(Array(8).fill(0));
  });
});

describe.skipIf(!areInstalled)('events of adyen', () => {
  it('are those that its package names, but for what its OpenAPI has on top', async () => {
    const { Types } = await load<{ Types: { notification: { NotificationRequestItem: object } } }>(
      '@adyen/api-library',
    );
    const { EventCodeEnum } = Types.notification.NotificationRequestItem as { EventCodeEnum?: Record<string, string> };
    const named = Object.values(EventCodeEnum ?? {});
    expect(named.length).toBeGreaterThan(30);
    const own = Object.keys(exampleProvider('adyen').events);
    expect(own).toHaveLength(46);
    expect(own.filter((event) => !named.includes(event)).sort()).toEqual([
      'PREARBITRATION_ACCEPTED',
      'PREARBITRATION_DECLINED',
      'PREARBITRATION_ISSUER_WITHDRAWN',
      'PREARBITRATION_OPEN',
      'SCHEME_ARBITRATION',
      'SCHEME_ARBITRATION_LOST',
      'SCHEME_ARBITRATION_WON',
    ]);
  });
});
