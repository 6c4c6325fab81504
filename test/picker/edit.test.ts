import { chmodSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { runCli, startShell } from '../support/child.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { bundleCli } from '../support/process.js';
import { keys, terminal } from '../support/terminal.js';
import { toMenu, wish } from './session.js';

beforeAll(bundleCli);

const script = `import { readFileSync, statSync, writeFileSync } from 'node:fs';
const [from, to, file] = process.argv.slice(2);
if (!file.endsWith('.json') || (statSync(file).mode & 0o77) !== 0) process.exit(3);
writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
writeFileSync('edited', file);
`;
/** A folder with an editor that replaces a text. */
function withEditor(from: string, to: string) {
  const cwd = folderOf({ 'my editor.mjs': script });
  return { cwd, env: { EDITOR: `'${process.execPath}' '${join(cwd, 'my editor.mjs')}' '${from}' '${to}'` } };
}

const dryRun = ['send', 'scalev', 'order.created', '--dry-run', '--json', '--seed', '1', '--now', '1790000000'];

describe('the picker', () => {
  it('turns what was edited into edits of the command', async () => {
    const { url, requests } = await captureServer();
    const person = terminal([], withEditor('"event": "order.created"', '"event": "order.created", "more": [1.0]'));
    await toMenu(person, url);
    await wish(person, 'edit');
    await person.see('What now?');
    await wish(person, 'send');
    await person.see('The same as a command:');
    await person.see(`--to ${url} --set 'more:=[1.0]'`);
    expect(requests[0]!.body.toString()).toContain('"more":[1]');
  });
});

describe('an edit that --set can not say', () => {
  const swapped = `import { readFileSync, writeFileSync } from 'node:fs';
const file = process.argv[2];
const { event, ...rest } = JSON.parse(readFileSync(file, 'utf8'));
writeFileSync(file, JSON.stringify({ ...rest, event }, null, 2) + '\\n');
`;
  const spaced = `import { readFileSync, writeFileSync } from 'node:fs';
const file = process.argv[2];
writeFileSync(file, readFileSync(file, 'utf8').replace('"event": ', '"event":   '));
`;

  it.each([
    ['another order of the members', swapped, /^\{"unique_id":.*"event":"order\.created"\}$/],
    ['white space', spaced, /^\{\n {2}"event": {3}"order\.created",\n/],
  ])('is kept: %s', async (_, script, expected) => {
    const { url, requests } = await captureServer();
    const cwd = folderOf({ 'editor.mjs': script });
    const env = { VISUAL: `'${process.execPath}' '${join(cwd, 'editor.mjs')}'` };
    const person = terminal([], { cwd, env, columns: 9000 });
    await toMenu(person, url);
    await wish(person, 'edit');
    await person.see('What is changed of the sample:');
    await person.see('It is sent as it was edited');
    await person.see('What now?');
    await wish(person, 'send');
    await person.see('The same as a command:');
    await person.see('--data -');
    const body = requests[0]!.body.toString();
    expect(body).toMatch(expected);
    const [command] = /printf %s '[^']*' \| webhook-sim send .*--data -/.exec(person.text)!;
    await startShell(command.replace('webhook-sim', 'cli'), [], { cwd }).ended;
    expect(requests[1]!.body.toString()).toBe(body);
  });
});

describe('the editor', () => {
  it('is one that is installed where none is named', async () => {
    const bin = folderOf({ nano: `#!/bin/sh\necho '{"by":"nano"}' > "$1"\n` });
    chmodSync(join(bin, 'nano'), 0o755);
    const sh = folderOf({});
    symlinkSync('/bin/sh', join(sh, 'sh'));
    const { stdout, exitCode } = await runCli([...dryRun, '--edit'], { env: { PATH: `${bin}:${sh}` } });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).request.body).toBe('{"by":"nano"}');
  });
});

describe('send --edit', () => {
  it('sends what the editor made of the sample, and removes the file', async () => {
    const { cwd, env } = withEditor('order.created', 'order.edited');
    const { stdout, exitCode } = await runCli([...dryRun, '--edit'], { cwd, env });
    expect(exitCode).toBe(0);
    expect(JSON.parse(JSON.parse(stdout).request.body).event).toBe('order.edited');
    const file = readFileSync(join(cwd, 'edited'), 'utf8');
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });

  it('sends an unchanged file as the sample is sent, renewed', async () => {
    const plain = await cli(dryRun);
    const edited = await cli([...dryRun, '--edit'], { edit: (text) => text });
    expect(edited.stdout).toBe(plain.stdout);
  });

  it('shows the edits of flags, but fills placeholders in each delivery', async () => {
    let shown = '';
    const flags = ['--set', 'data.status=paid', '--set', 'data.order_id={{seq}}', '--count', '2', '--edit'];
    const { json } = await cli([...dryRun, ...flags], { edit: (text) => (shown = text) });
    expect(JSON.parse(shown).data.status).toBe('paid');
    expect(shown).not.toContain('{{');
    const ids = json.map(({ request }) => JSON.parse(request.body).data.order_id);
    expect(new Set(ids).size).toBe(2);
  });

  it('says where broken JSON is broken', async () => {
    const { stderr, stdout, exitCode } = await cli([...dryRun, '--edit'], { edit: () => '{\n  "a" 1\n}' });
    expect(stderr).toContain('line 2, column 7');
    expect([JSON.parse(stdout).type, exitCode]).toEqual(['error', 2]);
  });

  it('offers to mend broken JSON on a terminal', async () => {
    const person = terminal([...dryRun, '--edit'], withEditor('{', '{{'));
    await person.see('line 1, column 2');
    await person.see('Edit it again?');
    person.type('n');
    person.type(keys.enter);
    expect(await person.ended).toBe(2);
  });

  it.each([
    ['no editor', ['--edit'], { PATH: '/nowhere' }, 'Set $EDITOR, or change the payload with --set path=value.'],
    ['an editor that fails', ['--edit'], { EDITOR: 'false' }, 'ended with 1'],
    ['--data', ['--edit', '--data', 'x.json'], { EDITOR: 'true' }, '--edit opens the sample'],
    ['several events', ['order.updated', '--edit'], { EDITOR: 'true' }, 'Name one event'],
  ])('is rejected with %s', async (_, flags, env, words) => {
    const { exitCode, stderr } = await runCli([...dryRun, ...flags], { env });
    expect(stderr).toContain(words);
    expect(exitCode).toBe(2);
  });
});
