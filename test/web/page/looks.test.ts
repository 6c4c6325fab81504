import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchBrowser, makeProject, openReceiver, openTab, until, viewUrl } from './openPage.js';

/** For all views one after the other, on a machine that is busy. */
const allViewsMs = 400_000;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Has a page in the state in which it is looked at. */
type Prepare = (page: Page) => Promise<unknown>;

const chooseFirst: Prepare = (page) => page.getByRole('option').first().click();

const shown: readonly (readonly [route: string, ready: string, prepare?: Prepare])[] = [
  ['/send', '#app .empty'],
  ['/send?provider=stripe', '.provider-facts'],
  ['/send?provider=stripe&event=charge.failed', '.json-tree input'],
  ['/send?provider=stripe&event=charge.failed&form=text', '.cm-content'],
  [
    '/send?provider=stripe&event=charge.failed&forge=no-signature',
    '.json-tree input',
    async (page) => {
      await page.getByRole('tab', { name: 'Signature' }).click();
      await page.getByRole('button', { name: /^Send/ }).click();
      await page.locator('.waterfall').waitFor();
    },
  ],
  ['/timeline', '[role="option"]'],
  [
    '/timeline',
    '[role="option"]',
    async (page) => {
      await chooseFirst(page);
      await page.locator('.headers').waitFor();
    },
  ],
  [
    '/timeline?tab=signature',
    '[role="option"]',
    async (page) => {
      await chooseFirst(page);
      await page.locator('.diagnosis').waitFor();
    },
  ],
  [
    '/timeline?tab=answer',
    '[role="option"]',
    async (page) => {
      await chooseFirst(page);
      await page.locator('.waterfall').waitFor();
      await page.keyboard.press('e');
      await page.locator('dialog .cm-content').waitFor();
    },
  ],
  ['/timeline?q=no:such', '.notice.bad', (page) => page.getByRole('button', { name: 'How to search' }).click()],
  ['/timeline?q=nothing-is-like-this', '.empty'],
  ['/inbox', '.inbox form', (page) => page.getByText('How it answers').click()],
  ['/check', '.empty'],
  ['/flows', '.flow-group'],
  ['/send?provider=slack', '.handshakes'],
  ['/flows?provider=stripe&arrangement=2.1.1', '.arrival'],
  ['/retries', '.empty'],
  ['/retries?provider=stripe', '.schedule'],
  ['/send', '#app .empty', (page) => page.keyboard.press('?')],
];

/** Returns axe's findings on a page. */
async function barriersOf(page: Page): Promise<string[]> {
  const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
  };
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`,
  );
}

/** Waits until a page is drawn as it has to be now. */
const drawn = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))).then(() =>
  Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))).then(() => {}))`;

/** Finds, once a page is drawn again, what reaches out of the window on the right. */
const tooWide = `${drawn}.then(() =>
  [...document.querySelectorAll('body *')]
    .filter((one) => { const { right, width } = one.getBoundingClientRect(); return width > 1 && right > innerWidth + 1; })
    .filter((one) => !one.closest('pre, .tabs, .cm-editor, .json-tree, .visually-hidden'))
    .map((one) => one.className || one.tagName))`;

describe.skipIf(!chromiumPath)(
  chromiumPath ? 'the page of ui' : 'skipped, for there is no Chromium: the page of ui',
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(() => browser?.close());

    async function startProject() {
      const { url: target } = await openReceiver((_, number) => ({ status: number % 2 === 0 ? 401 : 200 }));
      const project = makeProject({
        'webhook-sim.config.yaml': `targets:\n  dev: { url: '${target}' }\ntarget: dev\n`,
      });
      await project.run('send', 'stripe', 'charge.failed', 'charge.succeeded').catch(() => {});
      return (await project.startUi()).url;
    }

    it(
      'has no barrier that axe finds, in light and in dark, and fits into any width, in each view',
      async () => {
        const url = await startProject();
        const { page, complaints } = await openTab(browser, url, { bypassCSP: true, reducedMotion: 'reduce' });
        const [barriers, wide]: [string[], string[]] = [[], []];
        for (const [route, ready, prepare] of shown) {
          await page.setViewportSize({ width: 1280, height: 800 });
          await page.goto('about:blank');
          await page.goto(viewUrl(url, route));
          await page.locator(ready).first().waitFor();
          await prepare?.(page);
          await page.evaluate(axe);
          // Looked at in each way as it stands: a view is not opened again for a colour or a width.
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme });
            await page.evaluate(drawn);
            barriers.push(...(await barriersOf(page)).map((each) => `${route} in ${colorScheme}: ${each}`));
          }
          const measure = async (how: string) => {
            const over = (await page.evaluate(tooWide)) as string[];
            if (over.length > 0) wide.push(`${route} ${how}: ${over.join(', ')}`);
          };
          for (const width of [2560, 1280, 768, 375]) {
            await page.setViewportSize({ width, height: 800 });
            await measure(`in ${width} pixels`);
          }
          // What is narrow from the start may be laid out in another way than what becomes so.
          await page.reload();
          await page.locator(ready).first().waitFor({ state: 'attached' });
          await measure('opened in 375 pixels');
        }
        expect({ barriers, wide }).toEqual({ barriers: [], wide: [] });
        expect(complaints.filter((line) => !line.includes('400'))).toEqual([]);
      },
      allViewsMs,
    );

    it('takes the colours of the system, or those that are chosen, and moves nothing for who wants that', async () => {
      const { url } = await makeProject({}).startUi();
      const { page } = await openTab(browser, url, { colorScheme: 'dark', reducedMotion: 'reduce' });
      const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
      await page.getByRole('navigation').waitFor();
      const dark = await background();
      await page.getByRole('button', { name: /^Colours: as the system/ }).click();
      await until(background).not.toBe(dark);
      const light = await background();
      await page.reload();
      await page.getByRole('button', { name: /^Colours: light/ }).waitFor();
      expect(await background()).toBe(light);
      const moving = await page.evaluate(`[...document.querySelectorAll('*')].filter((one) =>
      getComputedStyle(one).transitionDuration.split(',').some((time) => Number.parseFloat(time) > 0.001)).length`);
      expect(moving).toBe(0);
    });
  },
);
