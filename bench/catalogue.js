/** The time of a command with three hundred providers over one with five, as whole processes. `node bench/catalogue.js` shows it. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ratio, root, seconds, startReceiver } from './measure.js';

const few = ['bharatcart', 'commercelayer', 'covver', 'scalev', 'webconnex'];
const many = 300;

/** A copy of the package whose catalogue is changed. */
function packageWith(change) {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-sim-bench-'));
  for (const name of ['bin', 'dist', 'package.json']) cpSync(join(root, name), join(folder, name), { recursive: true });
  const catalogue = join(folder, 'dist/catalogue');
  const index = join(catalogue, 'index.json');
  writeFileSync(index, JSON.stringify(change(JSON.parse(readFileSync(index, 'utf8')), catalogue)));
  return folder;
}

function withFew() {
  return packageWith((index, catalogue) => {
    for (const file of readdirSync(catalogue)) {
      if (![...few, 'index'].includes(file.split('.')[0])) rmSync(join(catalogue, file));
    }
    return index.filter(({ name }) => few.includes(name));
  });
}

function withMany() {
  return packageWith((index, catalogue) => {
    const copies = Array.from({ length: many - index.length }, (_, at) => {
      const original = index[at % index.length];
      const name = `${original.name}-${at}`;
      for (const ending of ['js', 'samples', 'packed']) {
        const file = join(catalogue, `${original.name}.${ending}`);
        if (existsSync(file)) cpSync(file, join(catalogue, `${name}.${ending}`));
      }
      return { ...original, name };
    });
    return [...index, ...copies];
  });
}

/** The ratio of each command. */
export function catalogue(node, url, runs) {
  const [small, large] = [withFew(), withMany()];
  const over = (args, others = args) =>
    ratio(
      runs,
      () => seconds(node, [join(large, 'bin/webhook-sim.js'), ...args]),
      () => seconds(node, [join(small, 'bin/webhook-sim.js'), ...others]),
    );
  const send = (provider, event) => ['send', provider, event, '-q', '--to', url];
  const figures = {
    'send with 300 providers over 5': over(send('scalev', 'order.created')),
    ...Object.fromEntries(
      [
        ['github', 'pull_request.milestoned', 'the largest event of GitHub'],
        ['stripe', 'issuing_authorization.created', 'the largest event of Stripe'],
        ['github', 'pull_request.opened', "GitHub's pull_request.opened"],
      ].map(([provider, event, title]) => [
        `send of ${title} over one of Scalev`,
        over(send(provider, event), send('scalev', 'order.created')),
      ]),
    ),
    'list of one with 300 providers over 5': over(['list', 'scalev']),
  };
  for (const folder of [small, large]) rmSync(folder, { recursive: true });
  return figures;
}

if (process.argv[1] === import.meta.filename) {
  const receiver = await startReceiver();
  for (const [name, value] of Object.entries(catalogue(process.execPath, receiver.url, 31))) {
    console.log(`${name}: ${value.toFixed(3)}`);
  }
  receiver.close();
}
