import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchBrowser, makeProject, openReceiver, openTab, until, viewUrl } from './openPage.js';

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
