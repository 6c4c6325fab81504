import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileNames } from '../../src/session/export/gather.js';
import { cli } from '../support/cli.js';
import { valuesOf } from '../support/completion.js';
import { folderOf } from '../support/folder.js';

const fixed = ['--seed', '1', '--now', '2026-01-31T12:00:00Z'];
const modeOf = (...path: string[]) => (statSync(join(...path)).mode & 0o777).toString(8);

describe('export', () => {
  it('takes all events where none is named, and patterns as send does', async () => {
    const namesOf = async (...argv: string[]) =>
      JSON.parse((await cli(['export', 'scalev', ...argv])).stdout).vectors.map(({ name }: { name: string }) => name);
    expect(await namesOf()).toHaveLength(12);
    expect(await namesOf('payment.*', 'payment.failed')).toEqual(['payment.received', 'payment.failed']);
    expect(await namesOf('order.deleted', 'payment.failed', '--all-variants')).toEqual([
      'order.deleted',
      'payment.failed',
      'order.deleted--legacy-2025',
    ]);
    expect(await namesOf('--variant', 'legacy-2025')).toHaveLength(4);
    expect(await namesOf('order.created', '--forge', 'sha1', '--forge', 'md5')).toEqual([
      'order.created',
      'order.created--forged-sha1',
      'order.created--forged-md5',
    ]);
  });

  it.each(['vectors', 'har', 'curl', 'postman'])('writes the same bytes with --seed and --now: %s', async (format) => {
    const argv = ['export', 'commercelayer', 'orders.place', '--format', format, '--forgeries'];
    const one = await cli([...argv, ...fixed]);
    const two = await cli([...argv, ...fixed]);
    expect(one.stdout).toBe(two.stdout);
    expect(one.exitCode).toBe(0);
    const other = await cli([...argv, '--seed', '2', '--now', '2026-01-31T12:00:00Z']);
    expect(other.stdout).not.toBe(one.stdout);
  });

  it('says which forgeries are left out, and why', async () => {
    const cwd = folderOf({});
    const { stdout, stderr } = await cli(['export', 'scalev', '--forgeries', '--json', '--out', 'v.json'], { cwd });
    expect(stderr).toContain(
      'Left out stale-timestamp, future-timestamp, unsigned-timestamp, missing-timestamp, timestamp-in-seconds, timestamp-in-milliseconds, timestamp-in-microseconds: it signs no timestamp.\n',
    );
    expect(stderr).toMatch(/first-kib-signature of .*business\.test_event: the body is not longer than 1 KiB\.\n/);
    expect(stderr).toContain('Left out sample-secret: that is the secret that deliveries are signed with.\n');
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ schemaVersion: 1, type: 'export', format: 'vectors', holdsSecrets: false });
    expect(document.files).toEqual([{ path: 'v.json', bytes: statSync(join(cwd, 'v.json')).size }]);
    expect(document.leftOut).toContainEqual({
      forge: 'stale-timestamp',
      event: null,
      reason: 'it signs no timestamp',
    });
    const { vectors } = JSON.parse(readFileSync(join(cwd, 'v.json'), 'utf8'));
    expect(vectors).toHaveLength(document.deliveries);
    expect(vectors.filter(({ valid }: { valid: boolean }) => !valid)).toHaveLength(document.forgeries);
  });

  it.each<[string, string[], string]>([
    ['an unknown format', ['--format', 'postmann'], '--format: there is no "postmann". Did you mean postman?'],
    ['an unknown forgery', ['--forge', 'wrong-secet'], 'There is no forgery wrong-secet. Did you mean wrong-secret?'],
    ['a forgery that says nothing', ['--forge', 'stale-timestamp'], "stale-timestamp can't be made for Scalev"],
    ['--forge beside --forgeries', ['--forge', 'sha1', '--forgeries'], '--forgeries adds all'],
    ['--variant beside --all-variants', ['--variant', 'legacy-2025', '--all-variants'], 'Give one of the two'],
    ['several raw requests on stdout', ['--format', 'raw'], '12 requests are as many files. Name a folder'],
    ['--json without files', ['--json'], 'Add --out.'],
    ['--force without files', ['--force'], 'Add --out.'],
    ['an empty --out', ['--out', ''], '--out: the path is empty.'],
    ['the built-in receiver', ['--to', 'demo'], 'has no fixed address'],
    ['a body without an event', ['--data', 'body.json'], 'Name it.'],
  ])('rejects %s', async (_, argv, message) => {
    const { exitCode, stderr, stdout } = await cli(['export', 'scalev', ...argv]);
    expect(stderr).toContain(message);
    expect(stdout).toMatch(argv.includes('--json') ? /^\{"schemaVersion":1,"type":"error"/ : /^$/);
    expect(exitCode).toBe(2);
  });

  it('names the provider and the event that are near', async () => {
    expect((await cli(['export', 'scalv'])).stderr).toContain('Did you mean scalev?');
    expect((await cli(['export', 'scalev', 'order.craeted'])).stderr).toContain('Did you mean order.created');
  });

  it('is silent where the flags or the config say so', async () => {
    const cwd = folderOf({
      'webhook-sim.config.json': '{"target":"localhost:1/{event}","report":{"quiet":true,"json":true}}',
    });
    const { stdout, stderr } = await cli(['export', 'scalev', 'order.created'], { cwd });
    expect(JSON.parse(stdout).vectors[0].url).toBe('http://localhost:1/order.created');
    expect(stderr).toBe('');
    expect((await cli(['export', 'scalev', '--no-quiet'], { cwd })).stderr).not.toBe('');
    expect((await cli(['export', 'scalev', '-q'])).stderr).toBe('');
  });

  it('completes formats and forgeries', async () => {
    expect(await valuesOf(['export', 'scalev', '--format', ''])).toEqual([
      'vectors',
      'raw',
      'har',
      'curl',
      'postman',
      'k6',
    ]);
    expect(await valuesOf(['export', 'scalev', '--forge', 'wrong-s'])).toEqual(['wrong-secret']);
    expect(await valuesOf(['export', 'scalev', 'order.c'])).toEqual(['order.created']);
  });
});

describe('the files of an export', () => {
  it('are a document in a folder, or what is named, with the folders that they need', async () => {
    const cwd = folderOf({});
    for (const [format, name] of [
      ['vectors', 'scalev.vectors.json'],
      ['har', 'scalev.har'],
      ['curl', 'scalev.sh'],
      ['postman', 'scalev.postman_collection.json'],
    ] as const) {
      expect(await cli(['export', 'scalev', '--format', format, '--out', 'a/b/'], { cwd })).toMatchObject({
        stdout: `${join('a/b', name)}\n`,
        exitCode: 0,
      });
    }
    expect(readdirSync(join(cwd, 'a/b'))).toHaveLength(4);
    await cli(['export', 'scalev', '--out', 'c/d.json'], { cwd });
    expect(JSON.parse(readFileSync(join(cwd, 'c/d.json'), 'utf8')).type).toBe('vectors');
  });

  it('are never written over unasked, and none is where one is there', async () => {
    const cwd = folderOf({ 'raw/payment.failed.http': 'mine' });
    const argv = ['export', 'scalev', 'payment.*', '--format', 'raw', '--out', 'raw'];
    const { exitCode, stderr } = await cli(argv, { cwd });
    expect(stderr).toContain('raw/payment.failed.http is there already. Overwrite with --force');
    expect(exitCode).toBe(2);
    expect(readdirSync(join(cwd, 'raw'))).toEqual(['payment.failed.http']);
    expect(readFileSync(join(cwd, 'raw/payment.failed.http'), 'utf8')).toBe('mine');
    expect(await cli([...argv, '--force'], { cwd })).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(cwd, 'raw/payment.failed.http'), 'utf8')).toMatch(/^POST /);
    expect(readdirSync(join(cwd, 'raw'))).toHaveLength(2);
  });

  it('leave a link in its place, and a folder that is in the way', async () => {
    const cwd = folderOf({ 'real.json': 'old' });
    symlinkSync('real.json', join(cwd, 'link.json'));
    expect(await cli(['export', 'scalev', '--out', 'link.json', '--force'], { cwd })).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(cwd, 'real.json'), 'utf8')).toContain('"vectors"');
    mkdirSync(join(cwd, 'f/payment.failed.http'), { recursive: true });
    const argv = ['export', 'scalev', 'payment.failed', '--format', 'raw', '--out', 'f', '--force'];
    expect(await cli(argv, { cwd })).toMatchObject({ exitCode: 2, stdout: '' });
    const inFile = await cli(['export', 'scalev', '--format', 'raw', '--out', 'real.json'], { cwd });
    expect(inFile.stderr).toContain("can't be written");
    expect(inFile.exitCode).toBe(2);
  });

  it('are readable by others where nothing is secret, and a script can be started', async () => {
    const cwd = folderOf({});
    await cli(['export', 'scalev', '--out', 'v.json'], { cwd });
    await cli(['export', 'scalev', '--format', 'curl', '--out', 's.sh'], { cwd });
    writeFileSync(join(cwd, 'plain'), '');
    expect(modeOf(cwd, 'v.json')).toBe(modeOf(cwd, 'plain'));
    expect(Number.parseInt(modeOf(cwd, 's.sh'), 8) & 0o100).toBe(0o100);
  });

  it('have names that every file system takes, no two alike', () => {
    expect(
      fileNames(['Push Hook', 'push_hook', 'a/../b', 'CON', 'nul.x', '.hidden', '-rf', 'é:*?', 'ende.', '', 'A', 'a']),
    ).toEqual([
      'Push_Hook',
      'push_hook-2',
      'a_.._b',
      'CON_',
      'nul_.x',
      '_hidden',
      '_rf',
      '_',
      'ende',
      '_-2',
      'A',
      'a-2',
    ]);
    expect(fileNames(['x'.repeat(300)])[0]!.length).toBeLessThan(130);
  });
});
