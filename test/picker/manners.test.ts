import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { folderOf } from '../support/folder.js';
import { bundleCli } from '../support/process.js';
import { keys, terminal } from '../support/terminal.js';
import { toMenu, toTarget, wish } from './session.js';

beforeAll(bundleCli);

const trace = /\n\s+at |Error:|Warning:/;
const colour = /\u001b\[[\d;]*[1-9][\d;]*m/;

describe('leaving', () => {
  it.each([
    ['Ctrl-C', keys.ctrlC],
    ['Ctrl-D', keys.ctrlD],
  ])('%s ends it with 130 and without a trace', async (_, key) => {
    const person = terminal([], { cwd: folderOf({}) });
    await person.see('esc back');
    person.type(key);
    expect(await person.ended).toBe(130);
    expect(person.text).not.toMatch(trace);
  });

  it('Ctrl-C also ends it in the menu', async () => {
    const person = terminal([], { cwd: folderOf({}) });
    await toMenu(person, 'localhost:1');
    await person.see('esc back');
    person.type(keys.ctrlC);
    expect(await person.ended).toBe(130);
    expect(person.text).not.toMatch(trace);
  });

  it('Esc goes back one step, and ends it at the first one', async () => {
    const person = terminal([], { cwd: folderOf({}) });
    await toMenu(person, 'localhost:1');
    for (const step of ['Target', 'Provider or event']) {
      await person.see('esc back');
      person.type(keys.escape);
      await person.see(step);
    }
    await person.see('esc back');
    person.type(keys.escape);
    expect(await person.ended).toBe(0);
    expect(person.text).not.toMatch(trace);
  });
});

describe('terminals', () => {
  it('a narrow and low one gets lines that fit, and a payload that is cut with a note', async () => {
    const person = terminal([], { cwd: folderOf({}), columns: 40, rows: 20 });
    await toMenu(person, 'localhost:1');
    expect(person.text).toContain('more lines');
    const request = person.text.slice(person.text.lastIndexOf('POST http'), person.text.lastIndexOf('What now?'));
    expect(Math.max(...request.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
    await wish(person, 'quit');
    expect(await person.ended).toBe(0);
  });

  it('NO_COLOR leaves out all colour', async () => {
    const person = terminal([], { cwd: folderOf({}), env: { NO_COLOR: '1' } });
    await toMenu(person, 'localhost:1');
    await wish(person, 'send');
    await person.see('The same as a command:');
    expect(person.raw).not.toMatch(colour);
  });

  it('one that can show colour has it', async () => {
    const person = terminal([], { cwd: folderOf({}) });
    await person.see('esc back');
    expect(person.raw).toMatch(colour);
  });

  it('one that is dumb gets the help and exit 2', async () => {
    const person = terminal([], { cwd: folderOf({}), env: { TERM: 'dumb' } });
    await person.see('Usage: webhook-sim');
    expect(await person.ended).toBe(2);
  });
});

describe('targets', () => {
  const config = {
    target: 'local',
    targets: {
      local: 'localhost:1/in',
      staging: { url: 'https://staging.example/in', header: { Authorization: 'env:CANARY' } },
    },
    secrets: { scalev: 'env:CANARY' },
  };
  const env = { CANARY: 'canary-in-the-mine' };

  it('are those of the config, the default chosen; no secret is shown or kept', async () => {
    const cwd = folderOf({ 'webhook-sim.config.json': JSON.stringify(config) });
    const person = terminal([], { cwd, env });
    await toTarget(person);
    expect(person.text).toContain('❯ local    http://localhost:1/in (default)');
    await person.find('stag', '❯ staging');
    await person.see('What now?');
    await wish(person, 'show as curl');
    await person.see('curl -i');
    await person.see('What now?');
    await wish(person, 'check');
    await person.see('Is it yours?');
    person.type(keys.enter);
    await person.see('What now?');
    await wish(person, 'quit');
    expect(await person.ended).toBe(0);
    expect(person.raw).not.toContain('canary');
    expect(readFileSync(join(cwd, '.local/state/webhook-sim/picker.json'), 'utf8')).not.toContain('canary');
  });

  it('rejects an address with a password', async () => {
    const person = terminal([], { cwd: folderOf({}) });
    await toTarget(person);
    await person.find('https://me:pw@host.example/', '(not an address yet)');
    await person.see('belong in the config');
  });
});

describe('memory', () => {
  it('offers the last choices of a project first', async () => {
    const { url, requests } = await captureServer();
    const cwd = folderOf({});
    const first = terminal([], { cwd });
    await toMenu(first, url);
    await wish(first, 'quit');
    expect(await first.ended).toBe(0);

    const second = terminal([], { cwd });
    await second.see('❯ scalev order.created');
    await second.see('esc back');
    second.type(keys.enter);
    await second.see(new RegExp(`❯ ${url} .*\\(last used\\)`));
    await second.see('esc back');
    second.type(keys.enter);
    await second.see('What now?');
    await wish(second, 'send');
    await second.see('The same as a command:');
    await second.see('send again');
    expect(requests).toHaveLength(1);
  });

  it('does without a home that can be written', async () => {
    const home = folderOf({ 'state/webhook-sim/picker.json': 'null, or what?' });
    chmodSync(join(home, 'state/webhook-sim'), 0o500);
    const person = terminal([], { cwd: folderOf({}), env: { XDG_STATE_HOME: join(home, 'state') } });
    await toMenu(person, 'localhost:1');
    await wish(person, 'quit');
    expect(await person.ended).toBe(0);
    expect(person.text).not.toMatch(trace);
    chmodSync(join(home, 'state/webhook-sim'), 0o700);
  });
});
