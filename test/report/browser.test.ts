import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { SuiteEvent } from '../../src/core/suite.js';
import { html } from '../../src/report/suite/html/html.js';
import { answering, freePort, rudeServer } from '../support/rude.js';
import { sentTo } from './sent.js';
import { aDelivery, anAttempt, anEnded, aResult, aSummary } from './suiteEvents.js';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const hostile = [
  '<script>document.title="owned";alert(1)</script>',
  '</script><script>alert(2)</script></style><style>*{display:none}</style>',
  '"><img src=x onerror="alert(3)"><svg onload=alert(4)>',
  '<!-- --><iframe src="http://127.0.0.1/"></iframe><base href="http://127.0.0.1/">',
  '\u2028alert(5)\u202e</pre></details></table><a href="javascript:alert(6)">x</a>',
].join('\n');

describe.skipIf(!executablePath)(
  executablePath ? 'in a browser' : 'skipped, for there is no Chromium: in a browser',
  () => {
    let browser: Browser;
    let folder: string;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'webhook-sim-page-'));
      browser = await chromium.launch({ executablePath: executablePath!, args: flags });
    });
    afterAll(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Opens the report of these events, with all that it complains of and asks the network for. */
    async function open(events: readonly SuiteEvent[], options: BrowserContextOptions = {}, hash = '') {
      let text = '';
      const reporter = html((piece) => {
        text += piece;
      });
      for (const event of events) reporter.event(event);
      const path = join(folder, 'report.html');
      writeFileSync(path, text);
      const context = await browser.newContext(options);
      onTestFinished(() => context.close());
      const page = await context.newPage();
      const complaints: string[] = [];
      const asked: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('dialog', (dialog) => {
        complaints.push(`dialog ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('request', (request) => asked.push(request.url()));
      const url = `${pathToFileURL(path)}${hash}`;
      await page.goto(url);
      return { page, complaints, asked, url };
    }

    const names = (page: Page) => page.locator('#cases tbody[id]:visible .name').allTextContents();

    const mixed: readonly SuiteEvent[] = [
      aResult({ name: 'b 2', durationMs: 20, event: 'order.created' }),
      aResult({
        name: 'b 10',
        durationMs: 1500,
        status: 'failed',
        failures: [{ expectation: 'status', message: 'teapot' }],
      }),
      aResult({ name: 'a', durationMs: 3, status: 'skipped', reason: 'interrupted', deliveries: [] }),
      aSummary({ counts: { passed: 1, failed: 1, flaky: 0, skipped: 1 } }),
    ];

    it('finds, filters and sorts, and opens what it has', async () => {
      const { page, complaints, asked, url } = await open(mixed);
      expect(await page.title()).toBe('✗ 1 of 2 cases failed · webhook-sim');
      expect(await names(page)).toEqual(['b 2', 'b 10', 'a']);

      await page.keyboard.press('/');
      await page.keyboard.type('TEAPOT b');
      expect(await names(page)).toEqual(['b 10']);
      expect(await page.locator('output').textContent()).toBe('1 of 3 shown');
      await page.getByRole('searchbox').fill('no such case');
      expect(await names(page)).toEqual([]);
      expect(await page.getByText('No case is like that.').isVisible()).toBe(true);
      await page.getByRole('searchbox').fill('');

      const skipped = page.getByRole('button', { name: 'skipped 1' });
      await skipped.click();
      await page.getByRole('button', { name: 'failed 1' }).press('Enter');
      expect(await names(page)).toEqual(['b 10', 'a']);
      expect(await skipped.getAttribute('aria-pressed')).toBe('true');
      await skipped.click();
      await page.getByRole('button', { name: 'failed 1' }).click();

      const duration = page.getByRole('columnheader', { name: 'Duration' });
      const orders = [];
      for (const order of ['descending', 'ascending', 'none']) {
        await duration.getByRole('button').press('Enter');
        expect(await duration.getAttribute('aria-sort')).toBe(order);
        orders.push(await names(page));
      }
      expect(orders).toEqual([
        ['b 10', 'b 2', 'a'],
        ['a', 'b 2', 'b 10'],
        ['b 2', 'b 10', 'a'],
      ]);
      await page.getByRole('columnheader', { name: 'Case' }).getByRole('button').click();
      expect(await names(page)).toEqual(['a', 'b 2', 'b 10']);

      const body = page.locator('#case-1 pre').first();
      expect(await body.isVisible()).toBe(false);
      await page.locator('#case-1 summary').focus();
      await page.keyboard.press('Enter');
      expect(await body.textContent()).toBe('{\n  "total": 1.10\n}');
      expect(await body.isVisible()).toBe(true);
      await expect.poll(() => page.evaluate('[...CSS.highlights.get("key")].map(String)')).toEqual(['"total"']);
      await page.getByRole('button', { name: 'Open all' }).click();
      expect(await page.locator('#case-2 pre').first().isVisible()).toBe(true);
      expect([complaints, asked]).toEqual([[], [url]]);
    });

    it('opens the case that a link is to, though it is filtered away', async () => {
      const { page } = await open(mixed, {}, '#case-1');
      expect(await page.locator('#case-1 pre').first().isVisible()).toBe(true);
      await page.getByRole('searchbox').fill('no such case');
      await page.locator('.failed a').click();
      await expect.poll(() => page.locator('#case-2 pre').first().isVisible()).toBe(true);
    });

    it('shows everything without its script', async () => {
      const { page, complaints } = await open(mixed, { javaScriptEnabled: false });
      expect(await names(page)).toEqual(['b 2', 'b 10', 'a']);
      expect(await page.locator('.tools').isVisible()).toBe(false);
      await page.locator('#case-2 summary').click();
      expect(await page.locator('#case-2 pre').first().isVisible()).toBe(true);
      expect(complaints).toEqual([]);
    });

    it('does nothing that a receiver wants', async () => {
      const answer = Buffer.from(
        `HTTP/1.1 200 OK\r\nX-Evil: ${hostile.replaceAll('\n', ' ').replaceAll(/[\u2028\u202e]/g, '')}\r\nContent-Type: text/html\r\nContent-Length: ${Buffer.byteLength(hostile)}\r\n\r\n${hostile}`,
      );
      const { url: receiver } = await rudeServer(answering(answer));
      const deliveries = await sentTo([`${receiver}/?<script>alert(7)</script>`], hostile);
      expect(deliveries[0]!.attempts[0]!.status).toBe(200);
      const failures = [{ expectation: 'body', message: hostile }];
      const evil = aResult({ name: hostile, suite: hostile, status: 'failed', failures, log: hostile, deliveries });
      const tame = aResult({
        name: 'x',
        status: 'failed',
        failures: [{ expectation: 'body', message: 'x' }],
        log: 'x',
      });
      const count = (page: Page) => page.locator('script, style, img, iframe, base, meta, a').count();
      const { page, complaints, asked, url } = await open([evil, aSummary()]);
      const all = await count(page);
      expect(await page.title()).toBe('✓ The case passed · webhook-sim');
      await page.getByRole('button', { name: 'Open all' }).click();
      const pre = page.locator('#case-1 .answers pre');
      expect(await pre.textContent()).toBe(hostile.replace('\u2028', '\\u{2028}').replace('\u202e', '\\u{202e}'));
      expect(await page.locator('.answers .headers').textContent()).toContain('"><img src=x onerror="alert(3)">');
      expect([complaints, asked]).toEqual([[], [url]]);
      const { page: other } = await open([tame, aSummary()]);
      expect(all).toBe(await count(other));
    });

    it('draws each phase where it was on one time axis', async () => {
      const at = (startedAt: string) => anEnded({ attempts: [anAttempt({ startedAt, timing: { ...timing } })] });
      const timing = {
        dnsMs: null,
        connectMs: 100,
        tlsMs: null,
        sendMs: 0,
        waitMs: 300,
        receiveMs: 100,
        totalMs: 500,
        reused: false,
      };
      const deliveries = [at('2026-01-13T01:00:12.500Z'), at('2026-01-13T01:00:12.000Z')];
      const { page } = await open([aResult({ deliveries }), aSummary()]);
      const rects = await page
        .locator('.timing tbody rect')
        .evaluateAll((all) =>
          all.map((each) => ['class', 'x', 'width'].map((name) => each.getAttribute(name)).join(' ')),
        );
      expect(rects).toEqual([
        'is-connect 0% 10%',
        'is-wait 10% 30%',
        'is-receive 40% 10%',
        'is-connect 50% 10%',
        'is-wait 60% 30%',
        'is-receive 90% 10%',
      ]);
      expect(await page.locator('.axis text').allTextContents()).toEqual(['0', '500 ms']);
      const [wait, axis] = await Promise.all([
        page.locator('.timing rect.is-wait').last().boundingBox(),
        page.locator('.axis').boundingBox(),
      ]);
      expect((wait!.x - axis!.x) / axis!.width).toBeCloseTo(0.6, 2);
    });

    it.each(['light', 'dark'] as const)('is read in %s on a wide and on a narrow screen', async (colorScheme) => {
      const long = 'https://shop.example/'.padEnd(400, 'x');
      const deliveries = [anEnded({ delivery: aDelivery({ url: long }) })];
      for (const width of [1280, 360]) {
        const viewport = { width, height: 800 };
        const { page } = await open([aResult({ name: long, deliveries }), aSummary()], { viewport, colorScheme });
        await page.getByRole('button', { name: 'Open all' }).click();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        const [r] = (await page.evaluate('getComputedStyle(document.body).backgroundColor.match(/\\d+/g)')) as string[];
        expect(Number(r) > 128).toBe(colorScheme === 'light');
      }
    });

    it('opens with 5,000 deliveries, and finds one of them', async () => {
      const closed = (await sentTo([`http://127.0.0.1:${await freePort()}/`]))[0]!;
      const results = Array.from({ length: 5000 }, (_, i) => {
        const failed = i % 10 === 0;
        return aResult({
          name: `case ${i}`,
          status: failed ? 'failed' : 'passed',
          deliveries: [failed ? closed : anEnded()],
        });
      });
      const counts = { passed: 4500, failed: 500, flaky: 0, skipped: 0 };
      const { page, complaints } = await open([...results, aSummary({ counts })]);
      await page.getByRole('searchbox').fill('4321');
      const shown = page.locator('#cases tbody[id]:not([hidden]) .name');
      expect(await shown.allTextContents()).toEqual(['case 4321']);
      expect(complaints).toEqual([]);
    });
  },
);
