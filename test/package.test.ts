import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanEnv, installPackage, installWarnings, packedBytes } from './support/installed.js';
import { testProgram } from './support/testProgram.js';
import { typeCheck } from './support/typeCheck.js';

const root = join(import.meta.dirname, '..');
let folder: string;

beforeAll(async () => {
  folder = await installPackage();
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the packed package, installed offline in an empty folder', () => {
  testProgram(() => ({ folder, program: join(folder, 'node_modules/.bin/webhook-sim') }));

  it('brings nothing else along', () => {
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['webhook-sim']);
  });

  it('is installed without a warning, and runs nothing at that', () => {
    expect(readFileSync(join(folder, installWarnings), 'utf8')).toBe('');
    const { scripts } = JSON.parse(readFileSync(join(folder, 'node_modules/webhook-sim/package.json'), 'utf8'));
    for (const event of ['preinstall', 'install', 'postinstall', 'prepare']) expect(scripts).not.toHaveProperty(event);
  });

  it('brings the JSON Schema and the types of a config', () => {
    const project = join(folder, 'types');
    mkdirSync(project);
    const script = `import schema from 'webhook-sim/webhook-sim.config.schema.json' with { type: 'json' }; console.log(Object.keys(schema.properties).join())`;
    expect(
      execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
        cwd: project,
        encoding: 'utf8',
      }),
    ).toBe('$schema,target,targets,secrets,values,modes,timeout,timeouts,report,log,flows,suites,providers\n');
    writeFileSync(
      join(project, 'config.ts'),
      `import { defineConfig } from 'webhook-sim';
export default defineConfig({ target: 'a', targets: { a: { url: ':1', allowRemote: true } }, secrets: { scalev: ['env:A', 'file:b'] } });
// @ts-expect-error
defineConfig({ secrets: { scalev: 'plain' } });
// @ts-expect-error
defineConfig({ targts: {} });
`,
    );
    expect(typeCheck(project, ['config.ts'], '--module nodenext')).toBe('');
  });

  it('takes a short description of a provider, in TypeScript and from a folder, as an ES module and as CommonJS', () => {
    const project = join(folder, 'own');
    mkdirSync(join(project, 'acme/events'), { recursive: true });
    writeFileSync(
      join(project, 'acme/provider.ts'),
      `import { createDelivery, defineProvider } from 'webhook-sim';
const acme = defineProvider({
  name: 'acme',
  headers: { 'X-Acme-Signature': '{signature}' },
  signatures: { signature: { scheme: 'hmac', hash: 'sha256', content: '{body}', encoding: 'hex' } },
  events: ['thing.made'],
});
export default acme;
export const deliver = () => createDelivery({ provider: acme, event: 'thing.made' });
// @ts-expect-error
export const rejected = () => createDelivery({ provider: acme, event: 'thing.mad' });
// @ts-expect-error
defineProvider({ name: 'acme', headers: {}, events: ['a'], evnts: [] });
`,
    );
    expect(typeCheck(project, ['acme/provider.ts'], '--module nodenext')).toBe('');
    writeFileSync(join(project, 'acme/events/thing.made.json'), '{"event":"thing.made"}');
    const use = `loadProvider('acme').then(async (provider) => {
  const { headers } = await createDelivery({ provider, event: 'thing.made', secret: 'mine' });
  console.log(provider.name, headers.join());
});`;
    writeFileSync(join(project, 'main.mjs'), `import { createDelivery, loadProvider } from 'webhook-sim';\n${use}`);
    writeFileSync(
      join(project, 'main.cjs'),
      `const { createDelivery, loadProvider } = require('webhook-sim');\n${use}`,
    );
    for (const name of ['main.mjs', 'main.cjs']) {
      const { stdout, stderr } = spawnSync(process.execPath, [name], {
        cwd: project,
        env: cleanEnv(),
        encoding: 'utf8',
      });
      // printf '{"event":"thing.made"}' | openssl dgst -sha256 -hmac mine
      expect({ stdout, stderr }).toEqual({
        stdout: 'acme X-Acme-Signature,cc4171ebb43a685faa4b94ba03881d1670fb6291f383de241d9d780737688c6d\n',
        stderr: '',
      });
    }
  });

  it('is small, minified, without source maps, and names the licences of what it bundles', () => {
    const installed = join(folder, 'node_modules/webhook-sim');
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    const stats = files.map((name) => statSync(join(installed, name))).filter((stat) => stat.isFile());
    const bytes = stats.reduce((sum, { size }) => sum + size, 0);
    expect(bytes).toBeLessThan(8_000_000);
    expect(Number(readFileSync(join(folder, packedBytes), 'utf8'))).toBeLessThan(2_000_000);
    expect(files.filter((name) => name.endsWith('.map'))).toEqual([]);
    const notices = readFileSync(join(installed, 'THIRD_PARTY_NOTICES.md'), 'utf8');
    for (const name of ['undici', 'commander', 'chalk', 'yaml', 'zod', 'jiti', 'sucrase'])
      expect(notices).toContain(`## ${name} `);
  });

  it('has a catalogue of small parts: an index of 40 kB, samples of 24 kB, all of payloads in 12 MB', () => {
    expect(statSync(join(folder, 'node_modules/webhook-sim/dist/catalogue/index.json')).size).toBeLessThanOrEqual(
      40_000,
    );
    const payloads = join(root, 'payloads');
    const sizes = readdirSync(payloads, { recursive: true, encoding: 'utf8' })
      .map((name) => [name, statSync(join(payloads, name))] as const)
      .flatMap(([name, stat]) => (stat.isFile() ? [[name, stat.size] as const] : []));
    expect(sizes.filter(([name, size]) => /events\/.*\.json$/.test(name) && size >= 24_000)).toEqual([]);
    expect(sizes.reduce((sum, [, size]) => sum + size, 0)).toBeLessThan(12_000_000);
  });

  it('has names of all events in 250 kB of types, and payload types in 2 MB', () => {
    const types = join(folder, 'node_modules/webhook-sim/dist/types');
    expect(statSync(join(types, 'api/catalogue.d.ts')).size).toBeLessThanOrEqual(250_000);
    const sizes = readdirSync(join(types, 'payloadTypes')).map(
      (name) => statSync(join(types, 'payloadTypes', name)).size,
    );
    expect(sizes.length).toBeGreaterThan(readdirSync(join(root, 'payloads')).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(2_000_000);
  });

  it('holds each sample and each module once, and opens few files at a start', () => {
    const dist = join(folder, 'node_modules/webhook-sim/dist');
    const texts = readdirSync(dist)
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(join(dist, name), 'utf8'));
    // A sentence each of the packages and rooms that both the command line and the library use.
    for (const sentence of ['schema is invalid', 'invalid header key', 'ZodMiniType', 'WebhookSimError'])
      expect(
        texts.filter((text) => text.includes(sentence)),
        sentence,
      ).toHaveLength(1);
    const stores = readdirSync(join(dist, 'catalogue')).filter((name) => /\.(samples|packed)$/.test(name));
    expect(stores.map((name) => name.replace(/\.\w+$/, '')).sort()).toEqual(readdirSync(join(root, 'payloads')).sort());
    expect(readdirSync(join(dist, '..'))).not.toContain('payloads');
    for (const [entry, most] of Object.entries({ 'cli.js': 2, 'index.js': 7 })) {
      expect(loadedWith(dist, entry).size, `files that ${entry} opens`).toBeLessThanOrEqual(most);
    }
  });
});

/** The files that a bundle loads at once, itself among them. */
function loadedWith(dist: string, file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, name = ''] of readFileSync(join(dist, file), 'utf8').matchAll(/(?:import|from)"\.\/([^"]+\.js)"/g)) {
    loadedWith(dist, name, seen);
  }
  return seen;
}
