import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { valuesOf } from '../support/completion.js';
import { folderOf } from '../support/folder.js';
import { acmeFiles } from './acme.js';

const test = ['provider', 'test'];

describe('provider test', () => {
  it('reads like the report of a test', async () => {
    const cwd = folderOf(
      acmeFiles(({ samples, vectors }) => {
        samples['order.paid'].type = 'order.\u001b[31mpayd';
        vectors.pop();
        vectors.push({ secret: 'env:NONE', headers: {}, body: '' });
      }),
    );
    const { stdout, stderr, exitCode } = await cli(test, { cwd, env: { LANG: 'C.UTF-8' } });
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('acme  webhooks/acme/provider.json\n  ✓ the description fits\n  ✓ the samples are JSON\n');
    expect(stdout).toContain(
      '  ✗ each sample contains the name of its event\n      webhooks/acme/events/order.paid.json: ',
    );
    expect(stdout).toContain('  ! requests that were captured are accepted\n      webhooks/acme/vectors.json:');
    expect(stdout).toMatch(/\n\n1 provider, 18 checks: 16 passed, 1 failed, 1 warning\n$/);
    expect(stderr).toBe('');
    expect(exitCode).toBe(1);
  });

  it('says what waits for the description', async () => {
    const cwd = folderOf(
      acmeFiles(({ description }) => {
        description.method = 'post';
      }),
    );
    const { stdout, exitCode } = await cli(test, { cwd, env: { LANG: 'C' } });
    expect(stdout).toContain('  FAIL the description fits\n         webhooks/acme/provider.json:');
    expect(stdout).toContain('  skip 16 checks more, once the description fits\n');
    expect(exitCode).toBe(1);
  });

  it('lets warnings fail with --strict alone', async () => {
    const cwd = folderOf(
      acmeFiles((acme) => {
        acme.vectors = null;
      }),
    );
    expect((await cli(test, { cwd })).exitCode).toBe(0);
    const { stdout, exitCode } = await cli([...test, '--strict'], { cwd });
    expect(stdout).toContain('(strict: warnings fail)');
    expect(exitCode).toBe(1);
    const { json } = await cli([...test, '--strict', '--json'], { cwd });
    expect(json.at(-1)).toEqual({
      schemaVersion: 1,
      type: 'provider-test-summary',
      providers: 1,
      failed: ['acme'],
      counts: { pass: 17, warn: 1, fail: 0, skip: 0 },
      strict: true,
      ok: false,
    });
  });

  it.each([
    [['acme']],
    [['webhooks']],
    [['webhooks/acme']],
    [['./webhooks/acme/provider.json']],
    [['acme', 'webhooks']],
  ])('takes names and paths: %j', async (names) => {
    const cwd = folderOf(acmeFiles());
    const { json, exitCode } = await cli([...test, ...names, '--json'], { cwd });
    expect(json.at(-1)).toMatchObject({ providers: 1, ok: true });
    expect(exitCode).toBe(0);
  });

  it('tests a description without any config, and one that stands in the config', async () => {
    const { 'webhook-sim.config.json': _, ...files } = acmeFiles();
    expect((await cli([...test, 'webhooks/acme'], { cwd: folderOf(files) })).exitCode).toBe(0);
    const inner = { name: 'acme', headers: { 'Acme-Token': '{secret}' }, events: ['a'], samples: { a: {}, b: {} } };
    const cwd = folderOf({ 'webhook-sim.config.json': JSON.stringify({ providers: [inner] }) });
    const { json } = await cli([...test, '--json'], { cwd });
    expect(json.filter(({ verdict }) => verdict === 'fail')).toMatchObject([
      { check: 'samples', problems: [{ file: 'samples: b' }] },
    ]);
  });

  it('tells two of one name', async () => {
    const files = acmeFiles();
    const twin = Object.entries(files).map(([path, text]) => [path.replace('webhooks/acme', 'webhooks/twin'), text]);
    const { stdout } = await cli(test, { cwd: folderOf({ ...files, ...Object.fromEntries(twin) }) });
    expect(stdout).toContain(
      'name: acme is the name of the provider of webhooks/twin/provider.json, too. Take another.',
    );
  });

  it.each<[string[], Record<string, string>, RegExp]>([
    [[], {}, /^webhook-sim: There is no config from here up, .* Begin one with: webhook-sim provider new\n$/],
    [[], { 'webhook-sim.config.yaml': 'target: demo\n' }, /webhook-sim\.config\.yaml names no providers/],
    [[], { 'webhook-sim.config.yaml': 'providers: nowhere\n' }, /there is no nowhere\./],
    [['acmee'], acmeFiles(), /There is no custom provider acmee, and no such path\. Did you mean acme\?/],
    [['scalev'], acmeFiles(), /scalev ships with webhook-sim/],
    [['webhooks/acme/events'], acmeFiles(), /holds no provider\.yaml/],
    [['--config', 'none.yaml'], {}, /none\.yaml: there is no such config/],
  ])('is misused with %j', async (argv, files, complaint) => {
    const { stdout, stderr, exitCode } = await cli([...test, ...argv], { cwd: folderOf(files) });
    expect(stderr).toMatch(complaint);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });

  it('is completed', async () => {
    const cwd = folderOf(acmeFiles());
    expect(await valuesOf(['provider', ''], { cwd })).toContain('test');
    expect(await valuesOf(['provider', 'test', ''], { cwd })).toEqual(['acme']);
    expect(await valuesOf(['provider', 'test', './'], { cwd })).toBeNull();
    expect(await valuesOf(['provider', 'test', '--str'], { cwd })).toEqual(['--strict']);
    expect(await valuesOf(['provider', 'nothing', ''], { cwd })).toEqual([]);
  });
});
