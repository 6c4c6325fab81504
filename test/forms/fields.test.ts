import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { receiverProcess } from '../support/receiverProcess.js';
import { isRunnable, programs } from '../zoo/programs.js';
import { formProviders, otherProviders, projectOf } from './providers.js';

const all = { ...formProviders, ...otherProviders };
const names = Object.keys(all);
const secret = "s3cret/of+tests&more='1'";
const cwd = () => projectOf(all);
const secretOf = (name: string) => (name === 'alder' ? 'seed:alder-of-tests' : secret);
/** Changes after signing, and signatures that are gone, by what a form takes. */
const forgeries = ['no-signature', 'empty-signature', 'wrong-secret', 'tampered-body', 'random-signature'];

describe.skipIf(!isRunnable('receiver.php'))('a receiver in PHP', () => {
  it('takes every delivery, and none that is forged', { timeout: 120_000 }, async () => {
    const project = cwd();
    const keys = await cli(['keys', 'alder', '--secret', secretOf('alder')], { cwd: project });
    const url = await receiverProcess({
      command: programs.php[0],
      args: [programs.php[1], join(import.meta.dirname, 'receiver.php')],
      env: {
        SECRET: secret,
        PUBLIC_KEY: /-----BEGIN PUBLIC KEY-----[\s\S]*?-----END PUBLIC KEY-----/
          .exec(keys.stdout)![0]
          .replace(/^ +/gm, ''),
      },
    });
    for (const name of names) {
      const send = (...more: string[]) =>
        cli(['send', name, '--all', '--to', `${url}/${name}`, '--secret', secretOf(name), '--json', ...more], {
          cwd: project,
        });
      const sent = await send();
      expect(sent.exitCode, `${name}: ${sent.stderr} ${sent.stdout}`).toBe(0);
      for (const forge of forgeries) {
        const forged = await send('--forge', forge);
        const applies = !forged.stderr.includes("can't be made");
        if (applies) expect([name, forge, forged.json[0].attempts[0].status]).toEqual([name, forge, 401]);
      }
      expect(sent.stdout + sent.stderr).not.toContain(secret);
    }
  });
});

describe('the built-in receiver', () => {
  it.each(['pine', 'alder', 'flip', 'ship', 'parts', 'query', 'note'])(
    'takes what %s sends, and check finds nothing',
    { timeout: 60_000 },
    async (name) => {
      const { exitCode, json, stderr } = await cli(['check', name, '--to', 'demo', '--json'], { cwd: cwd() });
      expect([stderr, json.filter(({ verdict }) => verdict === 'finding'), exitCode]).toEqual([stderr, [], 0]);
    },
  );
});

describe('provider test', () => {
  it.each(names)('holds %s to the contract', async (name) => {
    const { exitCode, stdout } = await cli(['provider', 'test', name], { cwd: cwd() });
    expect([exitCode, exitCode === 0 ? '' : stdout]).toEqual([0, '']);
  });
});

it('keeps the order of the fields, and writes a form as browsers do', async () => {
  const { stdout } = await cli(['send', 'nest', 'order.paid', '--to', ':3000', '--dry-run'], { cwd: cwd() });
  expect(stdout.split('\n').find((line) => line.startsWith('event%'))).toBe(
    'event%5Btype%5D=order.paid&data%5Bitems%5D%5B0%5D%5Bid%5D=a&data%5Bitems%5D%5B1%5D%5Bid%5D=b&data%5Btags%5D%5B0%5D=x&data%5Btags%5D%5B1%5D=y&data%5Bnote%5D=',
  );
});
