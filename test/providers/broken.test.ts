import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/core/world.js';
import { captureServer } from '../support/capture.js';
import { type CliOptions, cli } from '../support/cli.js';
import { folderOf } from '../support/folder.js';

const good = `name: acme
headers: { Content-Type: application/json, X-Acme: '{signature}' }
signatures: { signature: { scheme: hmac, hash: sha256, content: '{body}', encoding: hex } }
events: [order.paid]
`;
const sample = '{"order":1}';
const acme = { 'hooks/acme/provider.yaml': good, 'hooks/acme/events/order.paid.json': sample };

/** Time passes at once, so that nothing that never ends is waited for. */
const hasty: Clock = { now: Date.now, sleep: async () => {} };

interface Break {
  readonly name: string;
  readonly files: Record<string, string>;
  readonly error: RegExp;
  readonly providers?: string;
  readonly options?: CliOptions;
}

const breaks: readonly Break[] = [
  {
    name: 'syntax',
    files: { 'hooks/bad/provider.yaml': 'name: [' },
    error: /hooks.bad.provider\.yaml:1:8: is not YAML/,
  },
  {
    name: 'JSON',
    files: { 'hooks/bad/provider.json': '{\n "name": bad }' },
    error: /hooks.bad.provider\.json:2:10: is not JSON/,
  },
  {
    name: 'schema',
    files: { 'hooks/bad/provider.yaml': 'name: bad\nheaders: {}\nevnts: [a]\n' },
    error: /hooks.bad.provider\.yaml:3:1: evnts: unknown key\. Did you mean events\?/,
  },
  {
    name: 'a name that is none',
    files: { 'hooks/bad/provider.yaml': 'name: Bad One\nheaders: {}\nevents: [a]\n' },
    error: /hooks.bad.provider\.yaml:1:1: name: must be of lower-case letters/,
  },
  { name: 'missing folder', files: {}, providers: '[hooks, bad]', error: /providers: there is no bad\./ },
  {
    name: 'throwing module',
    files: { 'hooks/bad/provider.mjs': "throw new Error('boom');\n" },
    error: /hooks.bad.provider\.mjs:1:7: can't be loaded: Error: boom/,
  },
  {
    name: 'hanging module',
    files: { 'hooks/bad/provider.mjs': 'await new Promise(() => {});\nexport default {};\n' },
    options: { clock: hasty },
    error: /hooks.bad.provider\.mjs: .*(?:not loaded after|not)/,
  },
  {
    name: 'two of one name',
    files: {
      'hooks/bad/provider.yaml': good.replace('acme', 'bad'),
      'hooks/worse/provider.yaml': good.replace('acme', 'bad'),
    },
    error: /hooks.worse.provider\.yaml: bad is the name of the provider of hooks.bad.provider\.yaml, too\./,
  },
  {
    name: 'two descriptions in one folder',
    files: { 'hooks/bad/provider.yaml': good, 'hooks/bad/provider.json': '{}' },
    error: /hooks.bad: provider\.json and provider\.yaml are both there/,
  },
];

describe.each(breaks)('a description that is broken: $name', ({ files, error, providers = 'hooks', options }) => {
  const config = { 'webhook-sim.config.yaml': `providers: ${providers}\nsecrets: { bad: env:BAD, acme: env:ACME }\n` };
  const run = (argv: string[], more: Record<string, string> = {}) =>
    cli(argv, { ...options, cwd: folderOf({ ...config, ...acme, ...files, ...more }), env: { ACME: 'mine' } });

  it('stops no delivery of another', async () => {
    const server = await captureServer();
    for (const what of [
      ['scalev', 'order.created'],
      ['acme', 'order.paid'],
      ['stripe', 'customer.created'],
    ]) {
      const { exitCode, stderr } = await run(['send', ...what, '--to', server.url]);
      expect([exitCode, stderr], stderr).toEqual([0, expect.not.stringContaining('bad')]);
    }
    expect(server.requests.length).toBe(3);
  });

  it('is an error with its place when it is named, and nothing is sent', async () => {
    const server = await captureServer();
    const { exitCode, stderr, stdout } = await run(['send', 'bad', 'order.paid', '--to', server.url]);
    expect(stderr).toMatch(error);
    expect([exitCode, stdout, server.requests.length]).toEqual([2, '', 0]);
  });

  it('is told by list and config, which show all others', async () => {
    const list = await run(['list', '--json']);
    expect(list.stderr).toMatch(error);
    const document = JSON.parse(list.stdout);
    expect(document.providers.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['scalev', 'acme', 'stripe']),
    );
    expect(document.broken).toEqual([{ name: 'bad', problem: expect.stringMatching(error) }]);
    const shown = await run(['config']);
    expect(shown.stdout).toMatch(/^bad +can't be used +/m);
    expect(shown.stdout).toMatch(/^acme secret /m);
    expect([list.exitCode, shown.exitCode]).toEqual([0, 0]);
  });

  it('stops no suite, flow or completion that does not name it', async () => {
    const server = await captureServer();
    const suite = (provider: string) => ({
      'a.webhooks.yaml': `target: ${server.url}\ncases: [{ send: ${provider} order.paid }]\n`,
    });
    const passed = await run(['run', 'a.webhooks.yaml'], suite('acme'));
    expect([passed.exitCode, server.requests.length], passed.stderr).toEqual([0, 1]);
    const rejected = await run(['run', 'a.webhooks.yaml'], suite('bad'));
    expect(rejected.stderr).toMatch(error);
    expect([rejected.exitCode, server.requests.length]).toEqual([2, 1]);
    const flow = await run(['flow', 'scalev', '--list']);
    expect([flow.exitCode, flow.stdout]).toEqual([0, expect.stringContaining('order')]);
    const completed = await run(['complete', '--', 'send', '']);
    expect(completed.stdout).toMatch(/^acme\t/m);
    expect(completed.stdout).toMatch(/^stripe\tStripe$/m);
  });
});

describe('a provider of one’s own that is named as one that ships', () => {
  const files = {
    'webhook-sim.config.yaml': 'providers: hooks\n',
    'hooks/scalev/provider.yaml': good.replace('acme', 'scalev'),
    'hooks/scalev/events/order.paid.json': sample,
  };

  it('is the one that is meant, which is told once', async () => {
    const cwd = folderOf(files);
    const server = await captureServer();
    const sent = await cli(['send', 'scalev', 'order.paid', '--to', server.url], { cwd });
    expect(sent.stderr.match(/scalev is that of hooks.scalev.provider\.yaml, not the one that ships/g)).toHaveLength(1);
    expect([sent.exitCode, String(server.requests[0]!.body)]).toEqual([0, sample]);
    expect((await cli(['send', 'scalev', 'order.paid', '-q', '--to', server.url], { cwd })).stderr).toBe('');
    const { stdout } = await cli(['list', '--json'], { cwd });
    const named = JSON.parse(stdout).providers.filter(({ name }: { name: string }) => name === 'scalev');
    expect(named.map(({ events }: { events: { name: string }[] }) => events.map(({ name }) => name))).toEqual([
      ['order.paid'],
    ]);
    expect((await cli(['complete', '--', 'send', 'scalev', ''], { cwd })).stdout).toMatch(/^order\.paid\b/);
    expect((await cli(['flow', 'scalev'], { cwd })).stderr).toContain('has no flows');
  });

  it('is broken when it is broken: the one that ships does not take its place', async () => {
    const cwd = folderOf({ ...files, 'hooks/scalev/provider.yaml': 'name: scalev\nheaders: [\n' });
    const { exitCode, stderr } = await cli(['send', 'scalev', 'order.created', '--dry-run'], { cwd });
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/hooks.scalev.provider\.yaml:\d+:\d+: is not YAML/)]);
  });
});
