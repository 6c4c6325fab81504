import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { roundTrips } from '../support/roundTrips.js';
import { answering, scripted } from './scripted.js';

const bharatcart = ['send', 'bharatcart', 'order.created', '--json'];
const commercelayer = ['send', 'commercelayer', 'orders.place', '--json'];
const instant = ['--retry', '--speed', 'instant'];
const opened = 'Commerce Layer would have opened the circuit of orders.place after 30 consecutive failures';

interface DeliveryLine {
  attempts: unknown[];
  outcome: string;
}

describe('BharatCart', () => {
  it('would have disabled the endpoint after ten deliveries that failed', async () => {
    const { url, requests } = await scripted(500);
    const { json, stderr, exitCode } = await cli([...bharatcart, '--count', '12', '--to', url]);
    expect(stderr).toContain('BharatCart would have disabled the endpoint: 10 consecutive failures.\n');
    expect(json.at(-1)).toMatchObject({
      sent: 12,
      withheld: 0,
      disabled: [
        {
          provider: 'bharatcart',
          event: null,
          by: 'disabling',
          afterConsecutiveFailures: 10,
          counts: null,
          isCertain: true,
          attemptCount: 10,
          deliveries: 10,
        },
      ],
    });
    // Without --retry the run goes on.
    expect([requests.length, exitCode]).toEqual([12, 1]);
  });

  it.each([
    ['nine failures', 9, () => 500],
    ['a success among them', 19, (at: number) => (at === 9 ? 200 : 500)],
  ])('would not after %s', async (_, count, status) => {
    const { url } = await answering((_body, at) => status(at));
    const { json, stderr } = await cli([...bharatcart, '--count', String(count), '--to', url]);
    expect(stderr).not.toContain('disable');
    expect(json.at(-1).disabled).toEqual([]);
  });

  it('does not say whether retries count: that is told, and the run goes on', async () => {
    const { url, requests } = await scripted(500);
    const { json, stderr } = await cli([...bharatcart, ...instant, '--count', '3', '--to', url]);
    expect(stderr).toContain(
      'BharatCart disables the endpoint after 10 consecutive failures and does not say whether each retry counts: if so, it would have (10 attempts in a row failed, 2 deliveries given up).\n',
    );
    expect(requests).toHaveLength(12);
    expect(json.at(-1)).toMatchObject({ sent: 3, withheld: 0, disabled: [{ isCertain: false }] });
  });

  it('sends nothing more once ten deliveries are given up', async () => {
    const { url, requests } = await scripted(500);
    const { json, stderr, exitCode } = await cli([...bharatcart, ...instant, '--count', '50', '--to', url]);
    expect(requests).toHaveLength(40);
    expect(json.at(-1)).toMatchObject({ sent: 10, attemptCount: 40, withheld: 40, disabled: [{ isCertain: true }] });
    expect(stderr).toContain('40 deliveries were not sent for that.\n');
    expect(exitCode).toBe(1);
  });
});

describe('Commerce Layer', () => {
  it('would have opened the circuit at the thirtieth attempt, and sends nothing more', async () => {
    const { url, requests } = await scripted(500);
    const { json, stderr, exitCode } = await cli([...commercelayer, ...instant, '--count', '4', '--to', url]);
    const deliveries = json.slice(0, -1).map(({ attempts, outcome }: DeliveryLine) => [attempts.length, outcome]);
    expect(deliveries).toEqual([
      [11, 'rejected'],
      [11, 'rejected'],
      [8, 'rejected'],
    ]);
    expect(requests).toHaveLength(30);
    expect(stderr).toContain(opened);
    expect(stderr).toContain('1 delivery was not sent for that.\n');
    expect(stderr).toContain('1 not tried again after 8 attempts, because Commerce Layer would have stopped');
    expect([json.at(-1).withheld, exitCode]).toEqual([1, 1]);
  });

  it('starts to count anew after one success', async () => {
    const { url, requests } = await answering((_, at) => (at === 28 ? 204 : 500));
    const { stderr, json } = await cli([...commercelayer, ...instant, '--count', '5', '--to', url]);
    // 28 failures, the success, and the 22 of the last two deliveries.
    expect(requests).toHaveLength(51);
    expect(stderr).not.toContain('circuit');
    expect(json.at(-1)).toMatchObject({ sent: 5, accepted: 1, withheld: 0, disabled: [] });
  });

  it('counts for each event by itself, for each has a webhook of its own', async () => {
    const { url } = await answering((body) => (body.includes('"type":"orders"') ? 500 : 200));
    const argv = ['send', 'commercelayer', 'orders.place', 'customers.create', '--json', ...instant];
    const { json, stderr } = await cli([...argv, '--count', '40', '--to', url]);
    expect(stderr).toContain(opened);
    expect(json.at(-1)).toMatchObject({ sent: 43, accepted: 40, withheld: 37, attemptCount: 70 });
    expect(json.at(-1).disabled).toMatchObject([{ event: 'orders.place', attemptCount: 30, isCertain: true }]);
  });

  it('would not retry into an open circuit, whoever waits', async () => {
    let firstAreOver = () => {};
    const firstAttempts = new Promise<void>((resolve) => {
      firstAreOver = resolve;
    });
    const { url, requests } = await answering((_, at) => {
      if (at === 19) firstAreOver();
      return 500;
    });
    const sleep = (ms: number, signal?: AbortSignal) =>
      ms <= 2000 ? firstAttempts : new Promise<void>((_, reject) => signal!.addEventListener('abort', reject));
    const slow = [...commercelayer, '--schedule', '2s,1h', '--speed', '1x', '--count', '20', '--concurrency', '4'];
    const { json, stderr } = await cli([...slow, '--to', url], { clock: { now: Date.now, sleep } });
    // 20 first attempts, 10 second ones, and those that were under way then.
    expect(requests.length).toBeGreaterThanOrEqual(30);
    expect(requests.length).toBeLessThanOrEqual(33);
    expect(json.at(-1)).toMatchObject({ sent: 20, withheld: 0, attemptCount: requests.length });
    expect(stderr).toContain('20 not tried again after at most 2 attempts');
  });
});

it('a long run of which nothing more is sent can be interrupted', async () => {
  const stop = new AbortController();
  const { url } = await answering((_, at) => {
    if (at === 29) void roundTrips(5).then(() => stop.abort('SIGINT'));
    return 500;
  });
  const long = [...commercelayer, ...instant, '--count', '10000000', '--to', url];
  const { json, exitCode } = await cli(long, { signal: stop.signal });
  expect(json.at(-1)).toMatchObject({ sent: 3, attemptCount: 30, interrupted: true });
  expect(json.at(-1).withheld).toBeGreaterThan(0);
  expect(exitCode).toBe(130);
});

it('what is withheld is no success, even where the failures were expected', async () => {
  const { url } = await scripted(500);
  const { exitCode } = await cli([...commercelayer, ...instant, '--expect', '500', '--count', '4', '--to', url]);
  expect(exitCode).toBe(1);
});

it('forgeries are not the provider’s, and do not count', async () => {
  const { url } = await scripted(401);
  const forged = [...bharatcart, '--forge', 'wrong-secret', '--expect', '401', '--count', '12'];
  const { json, stderr, exitCode } = await cli([...forged, '--to', url]);
  expect([json.at(-1).disabled, exitCode]).toEqual([[], 0]);
  expect(stderr).not.toContain('disabled');
});
