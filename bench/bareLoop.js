/** Sends a static body with undici's own `request`: the baseline for the throughput of `send`. */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'undici';

const [url, count, concurrency] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const body = Buffer.from(
  JSON.stringify(
    JSON.parse(readFileSync(new URL('../payloads/scalev/events/order.created.json', import.meta.url), 'utf8')),
  ),
);
const headers = {
  'Content-Type': 'application/json',
  'X-Scalev-Hmac-Sha256': 'ypaLTI7ANk28Zvhr0hGOcHT2rhKFdlhOvdDpESOLnEs=',
};
const dispatcher = new Agent({ connections: concurrency });
let left = count;

async function worker() {
  while (left-- > 0) {
    const response = await request(url, { method: 'POST', headers, body, dispatcher });
    await response.body.dump();
  }
}
await Promise.all(Array.from({ length: concurrency }, worker));
await dispatcher.close();
