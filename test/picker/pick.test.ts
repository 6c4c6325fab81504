import { readFileSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { captureServer } from '../support/capture.js';
import { startShell } from '../support/child.js';
import { folderOf } from '../support/folder.js';
import { bundleCli } from '../support/process.js';
import { keys, terminal } from '../support/terminal.js';
import { toMenu, wish } from './session.js';

beforeAll(bundleCli);

it('finds an event by typing, sends it and tells the command that sends the same', async () => {
  const { url, requests } = await captureServer();
  const cwd = folderOf({});
  const person = terminal([], { cwd });
  await toMenu(person, `${url}/hook`);
  expect(person.text).toContain('"event": "order.created"');
  await wish(person, 'change a field');
  await person.see('Field, or');
  await person.see('esc back');
  await person.find('data.status=paid soon', '(this change)');
  await person.see(/- +"status": "[a-z_]+",\n\+ +"status": "paid soon",\n/);
  await person.see('What now?');
  await wish(person, 'send');
  await person.see('The same as a command:');
  await person.see('What now?');
  const command = `webhook-sim send scalev order.created --to ${url}/hook --set 'data.status=paid soon'`;
  expect(person.text).toContain(command);
  await wish(person, 'quit');
  expect(await person.ended).toBe(0);

  const shell = startShell(command.replace('webhook-sim', 'cli'), [], { cwd });
  expect((await shell.ended).exitCode).toBe(0);
  const statuses = requests.map(({ body }) => JSON.parse(body.toString()).data.status);
  expect(statuses).toEqual(['paid soon', 'paid soon']);
  expect(statSync(join(cwd, '.local/state/webhook-sim/picker.json')).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(join(cwd, '.local/state/webhook-sim/picker.json'), 'utf8'))).toEqual([
    { project: cwd, provider: 'scalev', event: 'order.created', variant: null, target: `${url}/hook` },
  ]);
});

it('finds a field by its value, completes it with Tab, and takes a new value', async () => {
  const { url, requests } = await captureServer();
  const person = terminal([], { cwd: folderOf({}) });
  await toMenu(person, url);
  await wish(person, 'change a field');
  await person.see('Field, or');
  await person.see('esc back');
  await person.find('"unavail', /❯ data\.awb_status +"unavailable"/);
  await person.see('data.awb_status unavailable');
  person.type('\u0015');
  await person.find('sent', 'data.awb_status sent');
  await person.see('+     "awb_status": "sent",');
  await person.see('What now?');
  await wish(person, 'change a field');
  await person.see('Field, or');
  await person.see('esc back');
  person.type('order_id');
  await person.see('❯ data.order_id');
  person.type('\t');
  await person.see('data.order_id=');
  await person.find('X1', '❯ data.order_id=X1');
  await person.see('What now?');
  await wish(person, 'remove');
  await person.see('Field to remove');
  await person.see('esc back');
  await person.find('secret_slug', '❯ data.secret_slug');
  await person.see('What now?');
  await wish(person, 'send');
  await person.see(`--set data.awb_status=sent --set data.order_id=X1 --unset data.secret_slug`);
  const { data } = JSON.parse(requests[0]!.body.toString());
  expect([data.awb_status, data.order_id, 'secret_slug' in data]).toEqual(['sent', 'X1', false]);
});

it('offers variants, in the list and for an event that is chosen', async () => {
  const { url, requests } = await captureServer();
  const person = terminal([], { cwd: folderOf({}) });
  await person.see('esc back');
  await person.find('order.created legacy', '❯ scalev order.created (legacy-2025)');
  await person.see('Target');
  await person.see('esc back');
  await person.find(url, `❯ ${url}`);
  await person.see('What now?');
  await wish(person, 'quit');
  await person.see(`The same as a command:\nwebhook-sim send scalev order.created --to ${url} --variant legacy-2025`);
  expect(await person.ended).toBe(0);
  expect(requests).toEqual([]);

  const other = terminal([], { cwd: folderOf({}) });
  await toMenu(other, url);
  await wish(other, 'choose a variant');
  await other.see('Variant');
  await other.see('esc back');
  await other.find('legacy', '❯ legacy-2025');
  await other.see('What now?');
  await wish(other, 'send');
  await other.see('--variant legacy-2025');
  expect(requests).toHaveLength(1);
});

it('takes an address that is typed over a target that only looks like it', async () => {
  const { url, requests } = await captureServer();
  const cwd = folderOf({});
  const first = terminal([], { cwd });
  await toMenu(first, `${url}/hooks/scalev`);
  await wish(first, 'quit');
  await first.ended;
  const second = terminal([], { cwd });
  await toMenu(second, `${url}/hooks`);
  await wish(second, 'send');
  await second.see('The same as a command:');
  expect(requests.map(({ requestLine }) => requestLine)).toEqual(['POST /hooks HTTP/1.1']);
});

it('saves the body as a file, and tells the command that sends it', async () => {
  const { url, requests } = await captureServer();
  const cwd = folderOf({ 'order.created.json': 'mine' });
  const person = terminal([], { cwd });
  await toMenu(person, url);
  await wish(person, 'save');
  await person.see('File');
  person.type(keys.enter);
  await person.see('Write over it?');
  await person.find('y', 'y');
  await person.see('--data order.created.json');
  await person.see('What now?');
  await wish(person, 'quit');
  await person.ended;
  const saved = readFileSync(join(cwd, 'order.created.json'), 'utf8');
  const command = `cli send scalev order.created --to ${url} --data order.created.json`;
  expect((await startShell(command, [], { cwd }).ended).exitCode).toBe(0);
  expect(requests.map(({ body }) => body.toString())).toEqual([saved]);
});

it('checks the receiver', async () => {
  const { url } = await captureServer();
  const person = terminal([], { cwd: folderOf({}) });
  await toMenu(person, url);
  await wish(person, 'check');
  await person.see(`webhook-sim check scalev order.created --to ${url}`);
  await person.see('What now?');
  expect(person.text).toContain('no-signature');
});

it('goes on after a receiver that is not there, and sends again', async () => {
  const person = terminal([], { cwd: folderOf({}) });
  await toMenu(person, 'localhost:1');
  await wish(person, 'send');
  await person.see('The same as a command:');
  await person.see('What now?');
  await wish(person, 'send again');
  await person.see('The same as a command:');
  await person.see('What now?');
});

it('ends with 130 where Ctrl-C comes in the middle of a delivery', async () => {
  const connected = { now: () => {} };
  const request = new Promise<void>((resolve) => {
    connected.now = resolve;
  });
  const server = createServer((socket) => socket.on('error', () => {}).once('data', () => connected.now()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const person = terminal([], { cwd: folderOf({}) });
  await toMenu(person, `127.0.0.1:${(server.address() as AddressInfo).port}`);
  await wish(person, 'send');
  await request;
  person.type(keys.ctrlC);
  expect(await person.ended).toBe(130);
  expect(person.text).not.toMatch(/\n\s+at /);
});

it('needs no typing at all: the first choices go to the built-in receiver', async () => {
  const person = terminal([], { cwd: folderOf({}) });
  for (const prompt of ['Provider or event', 'Event of ', 'Target']) {
    await person.see(prompt);
    await person.see('❯');
    await person.see('esc back');
    person.type(keys.enter);
  }
  await person.see('POST to the built-in receiver');
  await wish(person, 'send');
  await person.see(/webhook-sim send \S+ \S+ --to demo\n/);
  await person.see('What now?');
});
