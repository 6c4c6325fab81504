import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../src/core/fingerprint.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const files = {
  'webhook-sim.config.yaml': 'target: demo\nsecrets: { covver: env:COVVER }\n',
  '.env': '# comment\nSCALEV_SIGNING_SECRET="one two"\nCOVVER=from .env\nexport WEBHOOK_SIM_TIMEOUT=7s\n',
  '.env.local': "COVVER='from .env.local'\n",
  'below/empty': '',
};

async function config(cwd: string, env = {}) {
  const { stdout, stderr } = await cli(['config', '--json'], { cwd, env });
  expect(stderr).toBe('');
  const { providers, envFiles } = JSON.parse(stdout);
  // biome-ignore lint/suspicious/noExplicitAny: a JSON document
  const of = (name: string): any => providers.find((provider: { name: string }) => provider.name === name);
  return { envFiles, scalev: of('scalev'), covver: of('covver') };
}

describe('.env and .env.local beside the config', () => {
  it('are read, .env.local over .env, also from a folder below', async () => {
    const { envFiles, scalev, covver } = await config(join(folderOf(files), 'below'));
    expect(envFiles).toEqual(['.env', '.env.local']);
    expect(scalev.secrets).toMatchObject({
      source: 'SCALEV_SIGNING_SECRET (.env)',
      fingerprints: [fingerprint('one two')],
    });
    expect(covver.secrets.fingerprints).toEqual([fingerprint('from .env.local')]);
    expect(scalev.timeLimit).toEqual({ value: '7s', source: 'WEBHOOK_SIM_TIMEOUT (.env)', layer: 'environment' });
    expect(scalev.timeLimitMs).toBe(7000);
  });

  it('override no variable that is set, not even an empty one', async () => {
    const { covver, scalev } = await config(folderOf(files), { COVVER: 'exported', SCALEV_SIGNING_SECRET: '' });
    expect(covver.secrets.fingerprints).toEqual([fingerprint('exported')]);
    expect(scalev).toBe(undefined);
  });

  it('are not read without a config, nor where they are folders', async () => {
    const cwd = folderOf(files);
    rmSync(join(cwd, 'webhook-sim.config.yaml'));
    expect((await config(cwd)).scalev).toBe(undefined);
    const other = folderOf({ 'webhook-sim.config.yaml': '' });
    mkdirSync(join(other, '.env'));
    expect((await config(other)).envFiles).toEqual([]);
  });

  it.each([
    ['Notepad', Buffer.from('\ufeffSCALEV_SIGNING_SECRET="one two"\r\nCOVVER=x\r\n')],
    ['PowerShell', Buffer.from('\ufeffSCALEV_SIGNING_SECRET="one two"\r\nCOVVER=x\r\n', 'utf16le')],
  ])('are read as %s writes them, with a mark before the first variable', async (_, bytes) => {
    const cwd = folderOf({ 'webhook-sim.config.yaml': 'secrets: { covver: env:COVVER }\r\n' });
    writeFileSync(join(cwd, '.env'), bytes);
    const { scalev, covver } = await config(cwd);
    expect(scalev.secrets.fingerprints).toEqual([fingerprint('one two')]);
    expect(covver.secrets.fingerprints).toEqual([fingerprint('x')]);
  });
});
