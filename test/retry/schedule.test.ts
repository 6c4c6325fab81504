import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { scripted } from './scripted.js';
import { virtualClock } from './virtualClock.js';

const bharatcart = ['send', 'bharatcart', 'order.created', '--json'];
const commercelayer = ['send', 'commercelayer', 'orders.place', '--json'];
const at = (line: { attempts: { scheduledAtMs: number }[] }) => line.attempts.map((attempt) => attempt.scheduledAtMs);

describe('a schedule, against a receiver that always fails', () => {
  it('of BharatCart has three retries: after 1 minute, 10 minutes and 1 hour', async () => {
    const { url, requests } = await scripted(500);
    const clock = virtualClock(Date.parse('2026-03-04T05:00:00Z'));
    const { json, exitCode } = await cli([...bharatcart, '--retry', '--speed', '1x', '--to', url], { clock });
    expect(at(json[0])).toEqual([0, 60_000, 660_000, 4_260_000]);
    expect(json[0].attempts.map(({ number }: { number: number }) => number)).toEqual([1, 2, 3, 4]);
    expect(json[0].attempts.map(({ startedAt }: { startedAt: string }) => startedAt)).toEqual([
      '2026-03-04T05:00:00.000Z',
      '2026-03-04T05:01:00.000Z',
      '2026-03-04T05:11:00.000Z',
      '2026-03-04T06:11:00.000Z',
    ]);
    expect(clock.slept).toEqual([60_000, 600_000, 3_600_000]);
    expect([json.length, json[0].outcome, json[0].ok, exitCode]).toEqual([2, 'rejected', false, 1]);
    expect(json[1]).toMatchObject({
      type: 'summary',
      sent: 1,
      attemptCount: 4,
      withheld: 0,
      outcomes: { rejected: 1 },
    });
    expect(requests).toHaveLength(4);
    // The same bytes each time.
    expect(new Set(requests.map((request) => JSON.stringify(request))).size).toBe(1);
  });

  // https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-retries: all but the delivery notification.
  it('of an event differs from that of its provider: Mailgun does not retry delivered', async () => {
    const { url } = await scripted(500);
    const clock = virtualClock();
    const run = ['send', 'mailgun', 'delivered', 'opened', '--json', '--retry', '--speed', '1x', '--to', url];
    const { json, stderr } = await cli(run, { clock });
    const minutes = json.slice(0, 2).map((line) => [line.event, at(line).map((ms) => ms / 60_000)]);
    expect(Object.fromEntries(minutes)).toEqual({ delivered: [0], opened: [0, 5, 15, 30, 90, 210, 450] });
    expect(stderr).toContain(
      'Retries: 6, after 5 min, 10 min, 15 min, 1 h, 2 h, 4 h (Mailgun, documented), in real time; delivered: none',
    );
    const alone = await cli(['send', 'mailgun', 'delivered', '--retry', '--to', url], { clock });
    expect(alone.stderr).toContain('Retries: none (Mailgun, documented)');
    const own = await cli(['send', 'mailgun', 'delivered', '--json', '--schedule', '1m', '--to', url], { clock });
    expect(at(own.json[0])).toEqual([0, 60_000]);
  });

  it('of Commerce Layer has ten retries, spaced by us', async () => {
    const { url, requests } = await scripted(503);
    const clock = virtualClock();
    const { json, stderr } = await cli([...commercelayer, '--retry', '--speed', '1x', '--to', url], { clock });
    const seconds = [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120];
    expect(clock.slept).toEqual(seconds.map((each) => each * 1000));
    expect(at(json[0]).map((ms) => ms / 1000)).toEqual([0, 10, 30, 70, 150, 310, 630, 1270, 2550, 5110, 10_230]);
    expect(requests).toHaveLength(11);
    expect(stderr).toContain(
      'it does not say when, so webhook-sim waits 10 s, and each time twice as long, in real time',
    );
    expect(stderr).toContain(
      'Given up after 11 attempts, 2 h 50 min later on this schedule: Commerce Layer retries no more.',
    );
  });

  it.each([
    [[], [100, 1000, 6000]],
    [
      ['--speed', '60x'],
      [1000, 10_000, 60_000],
    ],
    [
      ['--speed', '0.5x'],
      [120_000, 1_200_000, 7_200_000],
    ],
    [['--speed', 'instant'], []],
  ])('passes at another pace: %j', async (flags, slept) => {
    const { url } = await scripted(500);
    const clock = virtualClock();
    const { json } = await cli([...bharatcart, '--retry', ...flags, '--to', url], { clock });
    expect(clock.slept).toEqual(slept);
    expect(at(json[0])).toEqual([0, 60_000, 660_000, 4_260_000]);
  });

  it.each(['scalev order.created', 'covver OrderPlaced', 'webconnex registration', 'bharatcart order.paid'])(
    'of one’s own is followed for any provider: %s',
    async (what) => {
      const { url, requests } = await scripted(500);
      const clock = virtualClock();
      const own = ['--schedule', '5s, 10s,1m', '--speed', '1x'];
      const { json, stderr } = await cli(['send', ...what.split(' '), '--json', ...own, '--to', url], { clock });
      expect(clock.slept).toEqual([5000, 10_000, 60_000]);
      expect(at(json[0])).toEqual([0, 5000, 15_000, 75_000]);
      expect(requests).toHaveLength(4);
      expect(stderr).toContain('Retries: 3, after 5 s, 10 s, 1 min (your schedule), in real time');
      expect(stderr).toContain('1 min 15 s later on this schedule: the schedule has no more retries.');
    },
  );
});
