import { describe, expect, it } from 'vitest';
import { flagName } from '../../src/cli/options/flags.js';
import type { Config } from '../../src/config/config.js';
import type { Project } from '../../src/config/project.js';
import {
  type Layer,
  reportSetting,
  type Setting,
  type SettingOptions,
  secretSetting,
  targetSetting,
  timeLimitSetting,
} from '../../src/config/settings.js';
import { captureServer } from '../support/capture.js';
import { cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';
import { scalev } from '../support/providers.js';

/** One way to give a setting, and what it then is. */
interface Way {
  readonly layer: Layer;
  readonly config?: Config;
  readonly env?: Record<string, string>;
  readonly flags?: SettingOptions;
  readonly value: unknown;
  readonly source: string;
}

const file = 'webhook-sim.config.yaml';
const scope = { provider: scalev, target: 'staging' };

/** Each setting with all the ways to give it, the weakest first. */
const settings: Record<string, { read: (project: Project, flags: SettingOptions) => Setting<unknown>; ways: Way[] }> = {
  target: {
    read: targetSetting,
    ways: [
      { layer: 'built-in', value: null, source: 'built-in' },
      { layer: 'config', config: { target: 'local' }, value: 'local', source: `${file}: target` },
      {
        layer: 'environment',
        env: { WEBHOOK_SIM_TARGET: 'demo' },
        value: 'demo',
        source: 'WEBHOOK_SIM_TARGET',
      },
      { layer: 'flag', flags: { to: ':3000' }, value: ':3000', source: '--to' },
    ],
  },
  secret: {
    read: (project, flags) => secretSetting(project, flags, scope),
    ways: [
      { layer: 'built-in', value: [], source: 'built-in' },
      {
        layer: 'built-in',
        env: { SCALEV_SIGNING_SECRET: 'x' },
        value: ['env:SCALEV_SIGNING_SECRET'],
        source: 'SCALEV_SIGNING_SECRET',
      },
      {
        layer: 'config',
        config: { secrets: { scalev: 'env:A' } },
        value: ['env:A'],
        source: `${file}: secrets.scalev`,
      },
      {
        layer: 'config',
        config: { targets: { staging: { url: ':1', secrets: { scalev: ['env:B', 'file:c'] } } } },
        value: ['env:B', 'file:c'],
        source: `${file}: targets.staging.secrets.scalev`,
      },
      {
        layer: 'environment',
        env: { WEBHOOK_SIM_SCALEV_SECRET: 'y' },
        value: ['env:WEBHOOK_SIM_SCALEV_SECRET'],
        source: 'WEBHOOK_SIM_SCALEV_SECRET',
      },
      { layer: 'flag', flags: { secret: ['env:Z'] }, value: ['env:Z'], source: '--secret' },
    ],
  },
  'time limit': {
    read: (project, flags) => timeLimitSetting(project, flags, scope),
    ways: [
      { layer: 'built-in', value: null, source: 'built-in' },
      { layer: 'config', config: { timeout: '1s' }, value: '1s', source: `${file}: timeout` },
      { layer: 'config', config: { timeouts: { scalev: '2s' } }, value: '2s', source: `${file}: timeouts.scalev` },
      {
        layer: 'config',
        config: { targets: { staging: { url: ':1', timeout: '3s' } } },
        value: '3s',
        source: `${file}: targets.staging.timeout`,
      },
      { layer: 'environment', env: { WEBHOOK_SIM_TIMEOUT: '4s' }, value: '4s', source: 'WEBHOOK_SIM_TIMEOUT' },
      { layer: 'flag', flags: { timeout: 5000 }, value: 5000, source: '--timeout' },
    ],
  },
  report: {
    read: (project, flags) => reportSetting(project, flags, 'json'),
    ways: [
      { layer: 'built-in', value: false, source: 'built-in' },
      { layer: 'config', config: { report: { json: true } }, value: true, source: `${file}: report.json` },
      { layer: 'flag', flags: { json: false }, value: false, source: '--json' },
    ],
  },
};

const pairs = Object.entries(settings).flatMap(([name, { read, ways }]) =>
  ways.flatMap((weak, at) =>
    ways.slice(at + 1).map((strong) => ({ name, read, weak, strong, pair: `${strong.source} over ${weak.source}` })),
  ),
);

describe('precedence', () => {
  it.each(pairs)('of $name: $pair', ({ read, weak, strong }) => {
    const project: Project = {
      file,
      folder: '/',
      config: merged(weak.config, strong.config),
      own: [scalev],
      broken: [],
      replacing: [],
      env: { ...weak.env, ...strong.env },
      files: [],
      fileOf: new Map(),
    };
    const { value, source, layer } = strong;
    expect(read(project, { ...weak.flags, ...strong.flags, nameOf: flagName })).toEqual({ value, source, layer });
  });

  it('takes the demo without a config, and an empty variable for none', () => {
    const project: Project = {
      file: null,
      folder: '/',
      config: {},
      own: [scalev],
      broken: [],
      replacing: [],
      env: { WEBHOOK_SIM_TARGET: '' },
      files: [],
      fileOf: new Map(),
    };
    expect(targetSetting(project, {})).toEqual({ value: 'demo', source: 'built-in', layer: 'built-in' });
    expect(secretSetting({ ...project, env: { WEBHOOK_SIM_SCALEV_SECRET: '' } }, {}, scope).value).toEqual([]);
  });

  it('holds from the command line to the wire', async () => {
    const [configured, exported, typed] = [await captureServer(), await captureServer(), await captureServer()];
    const cwd = folderOf({ [file]: `target: a\ntargets: { a: "${configured.url}", b: "${exported.url}" }\n` });
    const send = ['send', 'scalev', 'order.created', '-q'];
    await cli(send, { cwd });
    await cli(send, { cwd, env: { WEBHOOK_SIM_TARGET: 'b' } });
    await cli([...send, '--to', typed.url], { cwd, env: { WEBHOOK_SIM_TARGET: 'b' } });
    expect([configured, exported, typed].map(({ requests }) => requests.length)).toEqual([1, 1, 1]);
  });

  it('names the variable that holds nonsense', async () => {
    const send = ['send', 'scalev', 'order.created', '-q'];
    for (const [env, complaint] of [
      [{ WEBHOOK_SIM_TIMEOUT: 'soon' }, 'webhook-sim: WEBHOOK_SIM_TIMEOUT: "soon" is not a duration.'],
      [{ WEBHOOK_SIM_TARGET: 'nowhere' }, 'webhook-sim: WEBHOOK_SIM_TARGET: There is no target named nowhere.'],
    ] as const) {
      const { exitCode, stderr } = await cli(send, { env });
      expect(stderr).toContain(complaint);
      expect(exitCode).toBe(2);
    }
  });

  it('has the time limit of the config in force', async () => {
    const { createServer } = await import('node:net');
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as { port: number };
    const cwd = folderOf({ [file]: `target: ":${port}"\ntimeouts: { scalev: 60ms }\n` });
    const { exitCode, stdout } = await cli(['send', 'scalev', 'order.created', '-q'], { cwd });
    silent.close();
    expect(stdout).toContain('timed out');
    expect(exitCode).toBe(4);
  });
});

function merged(a: Config = {}, b: Config = {}): Config {
  return { ...a, ...b, targets: { local: ':3000', ...a.targets, ...b.targets } };
}
