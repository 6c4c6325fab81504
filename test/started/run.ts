/** A run that starts a receiver, bundled by a test and run as a process of its own: `<url> <manners> <command…>`. */

import { Signals } from '../../src/cli/io/signals.js';
import { directRoute } from '../../src/core/route.js';
import { SecretMask } from '../../src/core/secretMask.js';
import { startReceiver } from '../../src/launch/startReceiver.js';
import { waitForTarget } from '../../src/launch/waitForTarget.js';
import { clock } from './clock.js';

const [url, manners, ...command] = process.argv.slice(2) as [string, string, ...string[]];
const signals = new Signals();
const route = { ...directRoute, nameOf: (key: string) => key };
const say = (text: string) => process.stdout.write(`${text}\n`);

process.once('uncaughtException', () => {
  say('bug');
  process.exit(70);
});

async function run(): Promise<void> {
  const io = {
    cwd: process.cwd(),
    env: process.env,
    secrets: new SecretMask(),
    get interrupted() {
      return signals.take();
    },
  };
  const program = await startReceiver({ command, places: [{ url, route }] }, io);
  const signal = io.interrupted;
  const wait = { limitMs: 10_000, answer: null };
  const { ready } = await waitForTarget({ url, route, wait, clock, signal, program });
  for (const line of program.logSince(0).split('\n')) if (line.startsWith('pid')) say(line);
  say(ready ? 'ready' : 'not ready');
  if (manners === 'exit') process.exit(5);
  if (manners === 'bug') setTimeout(() => Promise.reject(new Error('planted')), 50);
  if (!signal.aborted) {
    await new Promise((resolve) => {
      const busy = setInterval(() => {}, 1000);
      signal.addEventListener('abort', () => resolve(clearInterval(busy)));
    });
  }
  say(`partial report: ${signal.reason}`);
  await program.stop();
  say(`stopped; the receiver said ${program.logSince(0).replaceAll('\n', ' ')}`);
  process.exitCode = 130;
}

void run();
