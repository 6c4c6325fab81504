import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchBrowser, makeProject, openTab, until, viewUrl } from './openPage.js';

describe.skipIf(!chromiumPath)(
  chromiumPath ? 'the first paint of the page' : 'skipped, for there is no Chromium: the first paint of the page',
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(() => browser?.close());

    const views = ['Send', 'Timeline', 'Inbox', 'Check', 'Flows', 'Retries'];

    it('needs no script: the navigation stands in the HTML, where the page puts it later', async () => {
      const { url } = await makeProject({}).startUi();
      const places: unknown[] = [];
      for (const javaScriptEnabled of [false, true]) {
        const { page, context } = await openTab(browser, url, { javaScriptEnabled });
        const links = page.locator('.rail nav a');
        if (javaScriptEnabled) await page.getByRole('link', { name: 'Send' }).waitFor();
        await until(() => links.allInnerTexts()).toEqual(views);
        places.push(await Promise.all(views.map((_, at) => links.nth(at).boundingBox())));
        await context.close();
      }
      expect(places[0]).toEqual(places[1]);
    });

    it('comes before anything is asked of the server, and the editor is not run before one is shown', async () => {
      const { url } = await makeProject({}).startUi();
      const { page, complaints } = await openTab(browser, 'about:blank');
      let release: () => void = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route('**/api/**', async (route) => {
        await held;
        await route.continue();
      });
      await page.goto(viewUrl(url, '/send?provider=stripe&event=charge.failed'));
      await page.waitForRequest('**/api/**');
      const { painted, asked } = (await page.evaluate(`(() => {
        const starts = (entries) => entries.map(({ startTime }) => startTime);
        const asked = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/'));
        return { painted: starts(performance.getEntriesByType('paint')), asked: starts(asked) };
      })()`)) as { painted: number[]; asked: number[] };
      expect(painted.length).toBeGreaterThan(0);
      // Requests that are held have no entry yet; none came before.
      expect(asked).toEqual([]);
      release();
      await page.locator('.json-tree input').first().waitFor();
      const first = (await page.evaluate(`Math.min(...performance.getEntriesByType('resource')
        .filter(({ name }) => name.includes('/api/')).map(({ startTime }) => startTime))`)) as number;
      expect(Math.min(...painted)).toBeLessThan(first);
      expect(await page.evaluate('typeof webhookSimEditor')).toBe('undefined');
      await page.goto(viewUrl(url, '/send?provider=stripe&event=charge.failed&form=text'));
      await page.locator('.cm-content').first().waitFor();
      expect(await page.evaluate('typeof webhookSimEditor')).toBe('object');
      expect(complaints).toEqual([]);
    });
  },
);
