import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { folderOf } from '../support/folder.js';
import { bundleCli } from '../support/process.js';
import { keys, terminal } from '../support/terminal.js';

beforeAll(bundleCli);

it('provider new asks what no flag says', async () => {
  const cwd = folderOf({});
  const person = terminal(['provider', 'new', '--format', 'json'], { cwd });
  await person.see('What is it called?');
  await person.find('Acme Pay', 'Acme Pay');
  await person.see('Take acme-pay.');
  person.type('\u007f'.repeat(8));
  await person.find('acme-pay', 'called? acme-pay');
  await person.see('Which events does it send?');
  await person.find('order.created, order.paid', 'order.created, order.paid');
  await person.see('How does it sign?');
  person.type(keys.down.repeat(3));
  await person.see('❯ stripe');
  person.type(keys.enter);
  await person.see('In which header? (Acme-Pay-Signature)');
  await person.find('X-Acme', 'X-Acme');
  await person.see('Which environment variable holds the secret?');
  person.type(keys.enter);
  await person.see('webhook-sim send acme-pay order.created --to demo');
  expect(await person.ended).toBe(0);
  const { name, secret, headers, events } = JSON.parse(
    readFileSync(join(cwd, 'webhooks/acme-pay/provider.json'), 'utf8'),
  );
  expect({ name, secret, events }).toEqual({
    name: 'acme-pay',
    secret: { env: ['ACME_PAY_WEBHOOK_SECRET'] },
    events: ['order.created', 'order.paid'],
  });
  expect(headers['X-Acme']).toEqual({ head: 't={timestamp},', each: 'v1={signature}', join: ',' });
});

it('provider new writes nothing where the person leaves', async () => {
  const cwd = folderOf({});
  const person = terminal(['provider', 'new', 'acme', '--event', 'a'], { cwd });
  await person.see('How does it sign?');
  person.type(keys.ctrlC);
  expect(await person.ended).toBe(130);
  expect(readdirSync(cwd)).toEqual([]);
});
