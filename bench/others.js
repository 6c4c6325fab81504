/** One signed delivery against other tools that send one request, where they are installed: whole processes. */
import { spawnSync } from 'node:child_process';
import { cli, median, seconds } from './measure.js';

const body = '{"event":"order.created"}';
const tools = {
  curl: (url) => ['curl', ['-s', '-X', 'POST', url, '-H', 'Content-Type: application/json', '-d', body]],
  'openssl and curl': (url) => [
    'sh',
    [
      '-c',
      `B='${body}'; S=$(printf %s "$B" | openssl dgst -sha256 -hmac secret -binary | base64); curl -s -X POST ${url} -H "X-Scalev-Hmac-Sha256: $S" -d "$B"`,
    ],
  ],
  HTTPie: (url) => ['http', ['--ignore-stdin', 'POST', url, 'event=order.created']],
  autocannon: (url) => ['autocannon', ['-a', '1', '-c', '1', '-m', 'POST', '-b', body, url]],
};

export function others(node, url, runs) {
  const times = (command, args) => median(Array.from({ length: runs }, () => seconds(command, args))) * 1000;
  const rows = { 'webhook-sim send (ms)': times(node, [cli, 'send', 'scalev', 'order.created', '-q', '--to', url]) };
  for (const [name, make] of Object.entries(tools)) {
    const [command, args] = make(url);
    if (spawnSync('sh', ['-c', `command -v ${command}`]).status === 0) rows[`${name} (ms)`] = times(command, args);
  }
  return rows;
}
