import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const files = {
  'webhook-sim.config.yaml': `target: staging
targets:
  local: localhost:3000/webhooks
  staging:
    url: https://staging.example.com/{provider}
    header: { Authorization: env:STAGING_AUTH, X-Missing: env:NOT_SET, X-Team: blue }
    cacert: tls/ca.pem
    allowRemote: true
    timeout: 3s
    secrets: { scalev: [env:STAGING_SCALEV, "file:old.txt"] }
secrets: { covver: env:NOT_SET }
timeouts: { webconnex: 8s }
report: { verbose: true }
`,
  '.env': 'STAGING_SCALEV=one\n',
  'old.txt': 'two\n',
};
const env = { STAGING_AUTH: 'Bearer t', WEBHOOK_SIM_BHARATCART_SECRET: 'three' };
const golden = (name: string) => join(import.meta.dirname, 'golden', name);

/** Kept in test/config/golden; `npx vitest run -u` writes them anew for a reader to look at. */
describe('config', () => {
  it('shows what is in force and where it comes from', async () => {
    const { stdout, stderr, exitCode } = await cli(['config'], { cwd: folderOf(files), env });
    await expect(stdout).toMatchFileSnapshot(golden('config.txt'));
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
  });

  it('shows it as one document', async () => {
    const { stdout } = await cli(['config', '--json'], { cwd: folderOf(files), env });
    await expect(stdout).toMatchFileSnapshot(golden('config.json'));
  });

  it('shows it as if another target were named', async () => {
    const { stdout } = await cli(['config', '--to', 'local', '--json'], { cwd: folderOf(files), env });
    const { target, providers } = JSON.parse(stdout);
    expect(target).toEqual({ value: 'local', source: '--to', layer: 'flag' });
    expect(providers).toContainEqual(expect.objectContaining({ name: 'covver' }));
    expect(providers.find(({ name }: { name: string }) => name === 'scalev') ?? {}).toMatchObject({
      name: 'scalev',
      timeLimitMs: 10_000,
      secrets: { isSample: true },
    });
    expect(await cli(['config', '--to', 'nowhere'], { cwd: folderOf(files) })).toMatchObject({
      exitCode: 2,
      stdout: '',
    });
  });

  it('says that there is none', async () => {
    const { stdout, exitCode } = await cli(['config'], { cwd: folderOf({}) });
    expect(stdout).toMatch(/^config +none\n/);
    expect(stdout).toMatch(/^target +demo +built-in\n/m);
    expect(exitCode).toBe(0);
  });
});
