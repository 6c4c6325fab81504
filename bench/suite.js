/**
 * A suite of every provider's every event, ten cases at once: over the start of one `send`, and a shell loop of openssl and curl that
 * does the same signed requests over the suite. Whole processes.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli, ratio, root, seconds } from './measure.js';

const providers = ['scalev', 'bharatcart', 'covver', 'webconnex', 'commercelayer'];

/** As terse as it gets: no JSON is made, no id is fresh, and each provider's header is the same. */
const loop = `
for file in "$@"; do
  signature=$(openssl dgst -sha256 -hmac secret -binary "$file" | base64)
  curl -s -o /dev/null -H 'Content-Type: application/json' -H "X-Signature: $signature" --data-binary "@$file" "$URL" || exit 1
done`;

export function suite(node, url, runs) {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-sim-bench-'));
  const file = join(folder, 'all.webhooks.yaml');
  const cases = providers.map((name) => `  - send: ${name} *\n`).join('');
  writeFileSync(file, `target: ${url}\nconcurrency: 10\ncases:\n${cases}`);
  const samples = providers.flatMap((name) => {
    const own = join(root, 'payloads', name);
    return readdirSync(own)
      .filter((each) => !each.includes('--'))
      .map((each) => join(own, each));
  });
  const run = () => seconds(node, [cli, 'run', file, '-q', '--no-github']);
  const send = () => seconds(node, [cli, 'send', 'scalev', 'order.created', '-q', '--to', url]);
  const shell = () => seconds('sh', ['-c', loop.replace('$URL', url), 'sh', ...samples]);
  const figures = {
    'events in the suite': samples.length,
    'suite over one send': ratio(runs, run, send),
    'openssl and curl over the suite': ratio(Math.ceil(runs / 3), shell, run),
  };
  rmSync(folder, { recursive: true });
  return figures;
}
