import { beforeAll, describe, expect, it } from 'vitest';
import type { DeliveryEnded } from '../../src/core/run.js';
import { FailureCount } from '../../src/suite/failureCount.js';
import { DeliverySampler, sampleDeliveries } from '../../src/suite/sampleDeliveries.js';
import { folderOf } from '../support/folder.js';
import { bundleCli, runProcess } from '../support/process.js';
import { answering, onRequest, polite, rudeServer } from '../support/rude.js';
import { answer, runJson } from './run.js';

const deliveries = (oks: string) =>
  [...oks].map((ok, at) => ({ ok: ok === '+', at, attempts: [] }) as unknown as DeliveryEnded);
const shown = (kept: readonly DeliveryEnded[]) => kept.map((each) => (each as unknown as { at: number }).at);

describe('of many deliveries', () => {
  it.each<[string, number, number[]]>([
    ['+++', 3, [0, 1, 2]],
    ['++++', 3, [0, 1, 2]],
    ['++-+-', 3, [0, 2, 4]],
    ['-+-+-', 2, [0, 2]],
    ['++++-', 1, [4]],
    ['----', 0, []],
  ])('of %s %i are kept: those that failed first', (oks, most, kept) => {
    expect(shown(sampleDeliveries(deliveries(oks), most))).toEqual(kept);
  });

  it('those that failed late are kept as well, in bounded memory', () => {
    const gathering = new DeliverySampler();
    for (const each of deliveries(`${'+'.repeat(9000)}-${'+'.repeat(5000)}-`)) gathering.add(each);
    expect(gathering.count).toBe(14_002);
    expect(gathering.deliveries).toHaveLength(1000);
    expect(shown(gathering.deliveries.filter(({ ok }) => !ok))).toEqual([9000, 14_001]);
    // biome-ignore lint/suspicious/noExplicitAny: what it holds in memory
    expect((gathering as any).kept.length).toBeLessThan(2000);
  });

  it('failures are counted beyond those that are told', () => {
    const count = new FailureCount();
    for (let i = 0; i < 50; i++) count.add([{ expectation: 'status', message: `n${i % 25}` }]);
    for (let i = 0; i < 10; i++) count.add([]);
    expect(count.listed(60)).toHaveLength(11);
    expect(count.listed(60)[0]!.message).toBe('n0 (2 times)');
    expect(count.listed(60).at(-1)!.message).toBe('50 of 60 deliveries were not as expected');
  });

  it('all are counted, and the sums tell all', async () => {
    let sent = 0;
    const { results, summary, json } = await runJson(
      'target: RECEIVER\ncases:\n  - { send: scalev order.created, count: 2500, concurrency: 20 }\n',
      { answer: () => answer(++sent % 500 === 0 ? 500 : 200), args: ['--min-accepted', '99.8%'] },
    );
    expect(results[0]).toMatchObject({
      status: 'failed',
      deliveries: 2500,
      failures: [{ message: 'not accepted: 500 (5 times)' }, { message: '5 of 2500 deliveries were not as expected' }],
    });
    const deliveries = json.filter(({ type }) => type === 'delivery');
    expect([deliveries.length, deliveries.filter(({ ok }) => !ok).length]).toEqual([1000, 5]);
    expect(summary).toMatchObject({ sent: 2500, accepted: 2495, ok: 2495 });
    expect(summary.budgets[0]).toMatchObject({ ok: true, figure: '99.8 % (2495 of 2500)' });
  });
});

describe('a process', () => {
  beforeAll(bundleCli);

  it('needs less than 250 MB for 12,000 deliveries of one case', async () => {
    const { url } = await rudeServer(
      answering(`HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n${'x'.repeat(20_000)}`),
    );
    const folder = folderOf({
      'a.webhooks.yaml': `target: ${url}\ncases:\n  - { send: scalev order.created, count: 12000, concurrency: 20 }\n`,
    });
    const { exitCode, stdout, peakBytes } = await runProcess(['run', '-q', folder]);
    expect(stdout).toContain('12,000 deliveries');
    expect(exitCode).toBe(0);
    expect(peakBytes).toBeLessThan(250_000_000);
  });

  it('is ready for many cases in little more than linear time', async () => {
    const { url } = await rudeServer(polite);
    const took = async (cases: number, kind: 'yaml' | 'json') => {
      const each = (at: number) => ({
        send: 'scalev order.created',
        name: `case ${at}`,
        ...(at % 2 === 0
          ? { capture: { [`v${at % 50}`]: { matches: '.' } } }
          : { header: { 'X-A': `\${v${(at - 1) % 50}}` } }),
      });
      const text = JSON.stringify({ target: url, cases: Array.from({ length: cases }, (_, at) => each(at)) }, null, 1);
      const folder = folderOf({ [`a.webhooks.${kind}`]: text });
      const { exitCode, stdout, cpuMs } = await runProcess(['run', '-q', folder]);
      expect([exitCode, stdout.includes(`${cases} passed`)]).toEqual([0, true]);
      return cpuMs;
    };
    for (const kind of ['yaml', 'json'] as const) {
      const small = await took(200, kind);
      const large = await took(800, kind);
      expect(large / small, `${small} ms for 200 in ${kind}, ${large} ms for 800`).toBeLessThan(8);
    }
  });
});

it('2,000 cases at once keep their names, their order within the file and their sums', async () => {
  let open = 0;
  let most = 0;
  const { url } = await rudeServer(
    onRequest((socket) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      }, 10);
    }),
  );
  const { results, summary } = await runJson(
    `target: ${url}\ncases:\n  - { send: scalev order.created, repeat: 1000 }\n`,
    {
      args: ['--concurrency', '25'],
    },
  );
  expect(new Set(results.map((result) => result.case)).size).toBe(1000);
  expect(summary.results.passed).toBe(1000);
  expect(most).toBeGreaterThan(10);
  expect(most).toBeLessThanOrEqual(25);
});
