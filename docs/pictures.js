/** Makes the pictures of the README from what the commands print: `npm run docs:pictures`. */
import { execFile, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const root = join(import.meta.dirname, '..');
const folder = join(import.meta.dirname, 'pictures');
const run = promisify(execFile);
const secret = 'a-secret-of-the-pictures';

/** A receiver that compares only as many characters of the signature as came. */
const receiver = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const expected = createHmac('sha256', secret).update(Buffer.concat(chunks)).digest('base64');
  const received = request.headers['x-scalev-hmac-sha256'] ?? '';
  const isTaken = received !== '' && expected.startsWith(received);
  response.writeHead(isTaken ? 200 : 401).end();
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');
const address = `127.0.0.1:${receiver.address().port}`;
const cwd = mkdtempSync(join(tmpdir(), 'webhook-sim-pictures-'));

async function print(args) {
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', FORCE_COLOR: '1', SCALEV_SIGNING_SECRET: secret, HOME: cwd };
  const real = args.map((arg) => arg.replace('localhost:3000', address));
  const argv = [join(root, 'bin/webhook-sim.js'), ...real, '-q', '--no-log'].filter(
    (arg) => arg !== '--no-log' || args[0] === 'send',
  );
  const { stdout } = await run(process.execPath, argv, { cwd, env }).catch((error) => error);
  return stdout.replaceAll(address, 'localhost:3000').trimEnd().split('\n');
}

const prompt = (args) => `\u001b[2m$\u001b[22m \u001b[1mwebhook-sim ${args.join(' ')}\u001b[22m`;
const to = ['--to', 'localhost:3000/webhooks'];
const send = ['send', 'scalev', "'order.*'", ...to];
const check = ['check', 'scalev', ...to];
const checked = await print(check);
const isWrong = (line) => line.replace(/\u001b\[\d+m/g, '').startsWith('  ✗');
const firstWrong = checked.findIndex(isWrong);
const findings = checked.findIndex((line) => /^\S*Finding/.test(line.replace(/\u001b\[\d+m/g, '')));
writeFileSync(
  join(folder, 'terminal.svg'),
  svg([
    prompt(send),
    ...(await print(send.map((word) => word.replaceAll("'", '')))),
    '',
    prompt(check),
    '\u001b[2m…\u001b[22m',
    ...checked.slice(firstWrong, firstWrong + 2),
    '\u001b[2m…\u001b[22m',
    ...checked.slice(findings),
  ]),
);
await report();
await page();
receiver.close();
receiver.closeAllConnections();
rmSync(cwd, { recursive: true });

/** The HTML report of a run with a failed case, as a browser shows it in light and in dark. */
async function report() {
  const suite = `target: http://${address}/webhooks/{provider}\ncases:\n  - send: scalev order.*\n  - send: scalev payment.received\n    forge: truncated-to-1\n  - check: scalev\n`;
  writeFileSync(join(cwd, 'smoke.webhooks.yaml'), suite);
  await print(['run', '--report', 'html=report.html']);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1100, height: 620 } });
    await page.goto(pathToFileURL(join(cwd, 'report.html')).href);
    await page.screenshot({ path: join(folder, `report-${colorScheme}.png`) });
  }
  await browser.close();
}

/** The timeline of the page of `ui` after some deliveries and a check, in light and in dark. */
async function page() {
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', SCALEV_SIGNING_SECRET: secret, HOME: cwd };
  const shop = join(cwd, 'shop');
  mkdirSync(shop);
  writeFileSync(
    join(shop, 'webhook-sim.config.yaml'),
    `targets:\n  local: http://${address}/webhooks\ntarget: local\n`,
  );
  const bin = join(root, 'bin/webhook-sim.js');
  const command = (...args) => run(process.execPath, [bin, ...args, '-q'], { cwd: shop, env }).catch(() => {});
  await command('send', 'scalev', 'order.*');
  await command('send', 'scalev', 'payment.received', '--forge', 'wrong-secret');
  await command('check', 'scalev');
  await command('send', 'scalev', 'order.created', '--count', '3');
  const server = spawn(process.execPath, [bin, 'ui', '--port', '0', '--json'], { cwd: shop, env });
  const [line] = await once(server.stdout, 'data');
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  for (const colorScheme of ['light', 'dark']) {
    const tab = await browser.newPage({ colorScheme, viewport: { width: 1200, height: 540 } });
    await tab.goto(`${JSON.parse(line).url}&/timeline`);
    await tab.getByRole('option').nth(1).click();
    await tab.locator('.headers').waitFor();
    await tab.screenshot({ path: join(folder, `ui-${colorScheme}.png`) });
  }
  await browser.close();
  server.kill();
}

/** Text with colours of a terminal as a picture that follows the reader's light or dark. */
function svg(lines) {
  const [letter, line, edge] = [8.43, 19, 18];
  const width = Math.ceil(84 * letter + 2 * edge);
  const height = lines.length * line + 2 * edge;
  const rows = lines.map((text, at) => `<text y="${edge + (at + 0.75) * line}" x="${edge}">${spans(text)}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="webhook-sim send and check in a terminal">
<style>
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre; fill: #1f2328 }
rect { fill: #f6f8fa; stroke: #d1d9e0 }
.b { font-weight: 600 } .d { opacity: .6 } .g { fill: #1a7f37 } .r { fill: #cf222e } .y { fill: #9a6700 } .c { fill: #0969da }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } rect { fill: #0d1117; stroke: #30363d }
  .g { fill: #3fb950 } .r { fill: #f85149 } .y { fill: #d29922 } .c { fill: #58a6ff }
}
</style>
<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8"/>
${rows.join('\n')}
</svg>
`;
}

function spans(text) {
  const on = new Set();
  const set = { 1: 'b', 2: 'd', 31: 'r', 32: 'g', 33: 'y', 34: 'c', 36: 'c' };
  const off = { 22: ['b', 'd'], 39: ['r', 'g', 'y', 'c'], 0: ['b', 'd', 'r', 'g', 'y', 'c'] };
  return text
    .split(/\u001b\[(\d+)m/)
    .map((part, at) => {
      if (at % 2 === 1) {
        if (set[part]) on.add(set[part]);
        for (const name of off[part] ?? []) on.delete(name);
        return '';
      }
      const escaped = part.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      if (part === '' || on.size === 0) return escaped;
      return `<tspan class="${[...on].join(' ')}">${escaped}</tspan>`;
    })
    .join('');
}
