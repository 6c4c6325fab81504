import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  chromiumPath,
  launchBrowser,
  makeProject,
  openReceiver,
  openTab,
  pageSecret,
  until,
  viewUrl,
} from './openPage.js';

const configFor = (url: string) => ({
  'webhook-sim.config.yaml': `targets:\n  dev: { url: '${url}' }\ntarget: dev\nsecrets:\n  stripe: env:PAGE_SECRET\n`,
});

/** Stripe's own recipe, as its documents tell it. */
function stripeSigned(header: string, body: string): boolean {
  const { t, v1 } = Object.fromEntries(header.split(',').map((part) => part.split('='))) as { t: string; v1: string };
  return createHmac('sha256', pageSecret).update(`${t}.${body}`).digest('hex') === v1;
}

const listOf = (page: Page, name: string) => page.getByRole('listbox', { name });
const chosenText = (page: Page) => page.locator('[role="option"][aria-selected="true"] .what').textContent();

describe.skipIf(!chromiumPath)(
  chromiumPath ? 'the page of ui' : 'skipped, for there is no Chromium: the page of ui',
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(() => browser?.close());

    it('sends an event that is found, edited and sent with the keyboard alone', async () => {
      const { url: target, received } = await openReceiver();
      const { url } = await makeProject(configFor(target)).startUi();
      const { page, complaints, asked } = await openTab(browser, url);
      await page.getByRole('status').filter({ hasText: 'events' }).waitFor();
      expect(page.url()).not.toContain('token');

      await page.keyboard.press('/');
      await page.keyboard.type('stripe charge.failed');
      await page.getByRole('option', { name: /^charge\.failed Stripe/ }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'charge.failed' }).waitFor();

      const amount = page.getByRole('textbox', { name: 'data.object.amount', exact: true });
      await amount.fill('1.5');
      // What is typed stays while all else changes, such as by the mouse.
      await page.getByLabel('Name of id', { exact: true }).hover();
      await page.locator('.tree-line.active', { has: page.getByLabel('Name of id', { exact: true }) }).waitFor();
      expect(await amount.inputValue()).toBe('1.5');
      await amount.press('Enter');
      // Only its place is another one.
      await amount.press('Alt+ArrowDown');
      await page.getByRole('tab', { name: 'Text' }).click();
      const text = page.getByRole('textbox', { name: 'Payload as text' });
      await until(() => text.textContent()).toMatch(/"amount_captured": 0,.*"amount": 1\.5,/);
      await page.getByText('edited', { exact: true }).waitFor();
      await page.getByRole('tab', { name: 'Signature' }).click();
      await page.getByText('Join what is signed').waitFor();
      expect(await page.locator('.pieces').textContent()).toContain('timestamp');
      expect(await page.locator('main').textContent()).not.toContain(pageSecret);

      await text.press('Control+Enter');
      await page.getByRole('region', { name: 'Result of charge.failed' }).getByText('200 accepted').waitFor();
      expect(received).toHaveLength(1);
      const { headers, body } = received[0]!;
      expect(stripeSigned(String(headers['stripe-signature']), body)).toBe(true);
      expect(body).toMatch(/"amount_captured": 0,\s*"amount": 1\.5,/);
      expect(
        await page
          .getByRole('table', { name: /^Phases of the attempt/ })
          .getByRole('row')
          .allTextContents(),
      ).toHaveLength(7);

      // All of it comes back.
      await page.reload();
      await page.getByRole('region', { name: 'Result of charge.failed' }).getByText('200 accepted').waitFor();
      await until(() => text.textContent()).toContain('"amount": 1.5');
      await page.getByRole('button', { name: 'Reset' }).click();
      await until(() => text.textContent()).not.toContain('"amount": 1.5');
      await page.getByRole('tab', { name: 'Tree' }).click();
      await amount.fill('2.5');
      await amount.press('Control+Enter');
      await until(() => received[1]?.body).toMatch(/"amount": 2\.5,/);
      expect([complaints, asked]).toEqual([[], []]);
    });

    it('says where an edited payload is no JSON, and sends a forgery as one', async () => {
      const { url: target, received } = await openReceiver(() => ({ status: 401 }));
      const { url } = await makeProject(configFor(target)).startUi();
      const { page } = await openTab(
        browser,
        viewUrl(url, '/send?provider=stripe&event=charge.failed&form=text&forge=no-signature'),
      );
      const text = page.getByRole('textbox', { name: 'Payload as text' });
      await text.click();
      await page.keyboard.press('Control+End');
      await page.keyboard.type('}');
      await page.getByRole('alert').filter({ hasText: 'Nothing may follow the value.' }).waitFor();
      await page.getByRole('button', { name: 'Reset' }).click();
      await page.getByRole('button', { name: /^Send/ }).click();
      await page.getByText('401 rejected').waitFor();
      expect(received[0]!.headers).not.toHaveProperty('stripe-signature');
      // A forgery that is rejected is as it should be.
      expect(await page.locator('.result .badge').first().getAttribute('class')).toContain('good');
    });

    it('shows what other commands send as it happens, and does with it what can be done', async () => {
      const { url: target, received } = await openReceiver((_, number) => ({ status: number === 2 ? 500 : 200 }));
      const project = makeProject(configFor(target));
      const { url } = await project.startUi();
      const { page, complaints } = await openTab(browser, viewUrl(url, '/timeline'));
      await page.getByText('Nothing was sent or received yet').waitFor();
      await project.run('send', 'stripe', 'charge.failed', 'charge.succeeded', 'charge.refunded').catch(() => {});
      const list = listOf(page, 'Deliveries, the newest first');
      await until(() => list.getByRole('option').count()).toBe(3);

      await page.keyboard.press('/');
      await page.keyboard.type('status:>=500');
      await until(() => list.getByRole('option').count()).toBe(1);
      await page.keyboard.press('Control+a');
      await page.keyboard.type('no:such');
      await page.getByRole('alert').filter({ hasText: 'A search has no field no.' }).waitFor();
      await page.keyboard.press('Control+a');
      await page.keyboard.type('"charge"');
      await until(() => list.getByRole('option').count()).toBe(3);
      // What comes while a search is on is searched, too.
      await project.run('send', 'stripe', 'charge.updated', 'customer.created');
      await until(() => list.getByRole('option').count()).toBeGreaterThanOrEqual(4);
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Delete');
      await until(() => list.getByRole('option').count()).toBe(5);
      await page.keyboard.press('Escape');

      await page.keyboard.press('j');
      await until(() => chosenText(page)).toBe('customer.created');
      await page.keyboard.press('j');
      await until(() => chosenText(page)).toBe('charge.updated');
      await page.getByRole('table', { name: 'Headers of the request' }).waitFor();
      await page.keyboard.press('r');
      await until(() => received.length).toBe(6);
      expect(received[5]!.body).toBe(received[3]!.body);

      await page.keyboard.press('d');
      await page.keyboard.press('k');
      await page.getByRole('region', { name: 'Difference of Body' }).locator('.added').first().waitFor();
      await page.keyboard.press('Escape');
      expect(new URL(page.url()).hash).not.toContain('sel=');
      expect(complaints.filter((line) => !line.includes('400'))).toEqual([]);
    });

    it('shows checks, suites and loads of the terminal as runs, which open to what they sent', async () => {
      const { url: target } = await openReceiver();
      const project = makeProject({
        ...configFor(target),
        'a.webhooks.yaml':
          'cases:\n  - { name: pays, send: stripe charge.succeeded }\n  - send: stripe charge.failed\n',
      });
      const { url } = await project.startUi();
      const { page, complaints } = await openTab(browser, viewUrl(url, '/timeline'));
      await page.getByText('Nothing was sent or received yet').waitFor();
      await project.run('check', 'stripe', 'charge.failed', '--only', 'wrong-secret').catch(() => {});
      await project.run('run', 'a.webhooks.yaml');
      // A machine that is busy judges no load.
      await project.run('load', 'stripe', 'charge.failed', '--rate', '20/s', '--for', '1s').catch(() => {});
      const list = listOf(page, 'Deliveries, the newest first');
      await until(() => list.getByRole('option').count()).toBe(3);
      const texts = await list.locator('.what').allTextContents();
      expect(texts[0]).toMatch(/^Load 20 deliveries, p99 \d/);
      expect(texts.slice(1)).toEqual(['Suite 2 deliveries', 'Check 3 deliveries']);
      // What they came to comes behind what they sent.
      await until(() => list.locator('.badge').allTextContents()).toEqual([
        expect.stringMatching(/passed|failed|not judged/),
        'passed',
        'grade F',
      ]);

      await list.getByText('Load', { exact: true }).click();
      await page.getByRole('complementary', { name: 'Load' }).getByRole('row', { name: 'Latency p99' }).waitFor();
      await list.getByText('Check', { exact: true }).click();
      const run = page.getByRole('complementary', { name: 'Check: 3 deliveries' });
      await run.getByText('exit code 1').waitFor();
      await run.getByRole('button', { name: 'charge.failed (wrong-secret)' }).waitFor();
      expect(await list.locator('.what').allTextContents()).toEqual([
        ...texts,
        'charge.failed plain-again',
        'charge.failed forged: wrong-secret',
        'charge.failed plain',
      ]);
      // A reload comes back to what is open.
      await page.reload();
      await until(() => list.getByRole('option').count()).toBe(6);
      await list.focus();
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
      await until(() => list.getByRole('option').count()).toBe(8);
      await list.getByText('pays', { exact: true }).click();
      await page
        .getByRole('complementary', { name: 'Delivery', exact: true })
        .getByText('POST', { exact: true })
        .waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('command:check');
      await until(() => list.getByRole('option').count()).toBe(3);
      expect(complaints).toEqual([]);
    });

    it('edits a delivery of the log and sends it signed again; saves it as a case that runs', async () => {
      const { url: target, received } = await openReceiver();
      const project = makeProject(configFor(target));
      await project.run('send', 'stripe', 'charge.failed');
      const { url } = await project.startUi();
      const { page } = await openTab(browser, viewUrl(url, '/timeline'));
      await listOf(page, 'Deliveries, the newest first').getByRole('option').first().click();
      await page.getByRole('button', { name: 'Edit and send' }).click();
      const dialog = page.getByRole('dialog', { name: /^Edit charge\.failed/ });
      await dialog.getByRole('textbox', { name: 'Payload' }).fill('{"id": "evt_edited", "zeta": 1, "alpha": 2.5}');
      await dialog.getByRole('button', { name: 'Sign and send' }).click();
      await until(() => received.length).toBe(2);
      const { headers, body } = received[1]!;
      expect(body).toContain('2.5');
      expect(body.indexOf('zeta')).toBeLessThan(body.indexOf('alpha'));
      expect(stripeSigned(String(headers['stripe-signature']), body)).toBe(true);

      await page.getByRole('button', { name: 'Save as case' }).click();
      const saving = page.getByRole('dialog', { name: 'Save as a case of a suite' });
      await saving.getByLabel('File').fill('saved.webhooks.yaml');
      await saving.getByRole('button', { name: 'Save' }).click();
      await saving.getByText('Saved to').waitFor();
      expect(readFileSync(join(project.folder, 'saved.webhooks.yaml'), 'utf8')).toContain('stripe');
      await page.keyboard.press('Escape');
      // The focus is back where it was.
      await until(() => page.evaluate('document.activeElement.textContent')).toBe('Save as case');
      await project.run('run');
      expect(received).toHaveLength(3);

      // Nothing is said of a signature where a provider signs nothing.
      await project.run('send', 'prometheus', 'firing', '-q');
      await listOf(page, 'Deliveries, the newest first')
        .getByRole('option', { name: /firing/ })
        .click();
      await page.getByRole('button', { name: 'Edit and send' }).click();
      await page.getByText('none: it signs nothing').waitFor({ state: 'attached' });
      expect(await page.getByRole('dialog').textContent()).not.toMatch(/is signed|Sign and/);
      await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
      await until(() => received.length).toBe(5);
    });

    it('shows in the inbox what comes, verified and explained', async () => {
      const project = makeProject(configFor('http://127.0.0.1:9/'));
      const { url } = await project.startUi();
      const { page, complaints } = await openTab(browser, viewUrl(url, '/inbox'));
      await page.getByRole('textbox', { name: 'Port' }).fill('0');
      await page.getByRole('button', { name: 'Start the inbox' }).click();
      await page.getByText('Waiting for the first request').waitFor();
      const address = (await page.locator('.listening code').textContent())!;
      await project.run('send', 'stripe', 'charge.failed', '--to', address);
      await project.run('send', 'stripe', 'charge.failed', '--forge', 'tampered-body', '--to', address).catch(() => {});
      const rows = listOf(page, 'Requests, the newest first').getByRole('option');
      await until(() => rows.count()).toBe(2);
      await page.keyboard.press('j');
      await page.getByRole('complementary').getByText('does not verify').first().waitFor();
      await page.keyboard.press('j');
      await page.getByRole('complementary').getByText('genuine').first().waitFor();
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByRole('button', { name: 'Start the inbox' }).waitFor();
      expect(complaints).toEqual([]);
    });

    it('runs a check whose cases come in, and shows its findings', async () => {
      // Whatever comes is accepted.
      const { url: target } = await openReceiver();
      const { url } = await makeProject(configFor(target)).startUi();
      const { page, complaints } = await openTab(browser, viewUrl(url, '/check?provider=stripe'));
      await page.getByRole('button', { name: 'Start the check' }).click();
      await page.getByRole('progressbar', { name: 'Cases that have ended' }).waitFor();
      await page.getByRole('img', { name: /^Grade [DF]$/ }).waitFor({ timeout: 100_000 });
      const finding = page.getByRole('article').first();
      expect(await finding.locator('dt').allTextContents()).toEqual(['Why', 'Fix', 'Cases']);
      await page.getByRole('button', { name: /^Findings \d/ }).click();
      expect(await page.locator('.cases .badge').allTextContents()).toContain('finding');
      expect(new Set(await page.locator('.cases .badge').allTextContents()).size).toBe(1);
      await page.reload();
      await page.getByRole('img', { name: /^Grade [DF]$/ }).waitFor();
      expect(complaints).toEqual([]);
    });

    it('plays a flow whose order was changed by keys and by hand', async () => {
      const { url: target, received } = await openReceiver();
      const { url } = await makeProject(configFor(target)).startUi();
      const { page, complaints } = await openTab(browser, viewUrl(url, '/flows?provider=stripe'));
      const arriving = page.getByRole('list', { name: 'Order of arrival' }).getByRole('listitem');
      await arriving.first().waitFor();
      const names = await page
        .getByRole('list', { name: 'Order of the provider' })
        .locator('.ellipsis')
        .allTextContents();
      expect(names.length).toBeGreaterThan(3);
      const grips = page.locator('.grip');
      await grips.nth(0).focus();
      await page.keyboard.press('ArrowDown');
      await until(() => page.evaluate('document.activeElement.getAttribute("aria-label")')).toMatch(/, 2 of/);
      await page.keyboard.press('+');
      await until(() => arriving.count()).toBe(names.length + 1);
      // The last one by hand to the top.
      const [from, to] = [await grips.last().boundingBox(), await grips.first().boundingBox()];
      await page.mouse.move(from!.x + 10, from!.y + 10);
      await page.mouse.down();
      await page.mouse.move(to!.x + 10, to!.y + 30, { steps: 4 });
      await page.mouse.move(to!.x + 10, to!.y + 10);
      await page.mouse.up();
      await page.getByRole('button', { name: `Lose ${names[2]}` }).click();
      const wanted = [names.at(-1), names[1], names[0], names[0], ...names.slice(3, -1)];
      await until(async () =>
        (await page.locator('.arrival .what .ellipsis').allTextContents()).map((text) => text.trim()),
      ).toEqual(wanted);
      await page.getByRole('button', { name: 'Play' }).click();
      await until(() => received.length).toBe(wanted.length);
      expect(received.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual(wanted);
      await until(() => page.locator('.arrival .badge').allTextContents()).toEqual(wanted.map(() => '200 accepted'));
      expect(complaints).toEqual([]);
    });

    it('says of each field what the specification of its provider says, by keyboard and to a screen reader', async () => {
      const status = {
        type: 'string',
        enum: ['open', 'paid'],
        maxLength: 20,
        description: 'State <b onclick=alert(1)>of</b> the order.',
      };
      const properties = { status, when: { type: 'string', format: 'date-time' } };
      const schema = { type: 'object', required: ['status'], properties };
      const post = { requestBody: { content: { 'application/json': { schema } } } };
      const specification = JSON.stringify({ openapi: '3.1.0', webhooks: { 'order.paid': { post } } });
      const project = makeProject({
        'openapi.json': specification,
        'webhook-sim.config.yaml': 'target: http://127.0.0.1:9/\nproviders: webhooks\n',
        'webhooks/acme/provider.yaml':
          'name: acme\nspec: ../../openapi.json\nheaders: { Content-Type: application/json }\n',
        'webhooks/acme/events/order.paid.json': '{"status":"open","other":1}',
      });
      const { url } = await project.startUi();
      const { page, complaints } = await openTab(browser, viewUrl(url, '/send?provider=acme&event=order.paid'));
      const field = page.getByRole('combobox', { name: 'status', exact: true });
      const words = 'string, required, at most 20 characters, one of open, paid';
      await page.getByLabel('Name of status').focus();
      await page.keyboard.press('Tab');
      await until(() => page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('status');
      await page.locator('.cursor-hint', { hasText: `status ${words}` }).waitFor();
      const description = (await page.locator('.cursor-hint .about').textContent())!;
      expect(description).toBe('State of the order.');
      const describing = "document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent";
      expect(await page.evaluate(describing)).toBe(`${words}. ${description}`);
      expect(await field.getAttribute('title')).toBe(`${words}. ${description}`);
      const offered = '[...document.activeElement.list.options].map(({ value }) => value)';
      expect(await page.evaluate(offered)).toEqual(['open', 'paid']);
      // Who comes back from an editor sees what the specification says now, and what was typed here is kept.
      await page.keyboard.type('pai');
      writeFileSync(join(project.folder, 'openapi.json'), specification.replace(':20,', ':30,'));
      await page.evaluate("window.dispatchEvent(new Event('focus'))");
      await page.locator('.cursor-hint', { hasText: 'at most 30 characters' }).waitFor();
      expect(await field.inputValue()).toBe('pai');
      writeFileSync(join(project.folder, 'openapi.json'), specification);
      await page.evaluate("window.dispatchEvent(new Event('focus'))");
      await page.locator('.cursor-hint', { hasText: 'at most 20 characters' }).waitFor();
      await page.getByRole('tab', { name: 'Text' }).click();
      await page.locator('.cm-line', { hasText: 'status' }).click({ position: { x: 40, y: 10 } });
      await page.locator('.cursor-hint', { hasText: `status ${words}${description}` }).waitFor();
      expect(complaints).toEqual([]);
    });

    it('offers modes and texts of handshakes where a provider has them, and keeps them in the address', async () => {
      const { url: target, received } = await openReceiver(({ url: path }) => {
        const challenge = new URL(path, 'http://localhost').searchParams.get('hub.challenge');
        return { body: JSON.stringify(challenge === null ? {} : { 'hub.challenge': challenge }) };
      });
      const { url } = await makeProject(configFor(target)).startUi();
      const { page, complaints } = await openTab(browser, viewUrl(url, '/send?provider=github&event=push'));
      const mode = page.getByRole('combobox', { name: 'Mode' });
      await mode.selectOption('form');
      await page.getByText('with the JSON in the field payload').waitFor();
      await page.reload();
      await until(() => mode.inputValue()).toBe('form');
      await page.getByRole('tab', { name: 'Command' }).click();
      await page.getByText('webhook-sim send github push --to dev --mode form').waitFor();
      await page.keyboard.press('Control+Enter');
      await until(() => received.length).toBe(1);
      expect([received[0]!.headers['content-type'], received[0]!.body.slice(0, 11)]).toEqual([
        'application/x-www-form-urlencoded',
        'payload=%7B',
      ]);

      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Check' }).click();
      await page.getByRole('combobox', { name: 'Provider' }).selectOption('strava');
      await page.getByRole('checkbox', { name: 'Run its handshake first' }).check();
      await page.getByRole('combobox', { name: 'Value verify_token' }).selectOption('env:PAGE_SECRET');
      expect(page.url()).toContain('provider=strava&handshake=1&values=verify_token%3Denv%253APAGE_SECRET');
      await page.getByRole('button', { name: 'Start the check' }).click();
      await until(() => received[1]?.url).toContain(`hub.verify_token=${pageSecret}`);
      await page
        .getByText('webhook-sim check strava --handshake --value verify_token=env:PAGE_SECRET', { exact: true })
        .waitFor();
      // Another provider has neither.
      await page.getByRole('combobox', { name: 'Provider' }).selectOption('stripe');
      await page.getByRole('checkbox').waitFor({ state: 'detached' });
      expect(page.url()).not.toMatch(/handshake|values/);
      expect(complaints).toEqual([]);
    });

    it('plays the schedule of a provider against a receiver that fails', async () => {
      const { url: target, received } = await openReceiver((_, number) => ({ status: number < 3 ? 500 : 200 }));
      const { url } = await makeProject(configFor(target)).startUi();
      const { page, complaints } = await openTab(browser, viewUrl(url, '/retries?provider=stripe'));
      await page.getByRole('img', { name: /^\d+ attempts over/ }).waitFor();
      await page.getByRole('button', { name: 'Play' }).click();
      const results = page.locator('.schedule-table .badge');
      await until(() => results.allTextContents()).toEqual(['500 rejected', '500 rejected', '200 accepted']);
      expect(received).toHaveLength(3);
      expect(await page.locator('.schedule .try.accepted').count()).toBe(1);
      expect(complaints).toEqual([]);
    });

    it('has keys for all of it, and says which', async () => {
      const { url } = await makeProject({}).startUi();
      const { page } = await openTab(browser, url);
      await page.getByRole('status').filter({ hasText: 'events' }).waitFor();
      for (const [key, title] of [
        ['t', 'Timeline'],
        ['i', 'Inbox'],
        ['c', 'Check'],
        ['f', 'Flows'],
        ['r', 'Retries'],
        ['s', 'Send'],
      ] as const) {
        await page.keyboard.press('g');
        await page.keyboard.press(key);
        await until(() => page.title()).toMatch(new RegExp(`^${title} · `));
        expect(await page.getByRole('link', { name: title }).getAttribute('aria-current')).toBe('page');
      }
      await page.goBack();
      await until(() => page.title()).toMatch(/^Retries/);
      await page.keyboard.press('?');
      const help = page.getByRole('dialog', { name: 'Keys' });
      await help.getByRole('row', { name: 'g t Go to Timeline' }).waitFor();
      await page.keyboard.press('Escape');
      await help.waitFor({ state: 'detached' });
    });
  },
);
