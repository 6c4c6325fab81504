import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const formats = ['yaml', 'ts', 'json'];
const name = (format: string) => `webhook-sim.config.${format}`;

describe('init', () => {
  it.each(formats)('writes %s that loads', async (format) => {
    const server = await captureServer();
    const cwd = folderOf({});
    const target = `${server.url}/my hooks/{event}?a="b"#`;
    const argv = ['init', '--format', format, '--target', target, '--provider', 'scalev', '--provider', 'covver'];
    const result = await cli(argv, { cwd });
    expect(result).toMatchObject({ exitCode: 0, stdout: `${name(format)}\n` });
    const env = { SCALEV_SIGNING_SECRET: 'x', COVVER_CLIENT_SECRET: 'y' };
    const { stdout } = await cli(['config', '--json'], { cwd, env });
    const { target: chosen, targets, providers } = JSON.parse(stdout);
    const secretsOf = (provider: string) => providers.find((each: { name: string }) => each.name === provider)?.secrets;
    expect(chosen).toEqual({ value: 'local', source: `${name(format)}: target`, layer: 'config' });
    expect(targets).toEqual({ local: { url: target } });
    expect(secretsOf('scalev')).toMatchObject({ layer: 'config', references: ['env:SCALEV_SIGNING_SECRET'] });
    expect(secretsOf('covver')).toMatchObject({ layer: 'config', references: ['env:COVVER_CLIENT_SECRET'] });
    expect((await cli(['send', 'scalev', 'order.created'], { cwd, env })).exitCode).toBe(0);
    expect(server.requests[0]!.requestLine).toContain('/my%20hooks/order.created');
  });

  it.each(formats)('takes its defaults where no person sits: %s', async (format) => {
    const cwd = folderOf({});
    expect((await cli(['init', '--format', format], { cwd })).exitCode).toBe(0);
    const { stdout, exitCode } = await cli(['config', '--json'], { cwd });
    expect(JSON.parse(stdout).targets).toEqual({ local: { url: 'http://localhost:3000/webhooks' } });
    expect(exitCode).toBe(0);
  });

  it('writes YAML unless told otherwise, whose comments hold up when they are taken away', async () => {
    const cwd = folderOf({});
    await cli(['init'], { cwd });
    expect(readdirSync(cwd)).toEqual([name('yaml')]);
    const text = readFileSync(join(cwd, name('yaml')), 'utf8');
    const uncommented = text.replace(/^( *)# (?=( *)(\w+:( |$)))/gm, '$1');
    expect(parseDocument(uncommented).errors).toEqual([]);
    const whole = folderOf({ [name('yaml')]: uncommented });
    const env = { STAGING_AUTHORIZATION: 'x', STAGING_ADYEN_SECRET: 'y', ADYEN_HMAC_KEY: 'z' };
    const { stdout, stderr } = await cli(['config', '--to', 'staging', '--json'], { cwd: whole, env });
    expect(stderr).toBe('');
    const { targets, providers } = JSON.parse(stdout);
    expect(targets.staging).toMatchObject({
      allowRemote: true,
      url: 'https://staging.example.com/webhooks/{provider}',
    });
    expect(providers[0]).toMatchObject({ timeLimitMs: 10_000, secrets: { references: ['env:STAGING_ADYEN_SECRET'] } });
  });

  it('never writes over a file without --force', async () => {
    const cwd = folderOf({ [name('yaml')]: 'target: demo\n' });
    const { exitCode, stderr } = await cli(['init'], { cwd });
    expect(stderr).toBe('webhook-sim: webhook-sim.config.yaml is there already. Overwrite it with --force.\n');
    expect(exitCode).toBe(2);
    expect(readFileSync(join(cwd, name('yaml')), 'utf8')).toBe('target: demo\n');
    const other = await cli(['init', '--format', 'ts', '--force'], { cwd });
    expect(other.stderr).toContain('A folder has one config only: remove that one first.');
    expect(existsSync(join(cwd, name('ts')))).toBe(false);
    expect((await cli(['init', '--force'], { cwd })).exitCode).toBe(0);
    expect(readFileSync(join(cwd, name('yaml')), 'utf8')).toContain('target: local');
  });

  it.each([
    [['--format', 'yml'], /There|there is no format yml\. Did you mean yaml\?/],
    [['--target', 'ftp://x'], /can't be sent to ftp/],
    [['--provider', 'scalew'], /Did you mean scalev\?/],
  ])('rejects %j', async (argv, complaint) => {
    const cwd = folderOf({});
    const { exitCode, stderr } = await cli(['init', ...argv], { cwd });
    expect(stderr).toMatch(complaint);
    expect(exitCode).toBe(2);
    expect(readdirSync(cwd)).toEqual([]);
  });
});
