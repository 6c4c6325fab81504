import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeliveryRow } from '../../../src/web/protocol.js';
import { chromiumPath, launchBrowser, makeProject, openTab, viewUrl } from './openPage.js';

function aRow(at: number): DeliveryRow {
  const isOk = at % 7 !== 0;
  return {
    key: at.toString(16).padStart(12, '0'),
    run: at.toString(16).padStart(12, '0'),
    command: 'send',
    purpose: 'event',
    caseName: null,
    at: 1_795_900_000_000 - at * 1000,
    direction: at % 5 === 0 ? 'received' : 'sent',
    provider: 'stripe',
    event: `event.number_${at}`,
    variant: null,
    forge: null,
    id: `evt_${at}`,
    method: 'POST',
    url: 'http://127.0.0.1:3000/webhooks',
    target: 'dev',
    outcome: isOk ? 'accepted' : 'rejected',
    ok: isOk,
    status: isOk ? 200 : 401,
    totalMs: at % 300,
    attemptCount: 1,
    bytes: at,
    resendOf: null,
  };
}

describe.skipIf(!chromiumPath)(
  chromiumPath ? 'the page of ui' : 'skipped, for there is no Chromium: the page of ui',
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(() => browser?.close());

    it('scrolls through ten thousand deliveries as through a few: only those in sight are drawn, and each frame costs less than a sixtieth of a second', async () => {
      const { url } = await makeProject({}).startUi();
      const work: Record<number, number> = {};
      for (const count of [200, 10_000]) {
        const rows = Array.from({ length: count }, (_, at) => aRow(at));
        const { page, complaints, context } = await openTab(browser, 'about:blank');
        await page.route('**/api/deliveries?**', (route) => {
          const query = new URL(route.request().url()).searchParams;
          const [from, limit] = [Number(query.get('before') ?? 0), Number(query.get('limit'))];
          const next = from + limit < count ? String(from + limit) : null;
          return route.fulfill({ json: { rows: rows.slice(from, from + limit), next, total: count, broken: 0 } });
        });
        await page.goto(viewUrl(url, '/timeline'));
        await page.getByText(`${count.toLocaleString('en-US')} deliveries`, { exact: true }).waitFor();
        const session = await context.newCDPSession(page);
        // The time of the processor, so that what else the machine does meanwhile does not count.
        await session.send('Performance.enable', { timeDomain: 'threadTicks' });
        const taskSeconds = async () =>
          (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value;
        const before = await taskSeconds();
        const scroll = (step: string) =>
          page.evaluate(`(async () => {
          const list = document.querySelector('.virtual-list');
          const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
          let most = 0, blank = 0;
          for (let at = 0; at < 60; at++) {
            list.scrollTop = ${step};
            await frame();
            await frame();
            most = Math.max(most, list.querySelectorAll('[role=option]').length);
            if (at % 10 > 0) continue;
            const box = list.getBoundingClientRect();
            const rows = [...list.querySelectorAll('[role=option]')].map((row) => row.getBoundingClientRect());
            const inSight = (y) => rows.some(({ top, bottom }) => top <= y && bottom >= y);
            if (!inSight(box.top + 5) || !inSight(box.bottom - 5)) blank++;
          }
          return { most, blank };
        })()`) as Promise<{ most: number; blank: number }>;
        // As far as a wheel turns it in a frame, there and back; then to anywhere.
        const wheel = await scroll('list.scrollTop + (at < 30 ? 120 : -120)');
        work[count] = ((await taskSeconds()) - before) * (1000 / 120);
        const anywhere = await scroll('((at * 37) % 60) / 60 * (list.scrollHeight - list.clientHeight)');
        const most = Math.max(wheel.most, anywhere.most);
        const blank = wheel.blank + anywhere.blank;
        expect(most).toBeLessThan(60);
        expect(blank).toBe(0);
        await page.getByRole('listbox').focus();
        await page.keyboard.press('End');
        await page.getByRole('option', { name: ` event.number_${count - 1} ` }).waitFor();
        expect(await page.locator('[role="option"][aria-selected="true"]').getAttribute('aria-posinset')).toBe(
          String(count),
        );
        // Its details are not on the server, which has none of these rows.
        expect(complaints.filter((line) => !line.includes('404'))).toEqual([]);
        await context.close();
      }
      expect(work[10_000]!).toBeLessThan(1000 / 60);
      expect(work[10_000]! / work[200]!).toBeLessThan(3);
    });
  },
);
