import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { chromiumPath, launchBrowser, makeProject, openReceiver, openTab, until, viewUrl } from './openPage.js';

const hostile = [
  '<script>document.title="owned";alert(1)</script>',
  '</script></style><style>*{display:none}</style></pre></div>',
  '"><img src=x onerror="alert(2)"><svg onload=alert(3)><iframe src="http://127.0.0.1/"></iframe>',
  '<base href="http://127.0.0.1/"><meta http-equiv="refresh" content="0;url=http://127.0.0.1/"><a href="javascript:alert(4)">x</a>',
  '\u2028\u202e\u0000\u001b[31m{{constructor.constructor("alert(5)")()}}',
].join('\n');

const config = (url: string) => ({ 'webhook-sim.config.yaml': `targets:\n  dev: { url: '${url}' }\ntarget: dev\n` });

describe.skipIf(!chromiumPath)(
  chromiumPath ? 'the page of ui' : 'skipped, for there is no Chromium: the page of ui',
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(() => browser?.close());

    it('shows what has happened, though answers from before it come late', async () => {
      let respond = () => {};
      let isPrompt = false;
      const server = createServer((_, response) => {
        respond = () => response.end('ok');
        if (isPrompt) respond();
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      onTestFinished(() => void server.close());
      const project = makeProject(config(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
      const { url } = await project.startUi();
      const { page, complaints } = await openTab(browser, viewUrl(url, '/send?provider=stripe&event=charge.failed'));
      await page.locator('.send-button:enabled').waitFor();
      const held: (() => void)[] = [];
      await page.route(/\/api\/(?:jobs|inbox|deliveries)/, async (route) => {
        if (route.request().method() !== 'GET') return route.continue();
        const response = await route.fetch();
        await new Promise<void>((resolve) => held.push(resolve));
        await route.fulfill({ response });
      });
      const deliver = async (count: number) => {
        await until(() => held.length).toBe(count);
        const taken = page.waitForResponse((response) => response.url().includes('/api/') && response.ok());
        for (const release of held.splice(0)) release();
        await taken;
        await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))');
      };

      await page.keyboard.press('Control+Enter');
      await until(() => held.length).toBe(1);
      respond();
      await page.getByText('200 accepted').waitFor();
      await page.getByText('Sending:').waitFor({ state: 'detached' });
      await deliver(1);
      expect(await page.getByText('Sending:').count()).toBe(0);

      await page.getByRole('link', { name: 'Timeline' }).click();
      await page.getByRole('option').waitFor();
      await page.getByRole('searchbox').fill('charge');
      await deliver(1);
      await page.getByRole('searchbox').fill('');
      await until(() => held.length).toBe(1);
      isPrompt = true;
      await project.run('send', 'github', 'push', '-q');
      await page.getByRole('option', { name: /push/ }).waitFor();
      await deliver(1);
      expect(await page.getByRole('option', { name: /push/ }).count()).toBe(1);
      expect(complaints).toEqual([]);
    });

    it('works in more tabs than a browser opens connections: those that nobody sees leave theirs to others', async () => {
      const project = makeProject(config((await openReceiver()).url));
      const { url } = await project.startUi();
      const context = await browser.newContext();
      onTestFinished(() => context.close());
      await context.addInitScript(`
        let isHidden = false;
        Object.defineProperty(document, 'hidden', { get: () => isHidden });
        window.hide = (value) => { isHidden = value; document.dispatchEvent(new Event('visibilitychange')); };
      `);
      for (let tab = 0; tab < 8; tab++) {
        const page = await context.newPage();
        await page.goto(viewUrl(url, '/timeline'));
        await page.getByText('Live', { exact: true }).waitFor();
        await page.evaluate('hide(true)');
      }
      const page = context.pages()[0]!;
      await project.run('send', 'github', 'push', '-q');
      await page.evaluate('hide(false)');
      await page.getByRole('option', { name: /push/ }).waitFor();
      await page.getByText('Live', { exact: true }).waitFor();
    });

    it('shows what a hostile receiver answers as text, in every place', async () => {
      const { url: target } = await openReceiver(() => ({
        status: 500,
        type: `text/html; x="${'<img src=x>'}"`,
        body: hostile,
      }));
      const project = makeProject(config(target));
      const { url } = await project.startUi();
      const { page, complaints, asked } = await openTab(
        browser,
        viewUrl(url, '/send?provider=stripe&event=charge.failed'),
      );
      await page.getByRole('button', { name: /^Send/ }).click();
      const answer = page.getByRole('region', { name: 'Body of the answer' });
      for (const form of ['Decoded', 'As it came', 'Bytes']) {
        await page
          .getByRole('group', { name: 'Form of body of the answer' })
          .getByRole('button', { name: form })
          .click();
        await until(() => answer.textContent()).toContain(
          form === 'Bytes' ? '3c 73 63 72 69 70 74' : '<script>document.title',
        );
      }
      await page.getByText(/^Headers of the answer \(/).click();
      await page.getByRole('button', { name: 'In the timeline' }).click();
      await page.getByRole('tab', { name: 'Answer' }).click();
      await answer.getByText('onerror').waitFor();
      // The same in a sender's hand: names of headers, address, body.
      await page.keyboard.press('g');
      await page.keyboard.press('i');
      await page.getByRole('textbox', { name: 'Port' }).fill('0');
      await page.getByRole('button', { name: 'Start the inbox' }).click();
      const inbox = (await page.locator('.listening code').textContent())!;
      await fetch(`${inbox}${encodeURI('<img src=x onerror=alert(6)>')}?q=%3Cscript%3Ealert(7)%3C/script%3E`, {
        method: 'POST',
        headers: { 'content-type': 'text/html', 'x-hostile': '<script>alert(8)</script>' },
        body: hostile,
      });
      await page.getByRole('option').first().click();
      await page.getByRole('region', { name: 'Body of the request' }).getByText('onerror').waitFor();
      expect(await page.title()).toMatch(/ · webhook-sim$/);
      expect(
        await page.locator('main').locator('script, img, iframe, base, style, object, a[href^="javascript"]').count(),
      ).toBe(0);
      expect([complaints, asked]).toEqual([[], []]);
    });

    it('has its token from the address alone: a tab without it says how to get one', async () => {
      const { url } = await makeProject({}).startUi();
      const { page, context } = await openTab(browser, viewUrl(url, '/timeline?q=stripe'));
      await page.getByRole('searchbox').waitFor();
      expect(new URL(page.url()).hash).toBe('#/timeline?q=stripe');
      await page.reload();
      expect(await page.getByRole('searchbox').inputValue()).toBe('stripe');
      const stranger = await context.newPage();
      await stranger.goto(url.replace(/#.*/, ''));
      await stranger.getByRole('heading', { name: 'This tab has no token' }).waitFor();
      expect(await stranger.getByRole('region', { name: 'Command' }).textContent()).toContain('webhook-sim ui --open');
    });
  },
);
