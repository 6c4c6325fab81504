import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchBrowser, makeProject, openReceiver, openTab, until, viewUrl } from './openPage.js';

const hostile = [
  '<script>document.title="owned";alert(1)</script>',
  '</script></style><style>*{display:none}</style></pre></div>',
  '"><img src=x onerror="alert(2)"><svg onload=alert(3)><iframe src="http://127.0.0.1/"></iframe>',
  '<base href="http://127.0.0.1/"><meta http-equiv="refresh" content="0;url=http://127.0.0.1/"><a href="javascript:alert(4)">x</a>',
  '\u2028\u202e\u0000\u001b[31m{{constructor.constructor("alert(5)")()}}',
].join('\n');

const config = (url: string) => ({ 'webhook-sim.config.yaml': `targets:\n  dev: { url: '${url}' }\ntarget: dev\n` });

/** Has `cut()` end all that the page hears, and refuse what it asks, until `mend()`: Chromium's own emulation leaves open streams alone. */
const cutNetwork = `{
  const ask = window.fetch;
  const open = new Set();
  let isCut = false;
  window.fetch = (address, options = {}) => {
    if (isCut) return Promise.reject(new TypeError('cut'));
    const stop = new AbortController();
    open.add(stop);
    return ask(address, { ...options, signal: AbortSignal.any([stop.signal, ...(options.signal ? [options.signal] : [])]) });
  };
  window.cut = () => {
    isCut = true;
    for (const stop of open) stop.abort();
  };
  window.mend = () => {
    isCut = false;
  };
}`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe.skipIf(!chromiumPath)(
  chromiumPath ? 'the page of ui' : 'skipped, for there is no Chromium: the page of ui',
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(() => browser?.close());

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

    it('shows in one tab what another one does, and keeps the choice of each', async () => {
      const { url: target } = await openReceiver();
      const { url } = await makeProject(config(target)).startUi();
      const one = await openTab(browser, viewUrl(url, '/send?provider=stripe&event=charge.failed'));
      const other = await openTab(browser, viewUrl(url, '/timeline'));
      await one.page.getByRole('button', { name: /^Send/ }).click();
      await other.page.getByRole('option', { name: / charge\.failed / }).waitFor();
      await other.page.getByRole('option').first().click();
      await one.page.getByRole('button', { name: /^Send/ }).click();
      await until(() => other.page.getByRole('option').count()).toBe(2);
      // What was chosen stays so, though another one came above it.
      expect(await other.page.locator('[role="option"][aria-selected="true"]').getAttribute('aria-posinset')).toBe('2');
      expect([one.complaints, other.complaints]).toEqual([[], []]);
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

    it('says when the server is not heard, and misses nothing of that time', async () => {
      const { url: target } = await openReceiver();
      const project = makeProject(config(target));
      const { url } = await project.startUi();
      const { page } = await openTab(browser, 'about:blank');
      await page.addInitScript(cutNetwork);
      await page.goto(viewUrl(url, '/timeline'));
      await page.getByText('Nothing was sent or received yet').waitFor();
      await project.run('send', 'stripe', 'charge.failed');
      await page.getByRole('option').first().waitFor();
      await page.evaluate('cut()');
      await page.getByRole('alert').filter({ hasText: 'The server of this page is gone.' }).waitFor();
      await project.run('send', 'stripe', 'charge.succeeded');
      await page.evaluate('mend()');
      await page.getByRole('button', { name: 'Try now' }).click();
      await page.getByRole('option', { name: / charge\.succeeded / }).waitFor();
      await page.getByRole('alert').waitFor({ state: 'detached' });
      expect(await page.getByRole('option').count()).toBe(2);
    });

    it('comes back with a server that was killed and started again: with its new address, in the same view', async () => {
      const { url: target } = await openReceiver();
      const project = makeProject(config(target));
      const port = await freePort();
      const first = await project.startUi(port);
      const { page } = await openTab(browser, viewUrl(first.url, '/timeline'));
      await page.getByText('Nothing was sent or received yet').waitFor();
      await first.kill();
      await page.getByRole('alert').filter({ hasText: 'The server of this page is gone.' }).waitFor();
      await project.run('send', 'stripe', 'charge.failed');
      const second = await project.startUi(port);
      await page.getByRole('heading', { name: 'The server was started again' }).waitFor();
      expect(new URL(page.url()).hash).toBe('#/timeline');
      await page.goto(viewUrl(second.url, '/timeline'));
      await page.getByRole('option', { name: / charge\.failed / }).waitFor();
    });
  },
);
