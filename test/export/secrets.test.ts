import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flagName } from '../../src/cli/options/flags.js';
import type { Delivery, Header } from '../../src/core/delivery.js';
import { seededRandom } from '../../src/core/random.js';
import { compileDeliverySync } from '../../src/delivery/compile.js';
import { findForgery } from '../../src/forge/forgeries.js';
import { assertNoSecrets, secretParts } from '../../src/session/export/assertNoSecrets.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { exampleProvider } from '../support/exampleProviders.js';
import { folderOf } from '../support/folder.js';

const secret = 'CANARY-c7b0f2';
const modeOf = (...path: string[]) => (statSync(join(...path)).mode & 0o777).toString(8);

describe('what carries a secret', () => {
  it.each<[string, string[], string]>([
    ['a header', ['-H', `Authorization: Bearer ${secret}`], 'The header Authorization of order.created'],
    ['a header of any name that holds it', ['--secret', secret, '-H', `X-Note: ${secret}`], 'The header X-Note of'],
    ['the body', ['--secret', secret, '--set', `data.notes=${secret}`], 'The body of order.created'],
    ['the address', ['--secret', secret, '--to', `:3000/${secret}`], 'The address of order.created'],
    ['a name and password', ['--to', `http://me:${secret}@localhost:3000`], 'The header Authorization of'],
  ])('is rejected, and nothing is written: %s', async (_, argv, message) => {
    const cwd = folderOf({});
    for (const format of ['vectors', 'raw', 'har', 'postman']) {
      const all = ['export', 'scalev', 'order.created', ...argv, '--format', format, '--out', 'out/'];
      const { exitCode, stderr, stdout } = await cli(all, { cwd });
      expect(stderr).toContain(message);
      expect(stderr).toContain('--with-secrets');
      expect(stderr + stdout).not.toContain('CANARY');
      expect(exitCode).toBe(2);
      expect(readdirSync(cwd)).toEqual([]);
      const asked = await cli([...all, '--with-secrets'], { cwd });
      expect(asked.exitCode).toBe(0);
      expect(asked.stderr).toContain('They hold secrets');
      const [file = ''] = readdirSync(join(cwd, 'out'));
      expect(modeOf(cwd, 'out', file)).toBe('600');
      execFileSync('rm', ['-r', join(cwd, 'out')]);
    }
  });

  it('is private also where a file is written over that was not', async () => {
    const cwd = folderOf({ 'v.json': '{}' });
    const argv = ['export', 'scalev', '--secret', secret, '--out', 'v.json', '--force'];
    await cli(argv, { cwd });
    expect(modeOf(cwd, 'v.json')).not.toBe('600');
    await cli([...argv, '--with-secrets'], { cwd });
    expect(modeOf(cwd, 'v.json')).toBe('600');
  });

  it('is null with a fingerprint in vectors, and there when asked for', async () => {
    const argv = ['export', 'scalev', 'order.created', '--secret', 'env:MINE'];
    const vectorOf = ({ stdout }: { stdout: string }) => JSON.parse(stdout).vectors[0];
    const env = { MINE: secret };
    const without = await cli(argv, { env });
    expect(without.stdout).not.toContain('CANARY');
    // printf 'webhook-sim fingerprint\0CANARY-c7b0f2' | openssl dgst -sha256
    expect(vectorOf(without)).toMatchObject({ secret: null, secretSource: 'env:MINE', secretFingerprint: 'a340755e' });
    expect(vectorOf(await cli([...argv, '--with-secrets'], { env })).secret).toBe(secret);
    expect(vectorOf(await cli(['export', 'scalev', 'order.created']))).toMatchObject({
      secret: 'scalev-sample-secret',
      secretSource: 'sample',
    });
  });

  it('is a variable of the shell in a script with curl, which asks for it', async () => {
    const server = await captureServer();
    const cwd = folderOf({});
    const to = [
      '--to',
      server.url,
      '-H',
      `Authorization: Bearer ${secret}`,
      '--secret',
      secret,
      '-H',
      `X-N: ${secret}`,
    ];
    const argv = ['export', 'scalev', 'payment.*', '--format', 'curl', '--out', 's.sh', ...to];
    expect(await cli(argv, { cwd })).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(cwd, 's.sh'), 'utf8')).not.toContain('CANARY');
    const start = (env: Record<string, string>) => promised(join(cwd, 's.sh'), { PATH: process.env.PATH!, ...env });
    expect(await start({})).toContain('AUTHORIZATION: holds a secret: set it first');
    expect(server.requests).toEqual([]);
    await start({ AUTHORIZATION: 'Bearer given', X_N: 'n' });
    expect(server.requests.map((request) => [request.header('authorization'), request.header('x-n')])).toEqual([
      ['Bearer given', 'n'],
      ['Bearer given', 'n'],
    ]);
  });
});

describe.each(['gitlab', 'chargebee'])('a provider whose token is the secret: %s', (name) => {
  const provider = exampleProvider(name);
  const own = { headers: [] as readonly Header[], secretNames: [] };
  const make = (value: string, isSample: boolean, forge: string | null = null) => {
    const secrets = [{ value, source: 'test', isSample }];
    const delivery = compileDeliverySync({
      ...{ provider, event: provider.defaultEvent, variant: null, url: 'http://localhost/', secrets, ...own },
      forgery: forge === null ? null : findForgery(forge),
    })({ now: 1.8e12, random: seededRandom(1), body: Buffer.from('{}') });
    return { secrets, exported: { name: forge ?? 'honest', delivery, problem: forge, success: '2xx' } };
  };
  const partsOf = (items: ReturnType<typeof make>[], ownNames: string[] = []) => {
    const deliveries = items.map(({ exported }) => exported);
    return secretParts({ secrets: items[0]!.secrets, ownNames: new Set(ownNames), deliveries });
  };
  const carrier = name === 'gitlab' ? 'x-gitlab-token' : 'authorization';
  const headersOf = (parts: (delivery: Delivery) => { headers: readonly string[] }, item: ReturnType<typeof make>) =>
    parts(item.exported.delivery).headers;

  it('carries nothing secret with the sample secret', () => {
    for (const forge of [null, 'wrong-header']) {
      const sample = make(provider.secret.sample, true, forge);
      expect(headersOf(partsOf([sample]), sample)).toEqual([]);
    }
  });

  it('carries a real one, and one of the user in its place', () => {
    const real = make(secret, false);
    expect(headersOf(partsOf([real]), real)).toEqual([carrier]);
    const sample = make(provider.secret.sample, true);
    expect(headersOf(partsOf([sample], [carrier]), sample)).toEqual([carrier]);
  });

  it('carries it in a forgery under another name, too', () => {
    const real = make(secret, false);
    const renamed = make(secret, false, 'wrong-header');
    expect(headersOf(partsOf([real, renamed]), renamed)).toEqual([`${carrier}-old`]);
    const empty = make(secret, false, 'empty-signature');
    expect(headersOf(partsOf([real, empty]), empty)).toEqual([]);
  });

  it('is not made true by the variable of a script where it is false', () => {
    const real = make(secret, false);
    for (const forge of ['wrong-secret', 'false-header-first']) {
      const items = [real, make(secret, false, forge)];
      const deliveries = items.map(({ exported }) => exported);
      expect(() => assertNoSecrets(deliveries, partsOf(items), { hasVariables: true, nameOf: flagName })).toThrow(
        /differs from that of the others/,
      );
    }
    expect(() =>
      assertNoSecrets([real.exported], partsOf([real]), { hasVariables: true, nameOf: flagName }),
    ).not.toThrow();
    expect(() => assertNoSecrets([real.exported], partsOf([real]), { hasVariables: false, nameOf: flagName })).toThrow(
      /carries a secret/,
    );
  });
});

/** Returns the stderr of a script. */
async function promised(script: string, env: Record<string, string>): Promise<string> {
  const { spawn } = await import('node:child_process');
  const child = spawn(script, [], { env });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdout.resume();
  await new Promise((resolve) => child.on('close', resolve));
  return stderr;
}
