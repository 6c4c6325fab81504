/** Peak memory of a long run over that of a short one: flat means that nothing grows with the number of deliveries. */
import { spawnSync } from 'node:child_process';
import { cli } from './measure.js';

const script = (count, url) => `
  process.argv = [process.argv[0], 'webhook-sim', 'send', 'scalev', 'order.created', '-q', '--to', '${url}', '--count', '${count}', '--concurrency', '20'];
  process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS));
  await import('${cli}');`;

export function memory(node, url, count) {
  const peak = (n) => {
    const { stderr } = spawnSync(node, ['--input-type=module', '-e', script(n, url)], { encoding: 'utf8' });
    return Number(/peak (\d+)/.exec(stderr)[1]) / 1024;
  };
  const short = peak(1000);
  const long = peak(count);
  return { 'memory of the long run over the short one': long / short, 'peak MB': Math.round(long) };
}
