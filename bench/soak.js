/**
 * A soak of the wire: deliveries to a receiver of which each tenth request is treated badly, and what either side seen.
 * `node bench/soak.js [count]`, 200,000 by default; exits with 1 where the counts of requests or of answers differ.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { cli, root } from './measure.js';

const count = Number(process.argv[2] ?? 200_000);
const receiver = spawn('python3', [join(root, 'bench/faultyReceiver.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface({ input: receiver.stdout });
const [port] = await once(lines, 'line');
const args = ['send', 'scalev', 'order.created', '--to', `http://127.0.0.1:${port}/`, '--count', count];
const sender = spawn(process.execPath, [cli, ...args, '--concurrency', 20, '--json', '-q', '--no-log'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const seen = { deliveries: 0, requests: 0, answered: 0, resent: 0, warnings: 0 };
const failures = {};
let summary;
for await (const line of createInterface({ input: sender.stdout })) {
  const event = JSON.parse(line);
  if (event.type === 'summary') summary = event;
  if (event.type === 'warning') seen.warnings++;
  if (event.type !== 'delivery') continue;
  seen.deliveries++;
  for (const { error, timing, warnings = [] } of event.attempts) {
    if (timing.sendMs !== null) seen.requests++;
    if (error === null) seen.answered++;
    else failures[error.code] = (failures[error.code] ?? 0) + 1;
    if (error?.code === 'CLOSED_WHILE_IDLE') seen.resent++;
    seen.warnings += warnings.length;
  }
}
const counted = once(lines, 'line');
receiver.stdin.write('\n');
const received = JSON.parse((await counted)[0]);
const checks = {
  'requests, sender and receiver': [seen.requests, received.requests],
  'answers, sender and receiver': [seen.answered, received.answered],
  'deliveries, reported and requested': [seen.deliveries, count],
  'attempts, summary and lines': [summary.attemptCount, seen.requests],
  'sent again, summary and lines': [summary.resent, seen.resent],
  'warnings, summary and lines': [summary.warnings, seen.warnings],
};
console.log(`faults of the receiver: ${received.faults}; failed attempts: ${JSON.stringify(failures)}`);
for (const [what, [one, other]] of Object.entries(checks)) {
  console.log(`${one === other ? 'ok  ' : 'FAIL'} ${what}: ${one}, ${other}`);
  if (one !== other) process.exitCode = 1;
}
