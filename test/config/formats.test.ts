import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const send = ['send', 'scalev', 'order.created', '-q'];
const data = (url: string) => ({
  target: 'local',
  targets: { local: `${url}/hooks` },
  secrets: { scalev: 'env:MINE' },
});
const json = (url: string) => JSON.stringify(data(url), null, 2);
const yaml = (url: string) =>
  `# mine\ntarget: local\ntargets:\n  local: ${url}/hooks\nsecrets:\n  scalev: [env:MINE]\n`;

const typed = (url: string) => `import { defineConfig, type Config } from 'webhook-sim';
enum Names { Local = 'local' }
const target: string = await Promise.resolve(Names.Local);
export default defineConfig({ ...${json(url)}, target } satisfies Config);
`;

/** The files of a project in each way to write one. */
const ways: readonly [way: string, files: (url: string) => Record<string, string>][] = [
  ['YAML', (url) => ({ 'webhook-sim.config.yaml': yaml(url) })],
  ['yml', (url) => ({ 'webhook-sim.config.yml': yaml(url) })],
  [
    'YAML with anchors and merges',
    (url) => ({
      'webhook-sim.config.yaml': `target: local\ntargets:\n  base: &base\n    url: ${url}/no\n  local:\n    <<: *base\n    url: ${url}/hooks\nsecrets: { scalev: env:MINE }\n`,
    }),
  ],
  ['JSON', (url) => ({ 'webhook-sim.config.json': json(url) })],
  ['JSON with a byte order mark', (url) => ({ 'webhook-sim.config.json': `\ufeff${json(url)}` })],
  ['.mjs', (url) => ({ 'webhook-sim.config.mjs': `export default ${json(url)};` })],
  ['.mjs with a promise', (url) => ({ 'webhook-sim.config.mjs': `export default Promise.resolve(${json(url)});` })],
  [
    '.js as an ES module',
    (url) => ({
      'package.json': '{"type":"module"}',
      'webhook-sim.config.js': `export default ${json(url)};`,
    }),
  ],
  ['.js as CommonJS', (url) => ({ 'package.json': '{}', 'webhook-sim.config.js': `module.exports = ${json(url)};` })],
  [
    '.mjs with defineConfig, the package not installed',
    (url) => ({
      'webhook-sim.config.mjs': `import { defineConfig } from 'webhook-sim';\nexport default defineConfig(${json(url)});`,
    }),
  ],
  ['TypeScript with defineConfig', (url) => ({ 'webhook-sim.config.ts': typed(url) })],
  ['.mts', (url) => ({ 'webhook-sim.config.mts': typed(url) })],
  [
    'TypeScript that imports its neighbours',
    (url) => ({
      'webhook-sim.config.ts': `import type { Config } from 'webhook-sim';
import { targets } from './hooks/targets.ts';
import { target } from './hooks/target.js';
export default { target, targets, secrets: { scalev: 'env:MINE' } } as const satisfies Config;
`,
      'hooks/targets.ts': `import { join } from 'node:path/posix';\nexport const targets = { local: '${url}' + join('/hooks') };`,
      'hooks/target.ts': `export const target = 'local' as const;`,
    }),
  ],
  [
    'TypeScript that asks where it is',
    (url) => ({
      'webhook-sim.config.ts': `import { basename } from 'node:path';
const file: string = basename(new URL(import.meta.url).pathname);
export default { ...${json(url)}, target: file === 'webhook-sim.config.ts' && import.meta.dirname ? 'local' : 'demo' };
`,
    }),
  ],
];

describe('a config', () => {
  it.each(ways)('in %s', async (_, files) => {
    const server = await captureServer();
    const cwd = folderOf(files(server.url));
    const { exitCode, stderr } = await cli(send, { cwd, env: { MINE: 'shh' } });
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    const [request] = server.requests;
    expect(request!.requestLine).toBe('POST /hooks HTTP/1.1');
    expect(request!.header('X-Scalev-Hmac-Sha256')).toBe(
      createHmac('sha256', 'shh').update(request!.body).digest('base64'),
    );
  });

  it('is looked for upward, the nearest first', async () => {
    const server = await captureServer();
    const cwd = folderOf({
      'webhook-sim.config.yaml': 'target: far\ntargets: { far: localhost:1 }\n',
      'a/webhook-sim.config.yaml': `target: near\ntargets: { near: "${server.url}" }\n`,
      'a/b/c/empty': '',
    });
    expect(await cli(send, { cwd: join(cwd, 'a/b/c') })).toMatchObject({ exitCode: 0 });
    expect(server.requests.length).toBe(1);
  });

  it('is named by --config from the working folder, its paths from its own', async () => {
    const server = await captureServer();
    const cwd = folderOf({
      'webhook-sim.config.yaml': 'targets: []',
      'ci/hooks.yaml': `target: ${server.url}\nsecrets: { scalev: "file:keys/scalev" }\n`,
      'ci/keys/scalev': 'from a file\n',
    });
    const { exitCode, stderr } = await cli([...send, '--config', 'ci/hooks.yaml'], { cwd });
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    const [request] = server.requests;
    expect(request!.header('X-Scalev-Hmac-Sha256')).toBe(
      createHmac('sha256', 'from a file').update(request!.body).digest('base64'),
    );
  });

  it('may be empty, and leaves out nothing but the demo as a default', async () => {
    const cwd = folderOf({ 'webhook-sim.config.yaml': '# nothing yet\n' });
    const without = await cli(send, { cwd });
    expect(without).toMatchObject({ exitCode: 2, stdout: '' });
    expect(without.stderr).toBe(
      'webhook-sim: webhook-sim.config.yaml names no default target. Add "target" to it, or say --to with demo or an address.\n',
    );
    expect(await cli([...send, '--to', 'demo'], { cwd })).toMatchObject({ exitCode: 0 });
    expect(await cli(send, { cwd, env: { WEBHOOK_SIM_TARGET: 'demo' } })).toMatchObject({ exitCode: 0 });
  });

  it('chooses the report', async () => {
    const cwd = folderOf({ 'webhook-sim.config.json': '{"target":"demo","report":{"json":true,"quiet":true}}' });
    const { json, stderr } = await cli(send.slice(0, 3), { cwd });
    expect(json.map(({ type }) => type)).toEqual(['delivery', 'summary']);
    expect(stderr).toBe('');
    const undone = await cli([...send.slice(0, 3), '--no-json', '--no-quiet'], { cwd });
    expect(undone.stdout).toMatch(/✓ 200/);
    expect(undone.stderr).not.toBe('');
  });
});
