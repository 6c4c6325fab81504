import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const bin = join(root, 'bin/webhook-sim.js');

/** The page as it is built, compressed. */
export const pageFile = join(root, 'dist/ui.html.br');

/** The value of `env:PAGE_SECRET` in a project. */
export const pageSecret = 'whsec_of_the_page';

/** The path of Chromium; undefined where there is none. */
export const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);

export function launchBrowser(): Promise<Browser> {
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];
  return chromium.launch({ executablePath: chromiumPath!, args: [...args, '--disable-background-networking'] });
}

export interface Received {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type AnswerOf = (request: Received, number: number) => { status?: number; type?: string; body?: string };

/** A receiver that keeps what comes, and answers as it is told. */
export async function openReceiver(answerOf: AnswerOf = () => ({})): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const one = { url: request.url!, headers: request.headers, body: Buffer.concat(chunks).toString() };
    received.push(one);
    const { status = 200, type = 'application/json', body = '{"ok":true}' } = answerOf(one, received.length);
    response.writeHead(status, { 'content-type': type, 'x-number': String(received.length) }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`, received };
}

/** A project on disk with a log of its own, and the commands in it. */
export function makeProject(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-sim-ui-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const state = { HOME: folder, XDG_STATE_HOME: join(folder, '.state') };
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', PAGE_SECRET: pageSecret, ...state };
  const children: ChildProcess[] = [];
  onTestFinished(async () => {
    for (const child of children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    run: (...args: string[]) => promisify(execFile)(process.execPath, [bin, ...args], { cwd: folder, env }),
    /** Starts the server of the page; its address, and how to kill it. */
    async startUi(port = 0) {
      const child = spawn(process.execPath, [bin, 'ui', '--port', String(port), '--json'], { cwd: folder, env });
      children.push(child);
      const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
      const { url, message } = JSON.parse(line) as { url: string; message?: string };
      if (message) throw new Error(message);
      const kill = async () => {
        child.kill('SIGKILL');
        await once(child, 'exit');
      };
      return { url, port: Number(new URL(url).port), kill };
    },
  };
}

/** Opens an address, with all that the page complains of and asks of others. */
export async function openTab(browser: Browser, url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  onTestFinished(() => context.close());
  const complaints: string[] = [];
  const asked: string[] = [];
  const watch = (page: Page) => {
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== new URL(url).origin && !request.url().startsWith('data:'))
        asked.push(request.url());
    });
  };
  context.on('page', watch);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  return { page, context, complaints, asked };
}

/** An address of the page that leads to a view at once. */
export const viewUrl = (url: string, route: string) => `${url}&${route}`;

/** Expects of what is read that it becomes so, also on a machine that is busy. */
export const until = <Value>(read: () => Value | Promise<Value>) =>
  expect.poll(read, { timeout: 60_000, interval: 100 });
